import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LadderColours, ladderDistance } from '../../src/catalog/ladderColour.ts';
import { nearestShades } from '../../src/catalog/nearestShades.ts';
import { lab65 } from '../../src/colour/lab65.ts';

/** Every pair compared. */
function byPairs(colours: readonly LadderColours[]): (number | undefined)[] {
  return colours.map((own, i) => {
    const others = colours.filter((_, j) => j !== i).map((other) => ladderDistance(own, other));
    return others.length === 0 ? undefined : Math.min(...others);
  });
}

const lab = (most: number) =>
  fc
    .tuple(
      fc.double({ min: 0, max: 100, noNaN: true }),
      ...[1, 2].map(() => fc.double({ min: -most, max: most, noNaN: true })),
    )
    .map(([L, a, b]) => lab65(L!, a!, b!));
/** Some shades lack the second step. */
const ladder = (most: number) =>
  fc.tuple(lab(most), fc.option(lab(most), { nil: undefined })).map((steps): LadderColours => steps);

describe('nearestShades', () => {
  it.each([[3], [20], [128]])('finds what comparing all pairs finds, a* and b* up to %d', (most) => {
    fc.assert(
      fc.property(fc.array(ladder(most), { minLength: 0, maxLength: 260, size: 'max' }), (colours) => {
        expect(nearestShades(colours).map((nearest) => nearest?.distance)).toEqual(byPairs(colours));
      }),
      { numRuns: 12 },
    );
  });

  it('names the first of several that are alike, in a short and a long list', () => {
    for (const length of [3, 300]) {
      const alike = Array.from({ length }, (): LadderColours => [lab65(30, 1, 2)]);
      const [first, ...others] = nearestShades(alike).map((nearest) => nearest!.at);
      expect([first, ...new Set(others)]).toEqual([1, 0]);
    }
  });
});
