import { convertPrimaries } from './convertPrimaries.ts';
import type { RasterPhoto } from './rasterPhoto.ts';

/** A reduced copy of a photo in linear light, for searching and segmenting; colours are never measured on it. */
export interface WorkingImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Photo pixels per working pixel, a whole number: x in the photo = x here × scale. */
  readonly scale: number;
  /** Linear sRGB (D65), interleaved, 3 × widthPx × heightPx; may leave 0–1 for wide-gamut photos. */
  readonly rgb: Float32Array;
}

/**
 * Averages whole blocks of `scale` × `scale` photo pixels in linear light, with the smallest whole `scale` that brings
 * the longer side to at most `maxSidePx`. Up to `scale − 1` columns and rows at the right and bottom are left out.
 * From scale 4 on, every second pixel of a block (the black squares of a chessboard) stands for all of it. Given up for
 * it: up to √2 times the camera noise of a whole block. Four pixels a block would be faster still, but their
 * noise is enough to pass for gloss on stubble.
 */
export function reducePhoto(raster: RasterPhoto, maxSidePx: number): WorkingImage {
  const wanted = Math.ceil(Math.max(raster.widthPx, raster.heightPx) / maxSidePx);
  const scale = Math.max(1, Math.min(wanted, raster.widthPx, raster.heightPx));
  const widthPx = Math.floor(raster.widthPx / scale);
  const heightPx = Math.floor(raster.heightPx / scale);
  const rgb = new Float32Array(3 * widthPx * heightPx);
  const offsets = sampleOffsets(scale, raster.widthPx);
  // Whole numbers: an integer sum is exact and faster than a floating one. The block must fit 31 bits.
  const unit = Math.min(65_536, Math.floor(2 ** 30 / offsets.length));
  const tables = raster.toLinear.map((table) => Int32Array.from(table.map((value) => Math.round(value * unit))));
  const gain = 1 / (unit * offsets.length);
  const sumBlocks = scale === 4 ? sumChessboard : sumAny;
  for (let row = 0; row < heightPx; row++) {
    const start = 3 * row * scale * raster.widthPx;
    const out = rgb.subarray(3 * row * widthPx, 3 * (row + 1) * widthPx);
    sumBlocks(raster.data, start, 3 * scale, offsets, tables[0]!, tables[1]!, tables[2]!, gain, out);
    if (raster.toSrgb) convertPrimaries(out, raster.toSrgb);
  }
  return { widthPx, heightPx, scale, rgb };
}

/** Places of a block's samples in `RasterPhoto.data`, from its first pixel. */
function sampleOffsets(scale: number, widthPx: number): Int32Array {
  const offsets: number[] = [];
  for (let row = 0; row < scale; row++) {
    for (let column = 0; column < scale; column++) {
      if (scale < 4 || (row + column) % 2 === 0) offsets.push(3 * (row * widthPx + column));
    }
  }
  return Int32Array.from(offsets);
}

type Codes = Uint8Array | Uint16Array;

function sumAny(
  data: Codes,
  start: number,
  stride: number,
  offsets: Int32Array,
  red: Int32Array,
  green: Int32Array,
  blue: Int32Array,
  gain: number,
  out: Float32Array,
): void {
  for (let i = 0, block = start; i < out.length; i += 3, block += stride) {
    let r = 0;
    let g = 0;
    let b = 0;
    for (let k = 0; k < offsets.length; k++) {
      const at = block + offsets[k]!;
      r += red[data[at]!]!;
      g += green[data[at + 1]!]!;
      b += blue[data[at + 2]!]!;
    }
    out[i] = r * gain;
    out[i + 1] = g * gain;
    out[i + 2] = b * gain;
  }
}

/** `sumAny` written out for scale 4, which the photos of most phones need. */
function sumChessboard(
  data: Codes,
  start: number,
  stride: number,
  offsets: Int32Array,
  red: Int32Array,
  green: Int32Array,
  blue: Int32Array,
  gain: number,
  out: Float32Array,
): void {
  // First samples of the four rows; the second ones are two pixels to the right.
  let p = start + offsets[0]!;
  let q = start + offsets[2]!;
  let s = start + offsets[4]!;
  let t = start + offsets[6]!;
  for (let i = 0; i < out.length; i += 3) {
    const r = red[data[p]!]! + red[data[p + 6]!]! + red[data[q]!]! + red[data[q + 6]!]!;
    const g = green[data[p + 1]!]! + green[data[p + 7]!]! + green[data[q + 1]!]! + green[data[q + 7]!]!;
    const b = blue[data[p + 2]!]! + blue[data[p + 8]!]! + blue[data[q + 2]!]! + blue[data[q + 8]!]!;
    out[i] = (r + red[data[s]!]! + red[data[s + 6]!]! + red[data[t]!]! + red[data[t + 6]!]!) * gain;
    out[i + 1] = (g + green[data[s + 1]!]! + green[data[s + 7]!]! + green[data[t + 1]!]! + green[data[t + 7]!]!) * gain;
    out[i + 2] = (b + blue[data[s + 2]!]! + blue[data[s + 8]!]! + blue[data[t + 2]!]! + blue[data[t + 8]!]!) * gain;
    p += stride;
    q += stride;
    s += stride;
    t += stride;
  }
}
