import { averagePairs } from './averagePairs.ts';
import { convertPrimaries } from './convertPrimaries.ts';
import { MOST_PLACED } from './placedImage.ts';
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
 * From scale 4 on, half of a block's pixels stand for all of it: the black squares of a chessboard, or every second row
 * where that is read faster. Given up for it: up to √2 times the camera noise of a whole block. Four pixels a block would
 * be faster still, but their noise is enough to pass for gloss on stubble.
 */
export function reducePhoto(raster: RasterPhoto, maxSidePx: number): WorkingImage {
  const wanted = Math.ceil(Math.max(raster.widthPx, raster.heightPx) / maxSidePx);
  const scale = Math.max(1, Math.min(wanted, raster.widthPx, raster.heightPx));
  const widthPx = Math.floor(raster.widthPx / scale);
  const heightPx = Math.floor(raster.heightPx / scale);
  const { data } = raster;
  // Blocks of most phones' photos.
  if (scale === 4 && data instanceof Uint8Array && 3 * widthPx * heightPx <= MOST_PLACED)
    return { widthPx, heightPx, scale, rgb: averagePairs(raster, data, widthPx, heightPx) };
  const rgb = new Float32Array(3 * widthPx * heightPx);
  const readRow = blockReader(raster, scale);
  for (let row = 0; row < heightPx; row++)
    readRow(3 * row * scale * raster.widthPx, rgb.subarray(3 * row * widthPx, 3 * (row + 1) * widthPx));
  if (raster.toSrgb) convertPrimaries(rgb, raster.toSrgb);
  return { widthPx, heightPx, scale, rgb };
}

/** Mean light of one row of blocks, whose first value stands at `start`. */
type ReadRow = (start: number, out: Float32Array) => void;

function blockReader({ data, widthPx, toLinear }: RasterPhoto, scale: number): ReadRow {
  const offsets = sampleOffsets(scale, widthPx);
  // Whole numbers: an integer sum is exact and faster than a floating one. The block must fit 31 bits.
  const unit = Math.min(65_536, Math.floor(2 ** 30 / offsets.length));
  const [red, green, blue] = toLinear.map((table) => Int32Array.from(table, (value) => Math.round(value * unit)));
  const gain = 1 / (unit * offsets.length);
  return (start, out) => averageBlocks(data, start, 3 * scale, offsets, red!, green!, blue!, gain, out);
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

function averageBlocks(
  data: RasterPhoto['data'],
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
