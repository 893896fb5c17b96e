import { LINEAR_SRGB_TO_XYZ as M } from '../../colour/srgb.ts';
import { type Address, doublesAt, floatsAt, giveBack, kernels, markRoom, takeRoom } from '../kernels.ts';
import { histogram } from './histogram.ts';
import type { Patch } from './readPatches.ts';

type Triple = readonly [number, number, number];

/** A patch divided by the skin that lies between its hairs: 1 is bare skin whatever the shading, 0 is black. */
export interface LevelledPatch {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Ratio of luminance to the local skin's, a plane. */
  readonly ratioY: Address;
  /** Linear sRGB, interleaved, and what its channels are divided by: `gain` and the levels at the blocks' middles. */
  readonly rgb: Address;
  readonly levels: Address;
  readonly gain: number;
  /** Mean ratio of the three channels of each quarter of the patch; of those with anything that is not clipped. */
  readonly quarters: readonly Triple[];
  /** Mean luminance as it is lit. */
  readonly light: number;
  /** Standard deviation of ratioY on bare skin. */
  readonly noise: number;
}

/** The level of skin is smooth over several hairs: one value for a block of so many pixels squared is kept. */
const BLOCK_PX = 4;
/** Stands for the luminance of a pixel that is clipped or outside: no window reaches it. */
const NOWHERE = -1e9;
/** Every pixel has this weight, however far from the level. */
const LEAST_WEIGHT = 1e-3;
/** Where nothing has weight. */
const USUAL_SKIN = 0.2;
/** Widths of the window in which a pixel counts as skin, as shares of the level; from loose to tight. */
const WINDOWS = [0.5, 0.35, 0.25, 0.18, 0.14, 0.12];
/** From this window on every pixel is asked, before it every second one. */
const EXACT_FROM = 4;
const LAST_WINDOW = WINDOWS[WINDOWS.length - 1]!;
/** So many widths from the level a pixel has no weight: the weight is a fourth power, close to a Gaussian there. */
const REACH = 3;

/** The skin of a patch block after block, in the kernels' memory. */
interface Blocks {
  readonly columns: number;
  readonly rows: number;
  /** Its luminance in the window last looked at and in the one before. */
  readonly level: Address;
  readonly near: Address;
  /** Room for the sums of columns. */
  readonly room: Address;
}

/**
 * Finds the local level of the skin as the nearest mode of luminance: a robust mean that is re-weighted ever more tightly
 * about itself, so that hairs of either polarity drop out. `radiusPx` spans a few hairs. Takes room for what is found.
 */
export function levelSkin(patch: Patch, radiusPx: number): LevelledPatch {
  const { widthPx, heightPx, rgb } = patch;
  const pixels = widthPx * heightPx;
  const radius = Math.max(1, Math.round(radiusPx / BLOCK_PX));
  const [columns, rows] = [Math.ceil(widthPx / BLOCK_PX), Math.ceil(heightPx / BLOCK_PX)];
  const ratioY = takeRoom(4 * pixels);
  const levels = takeRoom(16 * columns * rows);
  const mark = markRoom();
  const luminance = takeRoom(4 * pixels);
  const light = kernels.takeLuminance(rgb, pixels, M[3]!, M[4]!, M[5]!, luminance) / pixels;
  const blocks = findLevel(patch, luminance, columns, rows, radius);
  kernels.divideByLevel(luminance, widthPx, heightPx, blocks.level, columns, rows, blocks.room, ratioY);
  const gain = 1 / findMode(ratioY, pixels);
  kernels.scale(ratioY, pixels, gain);
  const noise = noiseOf(ratioY, pixels);
  const quarters = levelColours(patch, luminance, blocks, 2 * radius, gain, levels);
  giveBack(mark);
  return { widthPx, heightPx, ratioY, rgb, levels, gain, quarters, light, noise };
}

/** Cuts a patch into blocks and finds their levels. */
function findLevel(
  { clipped, widthPx, heightPx }: Patch,
  luminance: Address,
  columns: number,
  rows: number,
  radius: number,
): Blocks {
  const count = columns * rows;
  const values = takeRoom(4 * BLOCK_PX * BLOCK_PX * count);
  const [all, sums] = [takeRoom(8 * count), takeRoom(8 * count)];
  // The colours are looked for twice as far around.
  const room = takeRoom(16 * (columns + 4 * radius + 3));
  let [level, near] = [takeRoom(4 * count), takeRoom(4 * count)];
  const average = (pairs: Address) => kernels.meanOverBlocks(pairs, columns, rows, radius, USUAL_SKIN, room, level, 4);
  kernels.cutIntoBlocks(luminance, clipped, widthPx, heightPx, NOWHERE, values, all);
  average(all);
  // Hair darkens far more than it lightens: starting a little above the mean finds the skin's mode, not the hairs'.
  kernels.scale(level, count, 1.06);
  for (let k = 0; k < WINDOWS.length; k++) {
    const share = k < EXACT_FROM ? 1 / 2 : 1;
    const [pixels, least] = [share * BLOCK_PX * BLOCK_PX, share * LEAST_WEIGHT];
    kernels.sumAboutLevel(values, pixels, all, level, count, REACH * WINDOWS[k]!, least, sums);
    [level, near] = [near, level];
    average(sums);
  }
  return { columns, rows, level, near, room };
}

/** Writes the levels of the three channels, and gives the mean ratios of the quarters. */
function levelColours(
  { rgb, clipped, widthPx, heightPx }: Patch,
  luminance: Address,
  { columns, rows, near, room }: Blocks,
  radius: number,
  gain: number,
  levels: Address,
): Triple[] {
  const count = columns * rows;
  const [pairs, totals, quarters] = [takeRoom(3 * 8 * count), takeRoom(16 * count), takeRoom(4 * 4 * 8)];
  const reach = REACH * LAST_WINDOW;
  kernels.sumColours(rgb, luminance, clipped, widthPx, heightPx, near, reach, LEAST_WEIGHT, pairs, totals);
  // The fourth number of a block is divided by too.
  floatsAt(levels, 4 * count).fill(1);
  for (let c = 0; c < 3; c++)
    kernels.meanOverBlocks(pairs + 8 * count * c, columns, rows, radius, USUAL_SKIN, room, levels + 4 * c, 16);
  const sums = doublesAt(quarters, 4 * 4).fill(0);
  kernels.sumQuarters(totals, levels, columns, rows, gain, quarters);
  return [0, 4, 8, 12]
    .filter((k) => sums[k + 3]! > 0)
    .map((k) => [sums[k]! / sums[k + 3]!, sums[k + 1]! / sums[k + 3]!, sums[k + 2]! / sums[k + 3]!]);
}

/** The commonest ratio, which blurred edges of hairs pull away from 1 a little; 1 where it is too far to be skin. */
function findMode(ratioY: Address, pixels: number): number {
  const bins = histogram(ratioY, pixels, 0.7, 100, 60).subarray(1, -1);
  let best = 0;
  let mode = 1;
  for (let k = 3; k < 57; k++) {
    let sum = 0;
    for (let j = -3; j <= 3; j++) sum += bins[k + j]!;
    if (sum > best) [best, mode] = [sum, 0.705 + k / 100];
  }
  return mode < 0.9 || mode > 1.1 ? 1 : mode;
}

/** Numbers of the histogram that tells the noise, for each 1 of the ratio, and how many there are. */
const NOISE_STEPS = 1024;
const NOISE_BINS = NOISE_STEPS / 2;

/** Spread of the lighter half about 1, which no dark hair reaches: its median over that of a normal number. */
function noiseOf(ratioY: Address, pixels: number): number {
  const bins = histogram(ratioY, pixels, 1, NOISE_STEPS, NOISE_BINS).subarray(1);
  const count = bins.reduce((sum, n) => sum + n, 0);
  let seen = 0;
  let k = 0;
  while (k < NOISE_BINS - 1 && seen + bins[k]! < count / 2) seen += bins[k++]!;
  return Math.max(0.005, (k + 0.5) / NOISE_STEPS / 0.6745);
}
