import type { RasterPhoto } from '../rasterPhoto.ts';

/** Code values above this share of the full scale may have lost light. */
const CLIPPED_SHARE = 250 / 255;

/** Reads single pixels of a photo as linear sRGB. */
export interface LinearReader {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Writes r, g, b of the pixel under a point into `out` at `at`; false outside the photo. */
  read(x: number, y: number, out: Float64Array, at: number): boolean;
  /** Whether the camera may have run out of range at this pixel. */
  isClipped(x: number, y: number): boolean;
}

export function openLinearReader({ widthPx, heightPx, data, toLinear, toSrgb }: RasterPhoto): LinearReader {
  const [red, green, blue] = toLinear;
  const ceiling = CLIPPED_SHARE * (data instanceof Uint8Array ? 255 : 65_535);
  const offset = (x: number, y: number): number => 3 * (Math.floor(y) * widthPx + Math.floor(x));
  const inside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < widthPx && y < heightPx;
  return {
    widthPx,
    heightPx,
    read(x, y, out, at) {
      if (!inside(x, y)) return false;
      const i = offset(x, y);
      const r = red[data[i]!]!;
      const g = green[data[i + 1]!]!;
      const b = blue[data[i + 2]!]!;
      out[at] = toSrgb ? toSrgb[0]! * r + toSrgb[1]! * g + toSrgb[2]! * b : r;
      out[at + 1] = toSrgb ? toSrgb[3]! * r + toSrgb[4]! * g + toSrgb[5]! * b : g;
      out[at + 2] = toSrgb ? toSrgb[6]! * r + toSrgb[7]! * g + toSrgb[8]! * b : b;
      return true;
    },
    isClipped(x, y) {
      if (!inside(x, y)) return false;
      const i = offset(x, y);
      return data[i]! > ceiling || data[i + 1]! > ceiling || data[i + 2]! > ceiling;
    },
  };
}
