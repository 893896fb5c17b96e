import { LINEAR_SRGB_TO_XYZ as M } from '../../colour/srgb.ts';
import { boxBlur, type Plane } from '../regions/planes.ts';
import { type BlockGrid, type BlockSums, cutIntoBlocks, type Planes, sumAboutLevel, sumColours } from './blockSums.ts';
import type { Patch } from './readPatches.ts';

type Triple = readonly [number, number, number];

/** A patch divided by the skin that lies between its hairs: 1 is bare skin whatever the shading, 0 is black. */
export interface LevelledPatch {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Ratio of luminance to the local skin's. */
  readonly ratioY: Plane;
  /** Linear sRGB, interleaved, and what its channels are divided by: `gain` and the levels at the blocks' middles. */
  readonly rgb: Float32Array;
  readonly levels: Planes;
  readonly grid: BlockGrid;
  readonly gain: number;
  /** Mean ratio of the three channels of each quarter of the patch; of those with anything that is not clipped. */
  readonly quarters: readonly Triple[];
  /** Standard deviation of ratioY on bare skin. */
  readonly noise: number;
}

function luminancePlane({ rgb, clipped }: Patch): Plane {
  const out = new Float32Array(clipped.length);
  const [wr, wg, wb] = [M[3]!, M[4]!, M[5]!];
  for (let i = 0, at = 0; i < out.length; i++, at += 3) out[i] = wr * rgb[at]! + wg * rgb[at + 1]! + wb * rgb[at + 2]!;
  return out;
}

/** Widths of the window in which a pixel counts as skin, as shares of the level; from loose to tight. */
const WINDOWS = [0.5, 0.35, 0.25, 0.18, 0.14, 0.12];
/** From this window on every pixel is asked, before it every second one. */
const EXACT_FROM = 4;

/** Weighted means of the blocks around each block; a usual skin's where nothing has weight. */
function meanOverBlocks({ products, weights }: BlockSums, grid: BlockGrid, radius: number): Plane {
  return divideBlurred(products, boxBlur(weights, grid.columns, grid.rows, radius), grid, radius);
}

function divideBlurred(products: Plane, total: Plane, { columns, rows }: BlockGrid, radius: number): Plane {
  const out = boxBlur(products, columns, rows, radius);
  for (let i = 0; i < out.length; i++) out[i] = total[i]! > 1e-6 ? Math.max(1e-4, out[i]! / total[i]!) : 0.2;
  return out;
}

/** Divides a plane by a level given at the blocks' middles, linear in between. */
function divideByLevel(plane: Plane, level: Plane, { columns, across, down }: BlockGrid): Plane {
  const out = new Float32Array(plane.length);
  const line = new Float64Array(columns + 1);
  const widthPx = across.before.length;
  for (let y = 0, i = 0; y < down.before.length; y++) {
    const top = down.before[y]! * columns;
    const below = down.after[y]! * columns;
    for (let k = 0; k < columns; k++)
      line[k] = level[top + k]! + down.share[y]! * (level[below + k]! - level[top + k]!);
    line[columns] = line[columns - 1]!;
    for (let x = 0; x < widthPx; x++, i++) {
      const left = across.before[x]!;
      out[i] = plane[i]! / (line[left]! + across.share[x]! * (line[left + 1]! - line[left]!));
    }
  }
  return out;
}

/** Writes the ratios to the skin of the three channels of pixel (x, y): `rgb` over the level as `divideByLevel` has it. */
export function readRatio(patch: LevelledPatch, x: number, y: number, out: Float64Array): void {
  const { rgb, gain, grid, levels } = patch;
  const { across, down, columns } = grid;
  const place = 3 * (y * patch.widthPx + x);
  const upper = down.before[y]! * columns;
  const lower = down.after[y]! * columns;
  const left = across.before[x]!;
  const right = across.after[x]!;
  for (let c = 0; c < 3; c++) {
    const level = levels[c as 0 | 1 | 2];
    const above = level[upper + left]! + across.share[x]! * (level[upper + right]! - level[upper + left]!);
    const below = level[lower + left]! + across.share[x]! * (level[lower + right]! - level[lower + left]!);
    out[c] = (gain * rgb[place + c]!) / (above + down.share[y]! * (below - above));
  }
}

/**
 * Finds the local level of the skin as the nearest mode of luminance: a robust mean that is re-weighted ever more tightly
 * about itself, so that hairs of either polarity drop out. `radiusPx` spans a few hairs.
 */
export function levelSkin(patch: Patch, radiusPx: number): LevelledPatch {
  const { widthPx, heightPx, rgb } = patch;
  const y = luminancePlane(patch);
  const blocks = cutIntoBlocks(patch, y);
  const { grid } = blocks;
  const radius = Math.max(1, Math.round(radiusPx / grid.blockPx));
  let level = meanOverBlocks({ weights: blocks.counts, products: blocks.totals }, grid, radius);
  // Hair darkens far more than it lightens: starting a little above the mean finds the skin's mode, not the hairs'.
  for (let k = 0; k < level.length; k++) level[k]! *= 1.06;
  let near = level;
  const sums = { weights: new Float32Array(level.length), products: new Float32Array(level.length) };
  for (let k = 0; k < WINDOWS.length; k++) {
    near = level;
    sumAboutLevel(blocks, level, WINDOWS[k]!, k >= EXACT_FROM, sums);
    level = meanOverBlocks(sums, grid, radius);
  }
  const ratioY = divideByLevel(y, level, grid);
  const gain = 1 / findMode(ratioY);
  for (let i = 0; i < ratioY.length; i++) ratioY[i]! *= gain;
  const { weights, colours, totals } = sumColours(patch, y, near, WINDOWS[WINDOWS.length - 1]!);
  const around = boxBlur(weights, grid.columns, grid.rows, 2 * radius);
  const levelOf = (products: Plane) => divideBlurred(products, around, grid, 2 * radius);
  const levels = [levelOf(colours[0]), levelOf(colours[1]), levelOf(colours[2])] as const;
  return {
    widthPx,
    heightPx,
    ratioY,
    rgb,
    levels,
    grid,
    gain,
    quarters: meanQuarters(totals, blocks.counts, levels, grid, gain),
    noise: noiseOf(ratioY),
  };
}

/** Blocks are small against the distances over which the level changes: the mean of one is divided as a whole. */
function meanQuarters(
  totals: readonly Plane[],
  counts: Plane,
  levels: readonly Plane[],
  { columns, rows }: BlockGrid,
  gain: number,
): Triple[] {
  const sums = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let row = 0, k = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, k++) {
      const s = sums[(2 * column < columns ? 0 : 1) + (2 * row < rows ? 0 : 2)]!;
      for (let c = 0; c < 3; c++) s[c]! += (gain * totals[c]![k]!) / levels[c]![k]!;
      s[3]! += counts[k]!;
    }
  return sums.filter((s) => s[3]! > 0).map((s) => [s[0]! / s[3]!, s[1]! / s[3]!, s[2]! / s[3]!]);
}

/** The commonest ratio, which blurred edges of hairs pull away from 1 a little; 1 where it is too far to be skin. */
function findMode(ratioY: Plane): number {
  const bins = new Uint32Array(60);
  for (let i = 0; i < ratioY.length; i++) {
    const above = (ratioY[i]! - 0.7) * 100;
    if (above >= 0 && above < 60) bins[above | 0]!++;
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

/** Numbers of the histogram that tells the noise, for each 1 of the ratio, and the ratio at which it ends. */
const NOISE_STEPS = 1024;
const NOISE_END = 1.5;

/** Spread of the lighter half about 1, which no dark hair reaches: its median over that of a normal number. */
function noiseOf(ratioY: Plane): number {
  // The darker half is counted too, because asking each pixel costs more.
  const bins = new Uint32Array(NOISE_END * NOISE_STEPS);
  for (let i = 0; i < ratioY.length; i++) {
    const bin = (ratioY[i]! * NOISE_STEPS) | 0;
    bins[bin < 0 ? 0 : bin >= bins.length ? bins.length - 1 : bin]!++;
  }
  let count = 0;
  for (let k = NOISE_STEPS; k < bins.length; k++) count += bins[k]!;
  let seen = 0;
  let k = NOISE_STEPS;
  while (k < bins.length - 1 && seen + bins[k]! < count / 2) seen += bins[k++]!;
  return Math.max(0.005, (k - NOISE_STEPS + 0.5) / NOISE_STEPS / 0.6745);
}
