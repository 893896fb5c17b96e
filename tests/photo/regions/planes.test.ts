import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxBlur } from '../../../src/photo/regions/planes.ts';

/** The mean of the window about (x, y), as far as it lies inside. */
function meanAround(source: Float32Array, width: number, height: number, radius: number, x: number, y: number): number {
  let [sum, count] = [0, 0];
  for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
    for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++, count++)
      sum += source[v * width + u]!;
  return sum / count;
}

const planes = fc.record({
  width: fc.integer({ min: 1, max: 23 }),
  height: fc.integer({ min: 1, max: 17 }),
  radius: fc.integer({ min: 0, max: 30 }),
  seed: fc.integer(),
});

describe('boxBlur', () => {
  it('is the mean of each window, whatever its size and the plane’s', () => {
    fc.assert(
      fc.property(planes, ({ width, height, radius, seed }) => {
        const source = Float32Array.from({ length: width * height }, (_, i) => 50 * Math.sin(seed + 7.3 * i));
        const before = source.slice();
        const blurred = boxBlur(source, width, height, radius);
        expect(source).toEqual(before);
        blurred.forEach((value, i) => {
          const expected = meanAround(source, width, height, radius, i % width, Math.floor(i / width));
          expect(Math.abs(value - expected)).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('may write over what it reads', () => {
    const source = Float32Array.from({ length: 35 }, (_, i) => (i * i) % 11);
    const expected = boxBlur(source, 7, 5, 2);
    expect(boxBlur(source, 7, 5, 2, source)).toBe(source);
    expect(source).toEqual(expected);
  });

  it('leaves nothing of a large plane in a small one', () => {
    boxBlur(new Float32Array(10_000).fill(1e6), 100, 100, 3);
    expect([...boxBlur(new Float32Array(9), 3, 3, 1)]).toEqual(new Array(9).fill(0));
  });
});
