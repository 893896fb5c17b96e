import { LABEL, type LabelMask } from '../masks/label.ts';
import { LUMINANCE, LUMINANCE_WEIGHTS, WHOLE_LIGHT } from './luminance.ts';
import type { Picture } from './picture.ts';

/** How light and of what colour the skin of a photo is, by cells of `CELL_PX` pixels squared. */
export interface SkinLight {
  readonly columns: number;
  readonly rows: number;
  /** Luminance of the skin between the hairs in each cell, in parts of `WHOLE_LIGHT`. */
  readonly light: Int32Array;
  /** Mean colour of bare skin, linear; that of usual skin where the photo shows none. */
  readonly colour: readonly [number, number, number];
}

/** A power of two. */
export const CELL_PX = 16;
/** Every third pixel both ways tells a cell's level as well. */
const STRIDE = 3;
const SAMPLES_A_SIDE = Math.ceil(CELL_PX / STRIDE);
const SAMPLES = SAMPLES_A_SIDE * SAMPLES_A_SIDE;
const USUAL_SKIN = [0.5, 0.3, 0.22] as const;

/** Reads the skin's lightness: in each cell the mean of what is lighter than the cell's mean, so that hairs drop out. */
export function readSkinLight(picture: Picture, regions: LabelMask | null): SkinLight {
  const { widthPx, heightPx } = picture;
  const columns = Math.ceil(widthPx / CELL_PX);
  const rows = Math.ceil(heightPx / CELL_PX);
  const light = new Int32Array(columns * rows);
  const samples = new Int32Array(columns * SAMPLES);
  const counts = new Int32Array(columns);
  const isSkin = new Uint8Array(columns).fill(1);
  const sums = new Float64Array(4);
  for (let row = 0; row < rows; row++) {
    const top = row * CELL_PX;
    if (regions) markSkin(regions, picture, top + CELL_PX / 2, isSkin);
    counts.fill(0);
    for (let y = top; y < Math.min(heightPx, top + CELL_PX); y += STRIDE) {
      sampleRow(picture, y, samples, counts, isSkin, sums);
    }
    for (let column = 0; column < columns; column++) {
      light[row * columns + column] = lighterMean(samples, SAMPLES * column, counts[column]!);
    }
  }
  const [red, green, blue, pixels] = sums as unknown as readonly [number, number, number, number];
  const mean = (sum: number, c: 0 | 1 | 2) => sum / pixels / WHOLE_LIGHT / LUMINANCE_WEIGHTS[c];
  const colour = pixels > 0 ? ([mean(red, 0), mean(green, 1), mean(blue, 2)] as const) : USUAL_SKIN;
  return { columns, rows, light, colour };
}

/** Which cells of a row have skin in their middle, `y` pixels down the picture. */
function markSkin({ widthPx, heightPx, labels }: LabelMask, picture: Picture, y: number, isSkin: Uint8Array): void {
  const line = Math.min(heightPx - 1, Math.floor((y / picture.heightPx) * heightPx)) * widthPx;
  for (let column = 0; column < isSkin.length; column++) {
    const x = (column + 0.5) * CELL_PX;
    const label = labels[line + Math.min(widthPx - 1, Math.floor((x / picture.widthPx) * widthPx))]!;
    isSkin[column] = label === LABEL.skin ? 1 : 0;
  }
}

/** Adds the samples of one row of pixels to their cells, and those on skin to the sums of red, green, blue and pixels. */
function sampleRow(
  { widthPx, channels, data }: Picture,
  y: number,
  samples: Int32Array,
  counts: Int32Array,
  isSkin: Uint8Array,
  sums: Float64Array,
): void {
  const { red, green, blue } = LUMINANCE;
  const step = STRIDE * channels;
  let [redSum, greenSum, blueSum, pixels] = [0, 0, 0, 0];
  for (let column = 0; column < counts.length; column++) {
    const left = column * CELL_PX;
    const inCell = Math.ceil(Math.min(CELL_PX, widthPx - left) / STRIDE);
    const to = SAMPLES * column + counts[column]!;
    const onSkin = isSkin[column]! === 1;
    let at = (y * widthPx + left) * channels;
    for (let k = 0; k < inCell; k++, at += step) {
      const r = red[data[at]!]!;
      const g = green[data[at + 1]!]!;
      const b = blue[data[at + 2]!]!;
      samples[to + k] = r + g + b;
      if (!onSkin) continue;
      redSum += r;
      greenSum += g;
      blueSum += b;
      pixels++;
    }
    counts[column] = counts[column]! + inCell;
  }
  sums[0] = sums[0]! + redSum;
  sums[1] = sums[1]! + greenSum;
  sums[2] = sums[2]! + blueSum;
  sums[3] = sums[3]! + pixels;
}

/** Mean of the samples that are not darker than their mean. */
function lighterMean(samples: Int32Array, from: number, count: number): number {
  let total = 0;
  for (let k = from; k < from + count; k++) total += samples[k]!;
  // Rounded down: in an even cell nothing may fall below the mean.
  const least = Math.floor(total / count);
  let [upper, lighter] = [0, 0];
  for (let k = from; k < from + count; k++) {
    const Y = samples[k]!;
    if (Y < least) continue;
    upper += Y;
    lighter++;
  }
  return upper / lighter;
}
