import type { RasterPhoto } from '../rasterPhoto.ts';
import type { PixelCorrection } from './pixelCorrection.ts';

/** Writes the corrected linear sRGB of the pixel whose first code value lies at `at` of the raster's data to `out[0..2]`. */
export type PixelReader = (at: number, out: Float64Array) => void;

export function openPixelReader(
  { data, toLinear: [toR, toG, toB], toSrgb }: RasterPhoto,
  correction: PixelCorrection,
): PixelReader {
  if (!toSrgb) return (at, out) => correction(toR[data[at]!]!, toG[data[at + 1]!]!, toB[data[at + 2]!]!, out);
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = toSrgb as unknown as [
    ...[number, number, number],
    ...[number, number, number],
    ...[number, number, number],
  ];
  return (at, out) => {
    const r = toR[data[at]!]!;
    const g = toG[data[at + 1]!]!;
    const b = toB[data[at + 2]!]!;
    correction(m0 * r + m1 * g + m2 * b, m3 * r + m4 * g + m5 * b, m6 * r + m7 * g + m8 * b, out);
  };
}
