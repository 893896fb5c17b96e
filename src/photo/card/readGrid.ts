import { convertPrimaries } from '../convertPrimaries.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import type { Homography } from './homography.ts';

/** Code values above this share of the full scale may have lost light. */
const CLIPPED_SHARE = 250 / 255;

/**
 * Reads a square of `side` × `side` evenly spaced points of the chart, centred on a chart position, as linear sRGB.
 * @param halfWidth from the centre to the square's edge, chart units; the samples are the middles of its cells
 * @param rgb 3 × side² numbers, row by row
 * @returns at how many points the camera may have run out of range; −1 when one lies outside the photo
 */
export function readGrid(
  { widthPx, heightPx, data, toLinear: [red, green, blue], toSrgb }: RasterPhoto,
  toPhoto: Homography,
  [centreX, centreY]: readonly [number, number],
  halfWidth: number,
  side: number,
  rgb: Float32Array,
): number {
  const [h0, h1, h2, h3, h4, h5, h6, h7, h8] = toPhoto as [
    ...[number, number, number],
    ...[number, number, number],
    ...[number, number, number],
  ];
  const ceiling = CLIPPED_SHARE * (data instanceof Uint8Array ? 255 : 65_535);
  const step = (2 * halfWidth) / side;
  let clipped = 0;
  const isTurned = runsDown(toPhoto, centreX, centreY);
  for (let outer = 0; outer < side; outer++) {
    for (let inner = 0; inner < side; inner++) {
      const row = isTurned ? inner : outer;
      const column = isTurned ? outer : inner;
      const u = centreX - halfWidth + (column + 0.5) * step;
      const v = centreY - halfWidth + (row + 0.5) * step;
      const w = 1 / (h6 * u + h7 * v + h8);
      const x = (h0 * u + h1 * v + h2) * w;
      const y = (h3 * u + h4 * v + h5) * w;
      if (!(x >= 0 && y >= 0 && x < widthPx && y < heightPx)) return -1;
      const at = 3 * ((y | 0) * widthPx + (x | 0));
      const r = data[at]!;
      const g = data[at + 1]!;
      const b = data[at + 2]!;
      if (r > ceiling || g > ceiling || b > ceiling) clipped++;
      const to = 3 * (row * side + column);
      rgb[to] = red[r]!;
      rgb[to + 1] = green[g]!;
      rgb[to + 2] = blue[b]!;
    }
  }
  if (toSrgb) convertPrimaries(rgb, toSrgb);
  return clipped;
}

/**
 * Whether rows of the chart run down the photo rather than across. Points are read along the photo's own rows: one after
 * the other down the photo, each would lie in another page of memory.
 */
function runsDown(h: Homography, u: number, v: number): boolean {
  const y = (h[3]! * u + h[4]! * v + h[5]!) / (h[6]! * u + h[7]! * v + h[8]!);
  return Math.abs(h[3]! - y * h[6]!) > Math.abs(h[4]! - y * h[7]!);
}
