import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseDots, type DotPlan } from '../../src/preview/chooseDots.ts';
import { wholeBox } from '../../src/preview/pictureBox.ts';
import { LEAST_GAP, makeDotTile } from '../../src/preview/placeDots.ts';

const tiles = [1, 2, 77].map((seed) => makeDotTile(seed));
const torus = (one: number, other: number) => Math.min(Math.abs(one - other), 1 - Math.abs(one - other));

const PLAN: DotPlan = {
  widthPx: 300,
  heightPx: 200,
  box: wholeBox({ widthPx: 300, heightPx: 200 }),
  pxPerMm: 5,
  share: null,
  bareSkin: null,
  fullDensityPerCm2: 140,
  densityPerCm2: 100,
  diameterMm: 0.3,
  patchiness: 0,
  seed: 1,
};
const placesOf = (plan: DotPlan) => {
  const { x, y, count } = chooseDots(tiles[0]!, plan, 0);
  return Array.from({ length: count }, (_, i) => [x[i]!, y[i]!] as const);
};

describe('a tile of dots', () => {
  it('keeps any first so many of them apart, over its seams too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tiles), fc.integer({ min: 2, max: 1200 }), (tile, k) => {
        let nearest = 2;
        for (let i = 0; i < k; i++)
          for (let j = 0; j < i; j++)
            nearest = Math.min(nearest, Math.hypot(torus(tile.x[i]!, tile.x[j]!), torus(tile.y[i]!, tile.y[j]!)));
        expect(nearest * Math.sqrt(k)).toBeGreaterThan(LEAST_GAP);
      }),
      { numRuns: 12, seed: 3 },
    );
  });

  it('spreads sizes and strengths without changing what is covered', () => {
    for (const { size, strength, count } of tiles) {
      const mean = (values: Float32Array, of: (v: number) => number) =>
        values.reduce((sum, v) => sum + of(v), 0) / count;
      expect(mean(size, (v) => v * v)).toBeCloseTo(1, 1);
      expect(mean(strength, (v) => v)).toBeCloseTo(1, 1);
      expect(Math.max(...size) - Math.min(...size)).toBeGreaterThan(0.3);
    }
  });

  it('is another for another seed and the same for the same', () => {
    const again = makeDotTile(77);
    expect(again.x.every((x, k) => x === tiles[2]!.x[k])).toBe(true);
    expect(tiles[0]!.x.every((x, k) => x === tiles[1]!.x[k])).toBe(false);
  });
});

describe('dots of a plan', () => {
  it('keep their distance in the picture', () => {
    const places = placesOf(PLAN);
    let nearest = Number.POSITIVE_INFINITY;
    places.forEach(([x, y], i) => {
      for (let j = 0; j < i; j++) nearest = Math.min(nearest, Math.hypot(x - places[j]![0], y - places[j]![1]));
    });
    expect(nearest).toBeGreaterThan(LEAST_GAP * PLAN.pxPerMm);
  });

  it('of an early session are among those of the later ones', () => {
    const places = new Set(placesOf(PLAN).map(String));
    const early = placesOf({ ...PLAN, densityPerCm2: 30 });
    expect(early.length).toBeGreaterThan(500);
    expect(early.filter((place) => !places.has(String(place)))).toEqual([]);
  });

  it('follow the share of the area', () => {
    const values = Float32Array.of(0, 0.5, 1);
    const places = placesOf({ ...PLAN, share: { widthPx: 3, heightPx: 1, values } });
    const counts = [0, 0, 0];
    for (const [x] of places) counts[Math.floor(x / 100)]!++;
    expect(counts[0]).toBe(0);
    expect(counts[1]! / counts[2]!).toBeGreaterThan(0.35);
    expect(counts[1]! / counts[2]!).toBeLessThan(0.75);
  });
});
