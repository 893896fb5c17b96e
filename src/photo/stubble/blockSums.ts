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

/** Cuts the luminance `y` of a patch into blocks. */
export function cutIntoBlocks({ widthPx, heightPx, clipped }: Patch, y: Plane): Blocks {
  const columns = Math.ceil(widthPx / BLOCK_PX);
  const rows = Math.ceil(heightPx / BLOCK_PX);
  const values = new Float32Array(PIXELS * columns * rows).fill(NOWHERE);
  const counts = new Float32Array(columns * rows);
  const totals = new Float32Array(columns * rows);
  for (let row = 0, i = 0; row < heightPx; row++) {
    const ofRow = (row % BLOCK_PX) * BLOCK_PX;
    const firstBlock = Math.floor(row / BLOCK_PX) * columns;
    for (let x = 0; x < widthPx; x++, i++) {
      if (clipped[i]) continue;
      const block = firstBlock + (x >> 2);
      values[PIXELS * block + ORDER[ofRow + (x & 3)]!] = y[i]!;
      counts[block]!++;
      totals[block]! += y[i]!;
    }
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
      const bell = 1 - apart * apart;
      if (bell <= 0) continue;
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

/** Sums of the three channels over the pixels of each block. */
export function sumColours(
  { widthPx, rgb, clipped }: Patch,
  y: Plane,
  { columns }: BlockGrid,
  level: Plane,
  share: number,
): ColourSums {
  const plane = () => new Float32Array(level.length);
  const weights = plane();
  const colours = [plane(), plane(), plane()] as const;
  const totals = [plane(), plane(), plane()] as const;
  const [red, green, blue] = colours;
  const [allRed, allGreen, allBlue] = totals;
  for (let row = 0, i = 0; i < y.length; row++) {
    const firstBlock = Math.floor(row / BLOCK_PX) * columns;
    for (let x = 0; x < widthPx; x++, i++) {
      if (clipped[i]) continue;
      const block = firstBlock + (x >> 2);
      const at = level[block]!;
      const apart = (y[i]! - at) / (3 * share * at);
      const bell = 1 - apart * apart;
      const weight = (bell > 0 ? bell * bell * bell * bell : 0) + LEAST_WEIGHT;
      const r = rgb[3 * i]!;
      const g = rgb[3 * i + 1]!;
      const b = rgb[3 * i + 2]!;
      weights[block]! += weight;
      red[block]! += weight * r;
      green[block]! += weight * g;
      blue[block]! += weight * b;
      allRed[block]! += r;
      allGreen[block]! += g;
      allBlue[block]! += b;
    }
  }
  return { weights, colours, totals };
}
