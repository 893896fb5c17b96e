import type { Plane } from './planes.ts';

/** Cells of a grid of half the fineness along an axis of so many. */
export const halfOf = (cells: number): number => (cells + 1) >> 1;

/**
 * Every second value of every second row. What has been averaged over several cells tells nearly all there, at a quarter
 * of the work.
 */
export function thinOut<T extends Plane | Uint8Array>(source: T, width: number, height: number): T {
  const [across, down] = [halfOf(width), halfOf(height)];
  const out = new (source.constructor as new (length: number) => T)(across * down);
  for (let y = 0, to = 0; y < down; y++)
    for (let x = 0, from = 2 * y * width; x < across; x++, from += 2) out[to++] = source[from]!;
  return out;
}

/** A plane of half the fineness on the grid of `width` × `height`, nearest value. */
export function enlargeTwice(source: Plane, width: number, height: number): Plane {
  const across = halfOf(width);
  const out = new Float32Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0, from = (y >> 1) * across; x < width; x++, to++) out[to] = source[from + (x >> 1)]!;
  return out;
}
