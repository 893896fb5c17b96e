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

/** Sum of a plane in each block, pixels times `weight`; without a plane the weights' own sum. */
function blockSums({ columns, rows }: Grid, widthPx: number, weight: Plane, plane?: Plane): Plane {
  const sums = new Float32Array(columns * rows);
  for (let y = 0, i = 0; y < weight.length / widthPx; y++) {
    const row = Math.floor(y / BLOCK_PX) * columns;
    for (let x = 0; x < widthPx; x++, i++)
      sums[row + ((x / BLOCK_PX) | 0)]! += plane ? weight[i]! * plane[i]! : weight[i]!;
  }
  return sums;
}

/** Weighted means of the blocks around each block; `fallback` where nothing has weight. */
function meanOverBlocks(sums: Plane, totals: Plane, { columns, rows }: Grid, radius: number, fallback: number): Plane {
  const out = boxBlur(sums, columns, rows, radius);
  const total = boxBlur(totals, columns, rows, radius);
  for (let i = 0; i < out.length; i++) out[i] = total[i]! > 1e-6 ? out[i]! / total[i]! : fallback;
  return out;
}

/** Divides a plane by a level given at the blocks' middles, linear in between. */
function divideByLevel(plane: Plane, level: Plane, { columns, rows }: Grid, widthPx: number): Plane {
  const out = new Float32Array(plane.length);
  const line = new Float32Array(columns + 1);
  for (let y = 0, i = 0; y < plane.length / widthPx; y++) {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / BLOCK_PX - 0.5));
    const top = Math.min(rows - 1, Math.floor(v));
    const below = Math.min(rows - 1, top + 1);
    for (let k = 0; k < columns; k++) {
      const upper = level[top * columns + k]!;
      line[k] = upper + (v - top) * (level[below * columns + k]! - upper);
    }
    line[columns] = line[columns - 1]!;
    for (let x = 0; x < widthPx; x++, i++) {
      const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / BLOCK_PX - 0.5));
      const left = u | 0;
      out[i] = plane[i]! / Math.max(1e-4, line[left]! + (u - left) * (line[left + 1]! - line[left]!));
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
  const weight = new Float32Array(y.length).fill(1);
  let level = meanOverBlocks(blockSums(grid, w, weight, y), blockSums(grid, w, weight), grid, radius, 0.2);
  // Hair darkens far more than it lightens: starting a little above the mean finds the skin's mode, not the hairs'.
  for (let k = 0; k < level.length; k++) level[k]! *= 1.06;
  let totals: Plane = level;
  for (const share of WINDOWS) {
    weighAboutLevel(weight, y, level, patch.clipped, grid.columns, w, share);
    totals = blockSums(grid, w, weight);
    level = meanOverBlocks(blockSums(grid, w, weight, y), totals, grid, radius, 0.2);
  }
  const ratio = rgb.map((plane) =>
    divideByLevel(plane, meanOverBlocks(blockSums(grid, w, weight, plane), totals, grid, 2 * radius, 0.2), grid, w),
  ) as unknown as [Plane, Plane, Plane];
  const ratioY = divideByLevel(y, level, grid, w);
  centreOnMode(ratioY, ratio);
  return { widthPx: w, heightPx: h, ratio, ratioY, noise: noiseOf(ratioY) };
}

/** Weight of each pixel: a bell of width `share` about the level (a fourth power, close to a Gaussian's and cheaper). */
function weighAboutLevel(
  weight: Plane,
  y: Plane,
  level: Plane,
  clipped: Uint8Array,
  columns: number,
  widthPx: number,
  share: number,
): void {
  for (let row = 0, i = 0; i < y.length; row++) {
    const start = Math.floor(row / BLOCK_PX) * columns;
    for (let x = 0; x < widthPx; x++, i++) {
      const at = level[start + ((x / BLOCK_PX) | 0)]!;
      const apart = (y[i]! - at) / (share * Math.max(1e-4, at));
      const bell = 1 - (apart * apart) / 9;
      weight[i] = clipped[i] ? 0 : (bell > 0 ? bell * bell * bell * bell : 0) + 1e-3;
    }
  }
}

/** Blurred edges of hairs pull the level down a little: moves the commonest ratio to 1. */
function centreOnMode(ratioY: Plane, ratio: readonly Plane[]): void {
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
  if (mode < 0.9 || mode > 1.1) return;
  const gain = 1 / mode;
  for (const plane of [ratioY, ...ratio]) for (let i = 0; i < plane.length; i++) plane[i]! *= gain;
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
