import type { RasterPhoto } from '../rasterPhoto.ts';

const SAMPLES = 20_000;
/** Largest difference between channels, in 8-bit codes, that rounding makes of a grey. */
const GREY_SPREAD = 2;

/**
 * Whether a photo stored in colour is black and white: every sampled pixel is grey, and they are not all the same grey,
 * as those of a plain card would be.
 */
export function isGreyscale({ data }: RasterPhoto): boolean {
  const step = 3 * Math.max(1, Math.floor(data.length / 3 / SAMPLES));
  const unit = data instanceof Uint16Array ? 257 : 1;
  let darkest = Number.POSITIVE_INFINITY;
  let lightest = 0;
  for (let at = 0; at < data.length; at += step) {
    const r = data[at]!;
    const g = data[at + 1]!;
    const b = data[at + 2]!;
    const top = Math.max(r, g, b);
    if (top - Math.min(r, g, b) > GREY_SPREAD * unit) return false;
    darkest = Math.min(darkest, top);
    lightest = Math.max(lightest, top);
  }
  return lightest - darkest > 16 * unit;
}
