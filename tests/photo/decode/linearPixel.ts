import type { LinearRgb } from '../../../src/colour/xyzLab.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';

/** Linear sRGB of one pixel, as everything that measures reads it. */
export function linearPixel(raster: RasterPhoto, x: number, y: number): LinearRgb {
  const at = 3 * (y * raster.widthPx + x);
  const [r, g, b] = raster.toLinear.map((table, c) => table[raster.data[at + c]!]!) as [number, number, number];
  const m = raster.toSrgb;
  if (m === null) return [r, g, b];
  return [m[0]! * r + m[1]! * g + m[2]! * b, m[3]! * r + m[4]! * g + m[5]! * b, m[6]! * r + m[7]! * g + m[8]! * b];
}
