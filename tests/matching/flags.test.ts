import { describe, expect, it } from 'vitest';
import type { Flag, MatchInput, MatchRecommendation } from '../../src/matching/matchTypes.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { carbon, DARK, DARK_BROWN, FAIR, matchInput, prepared, STUDIO, sampleShade, tableFor } from './fixtures.ts';

function top(changes: Partial<MatchInput>, skin = FAIR): MatchRecommendation {
  return rankShades(matchInput(skin, DARK_BROWN, changes), tableFor(skin)).recommendations[0]!;
}
const reasonOf = (shade: MatchRecommendation, flag: Flag): string | undefined =>
  shade.flagReasons.find((entry) => entry.flag === flag)?.reason;

describe('flags', () => {
  it('are none for a plain good recipe, and each has its reason', () => {
    const plain = top({});
    expect(plain.flags).toEqual([]);
    const flagged = top({ shades: [prepared('N-1', carbon(16), { lots: [] })] });
    expect(flagged.flagReasons.map(({ flag }) => flag)).toEqual(flagged.flags);
    expect(flagged.flagReasons.every(({ reason }) => reason.endsWith('.'))).toBe(true);
  });

  it('warn of blue for a cool shade set dark, deep or dense', () => {
    const cool = [prepared('C-1', carbon(30), { undertone: 'cool', minParts: 4, maxParts: 8 })];
    const input = matchInput(FAIR, DARK_BROWN, {
      shades: cool,
      settings: { ...STUDIO, densityPerCm2: 150, diameterMm: 0.45 },
    });
    const deep = rankShades(input, buildClientTable(FAIR, { gapMm: 0.2 })).recommendations[0]!;
    expect(reasonOf(deep, 'blueRisk')).toMatch(/lie deep.*stand dense/);
    const at = (gapMm: number) =>
      reasonOf(rankShades(input, buildClientTable(FAIR, { gapMm })).recommendations[0]!, 'blueRisk');
    expect(at(0.095)).not.toContain('lie deep');
    expect(at(0.105)).toContain('lie deep');
    expect(top({ shades: [prepared('C-2', carbon(6), { undertone: 'neutral' })] }).flags).not.toContain('blueRisk');
  });

  it('tell the end of the range from a target beyond it', () => {
    const beyond = top({ shades: [prepared('W-1', carbon(60), { minParts: 1, maxParts: 3 })] });
    expect(reasonOf(beyond, 'beyondRange')).toContain('weaker than W-1 allows (1:1 to 3:1)');
    expect(beyond.flags).not.toContain('edgeOfRange');
  });

  it('say when more diluent changes nothing that is seen', () => {
    const weak = top({ shades: [prepared('V-1', carbon(0.6), { minParts: 4, maxParts: 12 })] }, DARK);
    expect(reasonOf(weak, 'beyondVisibility')).toContain('a weaker mix would change nothing');
  });

  it('name a dark swatch that hides its undertone', () => {
    const hidden = top({ shades: [prepared('U-1', carbon(16, { basis: 'swatch' }))] });
    expect(reasonOf(hidden, 'undertoneHidden')).toContain('black is assumed');
    const { lab: _lab, ...conditions } = sampleShade('U-2').masstone;
    const masstone = { ...conditions, spectrum: new Array<number>(31).fill(0.3) };
    expect(top({ shades: [prepared('U-2', carbon(16, { basis: 'swatch' }), { masstone })] }).flags).toEqual([]);
  });

  it('list missing label statements of the asked region', () => {
    const [record] = sampleShade('L-1').regulatory;
    const shades = [prepared('L-1', carbon(16), { regulatory: [{ ...record!, nickelStatement: null }] })];
    expect(reasonOf(top({ shades }), 'missingRegulatory')).toContain('EU lacks nickel statement');
    const elsewhere = { ...STUDIO, region: 'GB' as const };
    expect(reasonOf(top({ shades, settings: elsewhere }), 'missingRegulatory')).toContain('No label statements');
  });

  it('remember work that lies in the skin already', () => {
    expect(reasonOf(top({ existingWork: 'fresh' }), 'existingWork')).toContain('Fresh work');
    expect(reasonOf(top({ existingWork: 'healed' }), 'existingWork')).toContain('Earlier work');
    expect(top({ settings: { ...STUDIO, session: 2 } }).flags).toContain('existingWork');
  });
});
