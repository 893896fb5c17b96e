import { expect, it } from 'vitest';
import { rankShades } from '../../src/matching/rankShades.ts';
import { DARK_BROWN, FAIR, LADDER, matchInput, tableFor } from './fixtures.ts';

it('gives three reasons with a value for one shade alone, without alternatives to speak of', () => {
  for (const entry of LADDER) {
    const { why, recommendations } = rankShades(matchInput(FAIR, DARK_BROWN, { shades: [entry] }), tableFor(FAIR));
    expect(recommendations).toHaveLength(1);
    expect(why.filter((reason) => /\d/.test(reason)).length, why.join('\n')).toBeGreaterThanOrEqual(3);
  }
});
