import { expect, it } from 'vitest';
import { searchShades } from '../../src/app/searchShades.ts';
import { ladderColours } from '../../src/catalog/ladderColour.ts';
import type { Shade } from '../../src/catalog/shade.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { makeLargeLine } from '../fixtures/largeLine.ts';

const KEEP = 10;
const MOST = 600;

/** A stand-in for working a shade out: how near its ladder comes to a colour, at the best of the measured dilutions. */
function costsOf(shades: readonly Shade[], goal: readonly [number, number, number]): number[] {
  return shades.map((shade) => {
    const seen = ladderColours(shade).flatMap((colour) => (colour ? [deltaE00(lab65(...goal), colour)] : []));
    return Math.min(...seen) + 0.01 * shade.maxParts;
  });
}

function found(shades: readonly Shade[], costs: readonly number[]) {
  const asked: number[] = [];
  const places = searchShades(
    shades,
    (place) => {
      asked.push(place);
      return costs[place]!;
    },
    { keep: KEEP, most: MOST },
  );
  return { asked, places };
}

it.each([
  ['ladder', 1, [45, 5, 8]],
  ['ladder', 2, [62, 2, 6]],
  ['ladder', 3, [25, 3, 2]],
  ['swatch', 4, [45, 5, 8]],
  ['swatch', 5, [30, 1, 1]],
  ['swatch', 6, [58, 8, 13]],
] as const)('finds the best of a large line (%s, %i) without looking at most of it', (kind, seed, goal) => {
  const { shades } = makeLargeLine(kind, 5000, seed);
  const costs = costsOf(shades, goal);
  const { asked, places } = found(shades, costs);
  const best = costs.toSorted((one, other) => one - other);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThanOrEqual(MOST);
  expect(costs[places[0]!]! - best[0]!).toBeLessThan(0.1);
  expect(costs[places[KEEP - 1]!]! - best[KEEP - 1]!).toBeLessThan(0.2);
  expect(places.map((place) => costs[place])).toEqual(places.map((place) => costs[place]).sort((a, b) => a! - b!));
});

it('answers alike every time, and takes all of a line that is smaller than what it may look at', () => {
  const { shades } = makeLargeLine('ladder', 1200, 7);
  const costs = costsOf(shades, [50, 4, 9]);
  expect(found(shades, costs)).toEqual(found(shades, costs));
  const few = shades.slice(0, 20);
  expect(found(few, costs).places).toHaveLength(20);
});
