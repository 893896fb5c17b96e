import type { Plane } from '../regions/planes.ts';
import type { Patch } from './readPatches.ts';

/** The level of skin is smooth over several hairs: one value for a block of this many pixels squared is kept. */
const BLOCK_PX = 4;
const PIXELS = BLOCK_PX * BLOCK_PX;
/** Stands for a pixel that is clipped or outside: no window reaches it. */
const NOWHERE = -1e9;
/** Every pixel has this weight, however far from the level. */
const LEAST_WEIGHT = 1e-3;

/** Where along a row of blocks' middles each pixel lies: the middle before it, the one after, and how far on, 0–1. */
export interface Between {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Float32Array;
}

export interface BlockGrid {
  readonly blockPx: number;
  readonly columns: number;
  readonly rows: number;
  readonly across: Between;
  readonly down: Between;
}

/** Sums over the pixels of each block, each pixel weighted by how near it lies to the block's level. */
export interface BlockSums {
  readonly weights: Plane;
  readonly products: Plane;
}

export interface Blocks {
  readonly grid: BlockGrid;
  /** Luminance block after block; of each the pixels of the chessboard's one colour, then those of the other. */
  readonly values: Float32Array;
  /** Pixels of each block that tell something, and the sum of their luminance. */
  readonly counts: Plane;
  readonly totals: Plane;
}

function placeBetween(pixels: number, blocks: number): Between {
  const before = new Int32Array(pixels);
  const after = new Int32Array(pixels);
  const share = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const place = Math.min(blocks - 1, Math.max(0, (i + 0.5) / BLOCK_PX - 0.5));
    before[i] = Math.floor(place);
    after[i] = Math.min(blocks - 1, before[i]! + 1);
    share[i] = place - before[i]!;
  }
  return { before, after, share };
}

/** Places of a block's pixels in `Blocks.values`, row after row. */
const ORDER = Int32Array.from({ length: PIXELS }, (_, k) => {
  const [x, y] = [k % BLOCK_PX, Math.floor(k / BLOCK_PX)];
  return (((x + y) % 2) * PIXELS) / 2 + (k >> 1);
});

/** Cuts the luminance `y` of a patch into blocks; sums are in single precision as the planes hold them. */
export function cutIntoBlocks({ widthPx, heightPx, clipped }: Patch, y: Plane): Blocks {
  const columns = Math.ceil(widthPx / BLOCK_PX);
  const rows = Math.ceil(heightPx / BLOCK_PX);
  const values = new Float32Array(PIXELS * columns * rows).fill(NOWHERE);
  const counts = new Float32Array(columns * rows);
  const totals = new Float32Array(columns * rows);
  for (let top = 0, block = 0; top < heightPx; top += BLOCK_PX)
    for (let left = 0; left < widthPx; left += BLOCK_PX, block++) {
      let count = 0;
      let total = 0;
      for (let row = top; row < Math.min(heightPx, top + BLOCK_PX); row++) {
        const order = (row - top) * BLOCK_PX;
        for (let x = left, i = row * widthPx + left; x < Math.min(widthPx, left + BLOCK_PX); x++, i++) {
          if (clipped[i]) continue;
          values[PIXELS * block + ORDER[order + x - left]!] = y[i]!;
          total = Math.fround(total + y[i]!);
          count++;
        }
      }
      counts[block] = count;
      totals[block] = total;
    }
  const [across, down] = [placeBetween(widthPx, columns), placeBetween(heightPx, rows)];
  return { grid: { blockPx: BLOCK_PX, columns, rows, across, down }, values, counts, totals };
}

/**
 * Weight of a pixel: a bell of width `share` about the level (a fourth power, close to a Gaussian's and cheaper), nothing
 * where it is clipped. Writes the sums of the weights and of the luminance times them; of every second pixel or `all`.
 */
export function sumAboutLevel(
  { values, counts, totals }: Blocks,
  level: Plane,
  share: number,
  all: boolean,
  { weights, products }: BlockSums,
): void {
  const pixels = all ? PIXELS : PIXELS / 2;
  const least = all ? LEAST_WEIGHT : LEAST_WEIGHT / 2;
  for (let block = 0, start = 0; block < level.length; block++, start += PIXELS) {
    const at = level[block]!;
    const narrow = 1 / (3 * share * at);
    let total = least * counts[block]!;
    let sum = least * totals[block]!;
    for (let i = start; i < start + pixels; i++) {
      const value = values[i]!;
      const apart = (value - at) * narrow;
      // Nothing below 0, without a branch that noise would lead astray.
      const above = 1 - apart * apart;
      const bell = 0.5 * (above + Math.abs(above));
      const square = bell * bell;
      const weight = square * square;
      total += weight;
      sum += weight * value;
    }
    weights[block] = total;
    products[block] = sum;
  }
}

/** One plane a channel. */
export type Planes = readonly [red: Plane, green: Plane, blue: Plane];

export interface ColourSums {
  readonly weights: Plane;
  /** Of the three channels, weighted as `sumAboutLevel` does, and without weights. */
  readonly colours: Planes;
  readonly totals: Planes;
}

/** Sums of the three channels over the pixels of each block, in single precision as the planes hold them. */
export function sumColours(
  { widthPx, heightPx, rgb, clipped }: Patch,
  y: Plane,
  level: Plane,
  share: number,
): ColourSums {
  const plane = () => new Float32Array(level.length);
  const weights = plane();
  const colours = [plane(), plane(), plane()] as const;
  const totals = [plane(), plane(), plane()] as const;
  for (let top = 0, block = 0; top < heightPx; top += BLOCK_PX)
    for (let left = 0; left < widthPx; left += BLOCK_PX, block++) {
      const at = level[block]!;
      const reach = 3 * share * at;
      let total = 0;
      let red = 0;
      let green = 0;
      let blue = 0;
      let allRed = 0;
      let allGreen = 0;
      let allBlue = 0;
      for (let row = top; row < Math.min(heightPx, top + BLOCK_PX); row++)
        for (let x = left, i = row * widthPx + left; x < Math.min(widthPx, left + BLOCK_PX); x++, i++) {
          if (clipped[i]) continue;
          const apart = (y[i]! - at) / reach;
          const above = 1 - apart * apart;
          const bell = 0.5 * (above + Math.abs(above));
          const weight = bell * bell * bell * bell + LEAST_WEIGHT;
          const r = rgb[3 * i]!;
          const g = rgb[3 * i + 1]!;
          const b = rgb[3 * i + 2]!;
          total = Math.fround(total + weight);
          red = Math.fround(red + weight * r);
          green = Math.fround(green + weight * g);
          blue = Math.fround(blue + weight * b);
          allRed = Math.fround(allRed + r);
          allGreen = Math.fround(allGreen + g);
          allBlue = Math.fround(allBlue + b);
        }
      weights[block] = total;
      colours[0][block] = red;
      colours[1][block] = green;
      colours[2][block] = blue;
      totals[0][block] = allRed;
      totals[1][block] = allGreen;
      totals[2][block] = allBlue;
    }
  return { weights, colours, totals };
}
