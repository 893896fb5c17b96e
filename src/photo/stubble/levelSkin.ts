import { LINEAR_SRGB_TO_XYZ as M } from '../../colour/srgb.ts';
import { boxBlur, type Plane } from '../regions/planes.ts';
import type { Patch } from './readPatches.ts';

/** A patch divided by the skin that lies between its hairs: 1 is bare skin whatever the shading, 0 is black. */
export interface LevelledPatch {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Ratio to the local skin, one plane a channel. */
  readonly ratio: readonly [Plane, Plane, Plane];
  /** Ratio of luminance. */
  readonly ratioY: Plane;
  /** Standard deviation of ratioY on bare skin. */
  readonly noise: number;
}

function luminancePlane({ rgb: [r, g, b] }: Patch): Plane {
  const out = new Float32Array(r.length);
  const [wr, wg, wb] = [M[3]!, M[4]!, M[5]!];
  for (let i = 0; i < out.length; i++) out[i] = wr * r[i]! + wg * g[i]! + wb * b[i]!;
  return out;
}

/** Widths of the window in which a pixel counts as skin, as shares of the level; from loose to tight. */
const WINDOWS = [0.5, 0.35, 0.25, 0.18, 0.14, 0.12];
/** The level is smooth over several hairs: one value for a block of this many pixels squared is kept. */
const BLOCK_PX = 4;

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** Sums over the pixels of each block, each pixel weighted by how near it lies to the block's level. */
interface BlockSums {
  readonly weights: Plane;
  readonly products: readonly Plane[];
}

/**
 * Weight of a pixel: a bell of width `share` about the level (a fourth power, close to a Gaussian's and cheaper), nothing
 * where it is clipped. Returns the sums of the weights and of `planes` times them.
 */
function sumAboutLevel(
  patch: Patch,
  y: Plane,
  level: Plane,
  { columns, rows }: Grid,
  share: number,
  planes: readonly Plane[],
): BlockSums {
  const { widthPx, heightPx, clipped } = patch;
  const weights = new Float32Array(columns * rows);
  const products = planes.map(() => new Float32Array(columns * rows));
  const weight = new Float64Array(BLOCK_PX * BLOCK_PX);
  for (let block = 0; block < weights.length; block++) {
    const left = (block % columns) * BLOCK_PX;
    const top = Math.floor(block / columns) * BLOCK_PX;
    const right = Math.min(widthPx, left + BLOCK_PX);
    const bottom = Math.min(heightPx, top + BLOCK_PX);
    const at = level[block]!;
    const narrow = 1 / (3 * share * Math.max(1e-4, at));
    let total = 0;
    for (let row = top, k = 0; row < bottom; row++)
      for (let i = row * widthPx + left; i < row * widthPx + right; i++, k++) {
        const apart = (y[i]! - at) * narrow;
        const bell = Math.max(0, 1 - apart * apart);
        const square = bell * bell;
        weight[k] = clipped[i] ? 0 : square * square + 1e-3;
        total += weight[k]!;
      }
    weights[block] = total;
    for (let p = 0; p < planes.length; p++) {
      const plane = planes[p]!;
      let sum = 0;
      for (let row = top, k = 0; row < bottom; row++)
        for (let i = row * widthPx + left; i < row * widthPx + right; i++, k++) sum += weight[k]! * plane[i]!;
      products[p]![block] = sum;
    }
  }
  return { weights, products };
}

/** Weighted means of the blocks around each block; `fallback` where nothing has weight. */
function meanOverBlocks(sums: Plane, totals: Plane, { columns, rows }: Grid, radius: number, fallback: number): Plane {
  const out = boxBlur(sums, columns, rows, radius);
  const total = boxBlur(totals, columns, rows, radius);
  for (let i = 0; i < out.length; i++) out[i] = total[i]! > 1e-6 ? out[i]! / total[i]! : fallback;
  return out;
}

/** Where along a row of blocks' middles each pixel lies: the middle before it and how far on to the next, 0–1. */
interface Between {
  readonly before: Int32Array;
  readonly share: Float32Array;
}

function placeBetween(pixels: number, blocks: number): Between {
  const place = (i: number) => Math.min(blocks - 1, Math.max(0, (i + 0.5) / BLOCK_PX - 0.5));
  const before = Int32Array.from({ length: pixels }, (_, i) => Math.floor(place(i)));
  return { before, share: Float32Array.from(before, (left, i) => place(i) - left) };
}

/** Divides a plane by a level given at the blocks' middles, linear in between, and multiplies it by `gain`. */
function divideByLevel(plane: Plane, level: Plane, { columns, rows }: Grid, across: Between, gain: number): Plane {
  const out = new Float32Array(plane.length);
  const line = new Float64Array(columns + 1);
  const { before, share } = across;
  const widthPx = before.length;
  const down = placeBetween(plane.length / widthPx, rows);
  for (let y = 0, i = 0; y < down.before.length; y++) {
    const top = down.before[y]! * columns;
    const below = Math.min(rows - 1, down.before[y]! + 1) * columns;
    for (let k = 0; k < columns; k++)
      line[k] = Math.max(1e-4, level[top + k]! + down.share[y]! * (level[below + k]! - level[top + k]!));
    line[columns] = line[columns - 1]!;
    for (let x = 0; x < widthPx; x++, i++) {
      const left = before[x]!;
      out[i] = (gain * plane[i]!) / (line[left]! + share[x]! * (line[left + 1]! - line[left]!));
    }
  }
  return out;
}

/**
 * Finds the local level of the skin as the nearest mode of luminance: a robust mean that is re-weighted ever more tightly
 * about itself, so that hairs of either polarity drop out. `radiusPx` spans a few hairs.
 */
export function levelSkin(patch: Patch, radiusPx: number): LevelledPatch {
  const { widthPx: w, heightPx: h, rgb } = patch;
  const y = luminancePlane(patch);
  const grid = { columns: Math.ceil(w / BLOCK_PX), rows: Math.ceil(h / BLOCK_PX) };
  const radius = Math.max(1, Math.round(radiusPx / BLOCK_PX));
  const mean = ({ weights, products }: BlockSums, plane: number, reach: number) =>
    meanOverBlocks(products[plane]!, weights, grid, reach, 0.2);
  // Any window that is wide enough weighs all pixels alike.
  let level = mean(sumAboutLevel(patch, y, new Float32Array(grid.columns * grid.rows), grid, 1e9, [y]), 0, radius);
  // Hair darkens far more than it lightens: starting a little above the mean finds the skin's mode, not the hairs'.
  for (let k = 0; k < level.length; k++) level[k]! *= 1.06;
  let near: BlockSums | null = null;
  for (const share of WINDOWS) {
    const isLast = share === WINDOWS[WINDOWS.length - 1];
    near = sumAboutLevel(patch, y, level, grid, share, isLast ? [y, ...rgb] : [y]);
    level = mean(near, 0, radius);
  }
  const across = placeBetween(w, grid.columns);
  const asSeen = divideByLevel(y, level, grid, across, 1);
  const gain = 1 / findMode(asSeen);
  const ratioY = asSeen.map((value) => gain * value);
  const ratio = rgb.map((plane, c) =>
    divideByLevel(plane, mean(near!, 1 + c, 2 * radius), grid, across, gain),
  ) as unknown as [Plane, Plane, Plane];
  return { widthPx: w, heightPx: h, ratio, ratioY, noise: noiseOf(ratioY) };
}

/** The commonest ratio, which blurred edges of hairs pull away from 1 a little; 1 where it is too far to be skin. */
function findMode(ratioY: Plane): number {
  const bins = new Float64Array(60);
  for (let i = 0; i < ratioY.length; i++) {
    const bin = Math.floor((ratioY[i]! - 0.7) * 100);
    if (bin >= 0 && bin < 60) bins[bin]!++;
  }
  let best = 0;
  let mode = 1;
  for (let k = 3; k < 57; k++) {
    let sum = 0;
    for (let j = -3; j <= 3; j++) sum += bins[k + j]!;
    if (sum > best) [best, mode] = [sum, 0.705 + k / 100];
  }
  return mode < 0.9 || mode > 1.1 ? 1 : mode;
}

/** Spread of the lighter half about 1, which no dark hair reaches: its median over that of a normal number. */
function noiseOf(ratioY: Plane): number {
  const bins = new Uint32Array(512);
  let count = 0;
  for (let i = 0; i < ratioY.length; i++) {
    const above = ratioY[i]! - 1;
    if (above < 0) continue;
    bins[Math.min(511, (above * 1024) | 0)]!++;
    count++;
  }
  let seen = 0;
  let k = 0;
  while (k < 511 && seen + bins[k]! < count / 2) seen += bins[k++]!;
  return Math.max(0.005, (k + 0.5) / 1024 / 0.6745);
}
