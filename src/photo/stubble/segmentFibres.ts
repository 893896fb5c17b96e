import { type Address, doublesAt, giveBack, kernels, markRoom, takeRoom } from '../kernels.ts';
import { histogram } from './histogram.ts';
import type { LevelledPatch } from './levelSkin.ts';

/** One shaft, root or dot, or several that touch. */
export interface Fibre {
  /** Centre and direction (unit vector) in the patch, px. */
  readonly x: number;
  readonly y: number;
  readonly alongX: number;
  readonly alongY: number;
  readonly areaPx: number;
  /** Length along its main axis, and mean width across it, px; blur included. */
  readonly lengthPx: number;
  readonly widthPx: number;
  /** Sum of |1 − ratio| of luminance over its pixels. */
  readonly missing: number;
  /** Mean ratio to skin of its middle (pixels with at least 3/4 of its strongest response), one a channel. */
  readonly core: readonly [number, number, number];
}

/** Missing light, averaged over 3 × 3 pixels. */
export interface Response {
  /** A plane in the kernels' memory. */
  readonly values: Address;
  /** How many pixels there are of each size: `BINS` for −1–0, as many for 0–1. */
  readonly counts: Int32Array;
}

/** Numbers of a histogram of sizes 0–1. */
const BINS = 128;

/** Otsu's threshold of the responses of one sign; those of the other count as 0. */
function otsu({ counts }: Response, sign: Polarity): number {
  const bins = Float64Array.from({ length: BINS }, (_, k) => counts[sign > 0 ? BINS + k : BINS - 1 - k]!);
  for (let k = 0; k < BINS; k++) bins[0]! += counts[sign > 0 ? BINS - 1 - k : BINS + k]!;
  let pixels = 0;
  let sum = 0;
  for (let k = 0; k < BINS; k++) {
    pixels += bins[k]!;
    sum += k * bins[k]!;
  }
  let below = 0;
  let sumBelow = 0;
  let best = 0;
  let at = 0;
  for (let k = 0; k < BINS - 1; k++) {
    below += bins[k]!;
    sumBelow += k * bins[k]!;
    if (below === 0 || below === pixels) continue;
    const between = below * (pixels - below) * ((sum - sumBelow) / (pixels - below) - sumBelow / below) ** 2;
    if (between <= best) continue;
    best = between;
    at = (k + 1) / BINS;
  }
  return at;
}

/** Takes room for the plane. */
export function responseOf({ ratioY, widthPx, heightPx }: LevelledPatch): Response {
  const values = takeRoom(4 * widthPx * heightPx);
  const mark = markRoom();
  kernels.takeResponse(ratioY, widthPx, heightPx, takeRoom(4 * (widthPx + 1)), values);
  giveBack(mark);
  const counted = histogram(values, widthPx * heightPx, -1, BINS, 2 * BINS);
  const counts = counted.subarray(1, -1);
  counts[0]! += counted[0]!;
  counts[2 * BINS - 1]! += counted[2 * BINS + 1]!;
  return { values, counts };
}

/** Whether marks miss light (1) or have a surplus of it (−1): the sign of their response. */
export type Polarity = 1 | -1;

/** Smaller parts are noise. */
const LEAST_AREA_PX = 3;
/** Share of its strongest response that a pixel of a part's middle has. */
const MIDDLE_SHARE = 0.75;
/** Bytes of the kernel's runs of pixels and parts; a part's are double numbers, of which the first has no meaning. */
const RUN_BYTES = 16;
const PART_BYTES = 13 * 8;
/** Finds fibres and dots whose response, of the given sign, is at least `least`. */
export function segmentFibres(patch: LevelledPatch, response: Response, sign: Polarity = 1, least = 0.05): Fibre[] {
  const { widthPx, heightPx, ratioY, rgb, levels, gain, noise } = patch;
  // Averaging 3 × 3 leaves about half of a camera's (correlated) noise.
  const lowest = Math.max(3.5 * 0.5 * noise, least);
  const threshold = Math.max(otsu(response, sign), lowest);
  const mark = markRoom();
  const most = Math.ceil(widthPx / 2) * heightPx;
  const [runs, parts] = [takeRoom(RUN_BYTES * most), takeRoom(PART_BYTES * most)];
  const count = kernels.findParts(
    ...([response.values, sign, threshold, ratioY, rgb, widthPx, heightPx, levels, gain] as const),
    ...([MIDDLE_SHARE, LEAST_AREA_PX, runs, parts] as const),
  );
  giveBack(mark);
  return Array.from({ length: count }, (_, k) => describeFibre(doublesAt(parts + PART_BYTES * k, PART_BYTES / 8)));
}

/** From sums over a part's pixels and over those of its middle; see the kernel. */
function describeFibre(part: Float64Array): Fibre {
  const n = part[1]!;
  const x = part[2]! / n;
  const y = part[3]! / n;
  const vxx = part[4]! / n - x * x + 1 / 12;
  const vyy = part[5]! / n - y * y + 1 / 12;
  const vxy = part[6]! / n - x * y;
  const middle = part[9]!;
  const half = Math.hypot((vxx - vyy) / 2, vxy);
  const angle = 0.5 * Math.atan2(2 * vxy, vxx - vyy);
  // A uniform rod of length ℓ has variance ℓ² / 12 along itself.
  const lengthPx = Math.sqrt(12 * ((vxx + vyy) / 2 + half));
  return {
    x,
    y,
    alongX: Math.cos(angle),
    alongY: Math.sin(angle),
    areaPx: n,
    lengthPx,
    widthPx: n / Math.max(1, lengthPx),
    missing: part[7]!,
    core: [part[10]! / middle, part[11]! / middle, part[12]! / middle],
  };
}
