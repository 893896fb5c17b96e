import fc from 'fast-check';
import { expect, it } from 'vitest';
import { doublesAt, giveBack, kernels, markRoom, placeFloats, takeRoom } from '../../../src/photo/kernels.ts';
import { findComponents } from '../../../src/photo/regions/components.ts';

const NUMBERS = 13;

/** The parts where a response, times `sign`, is above ½, as the kernel tells them; skin of one level. */
function findParts(response: Float32Array, widthPx: number, sign: number, least: number): Float64Array[] {
  const heightPx = response.length / widthPx;
  const blocks = Math.ceil(widthPx / 4) * Math.ceil(heightPx / 4);
  const most = Math.ceil(widthPx / 2) * heightPx;
  const mark = markRoom();
  const placed = placeFloats(response);
  const ratios = placeFloats(response.map((value) => 1 - value));
  const rgb = placeFloats(Float32Array.from({ length: 3 * response.length }, (_, i) => 1 + (i % 3)));
  const levels = placeFloats(new Float32Array(4 * blocks).fill(2));
  const [runs, parts] = [takeRoom(16 * most), takeRoom(8 * NUMBERS * most)];
  const count = kernels.findParts(
    ...([placed, sign, 0.5, ratios, rgb, widthPx, heightPx, levels, 0.5, 0.75, least, runs, parts] as const),
  );
  giveBack(mark);
  return Array.from({ length: count }, (_, k) => doublesAt(parts + 8 * NUMBERS * k, NUMBERS).slice());
}

/** The same, pixel by pixel. */
function wantedParts(response: Float32Array, widthPx: number, sign: number, least: number): number[][] {
  const mask = Uint8Array.from(response, (value) => (sign * value > 0.5 ? 1 : 0));
  const { of, sizes } = findComponents(mask, widthPx, response.length / widthPx);
  const sums = sizes.map(() => new Array<number>(12).fill(0));
  response.forEach((value, i) => {
    const part = sums[of[i]!]!;
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    [1, x, y, x * x, y * y, x * y, Math.abs(value)].forEach((number, k) => {
      part[k]! += number;
    });
    part[7] = Math.max(part[7]!, sign * value);
  });
  response.forEach((value, i) => {
    const part = sums[of[i]!]!;
    if (sign * value < 0.75 * part[7]!) return;
    [1, 0.25, 0.5, 0.75].forEach((number, k) => {
      part[8 + k]! += number;
    });
  });
  return sums.filter((part, k) => k > 0 && part[0]! >= least);
}

it.each([1, -1])('finds the parts that touch, and their sums, in responses of sign %i', (sign) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 23 }),
      fc.integer({ min: 1, max: 17 }),
      fc.integer(),
      fc.constantFrom(1, 3),
      (widthPx, heightPx, seed, least) => {
        const values = fc.sample(fc.double({ min: -1, max: 1, noNaN: true }), { seed, numRuns: widthPx * heightPx });
        const response = Float32Array.from(values, (value) => (Math.abs(value) < 0.2 ? 0 : sign * Math.abs(value)));
        const found = findParts(response, widthPx, sign, least);
        const wanted = wantedParts(response, widthPx, sign, least);
        expect(found).toHaveLength(wanted.length);
        for (const [k, part] of wanted.entries())
          for (const [at, number] of part.entries()) expect(found[k]![at + 1]).toBeCloseTo(number, 3);
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});
