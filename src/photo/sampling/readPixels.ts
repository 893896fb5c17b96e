import { convertPrimaries } from '../convertPrimaries.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';

/**
 * Reads pixels as linear sRGB, uncorrected. `places` are the indices of their first code values in the raster's data.
 * @param out interleaved, three numbers a place
 */
export function readPixels({ data, toLinear, toSrgb }: RasterPhoto, places: Int32Array, out: Float32Array): void {
  const [toR, toG, toB] = toLinear;
  for (let k = 0, i = 0; k < places.length; k++, i += 3) {
    const at = places[k]!;
    out[i] = toR[data[at]!]!;
    out[i + 1] = toG[data[at + 1]!]!;
    out[i + 2] = toB[data[at + 2]!]!;
  }
  if (toSrgb) convertPrimaries(out, toSrgb);
}
