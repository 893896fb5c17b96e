import { type Address, doublesAt, giveBack, kernels, markRoom, takeRoom } from '../kernels.ts';
import { histogram, type LevelledPatch } from './levelSkin.ts';

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

/** Numbers of a histogram of responses, 0–1. */
const BINS = 128;

/** Otsu's threshold of the responses. */
function otsu(response: Address, pixels: number, sign: Polarity): number {
  const counted = histogram(response, pixels, 0, sign * BINS, BINS);
  const bins = counted.subarray(1, -1);
  bins[0]! += counted[0]!;
  bins[BINS - 1]! += counted[BINS + 1]!;
  let sum = 0;
  for (let k = 0; k < BINS; k++) sum += k * bins[k]!;
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

/** Missing light, averaged over 3 × 3 pixels: a plane, for which it takes room. */
export function responseOf({ ratioY, widthPx, heightPx }: LevelledPatch): Address {
  const out = takeRoom(4 * widthPx * heightPx);
  const mark = markRoom();
  kernels.takeResponse(ratioY, widthPx, heightPx, takeRoom(4 * (widthPx + 1)), out);
  giveBack(mark);
  return out;
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
/** Sums over a part's pixels and over those of its middle; see the kernel. */
type PartSums = readonly [
  ...[part: unknown, pixels: number, x: number, y: number, xx: number, yy: number, xy: number, missing: number],
  ...[strongest: number, middle: number, red: number, green: number, blue: number],
];

/** Finds fibres and dots whose response, of the given sign, is at least `least`. */
export function segmentFibres(patch: LevelledPatch, response: Address, sign: Polarity = 1, least = 0.05): Fibre[] {
  const { widthPx, heightPx, ratioY, rgb, levels, gain, noise } = patch;
  // Averaging 3 × 3 leaves about half of a camera's (correlated) noise.
  const lowest = Math.max(3.5 * 0.5 * noise, least);
  const threshold = Math.max(otsu(response, widthPx * heightPx, sign), lowest);
  const mark = markRoom();
  const most = Math.ceil(widthPx / 2) * heightPx;
  const [runs, parts] = [takeRoom(RUN_BYTES * most), takeRoom(PART_BYTES * most)];
  const count = kernels.findParts(
    ...([response, sign, threshold, ratioY, rgb, widthPx, heightPx, levels, gain] as const),
    ...([MIDDLE_SHARE, LEAST_AREA_PX, runs, parts] as const),
  );
  giveBack(mark);
  return Array.from({ length: count }, (_, k) => describeFibre(doublesAt(parts + PART_BYTES * k, PART_BYTES / 8)));
}

function describeFibre(part: Float64Array): Fibre {
  const [, n, sumX, sumY, sumXx, sumYy, sumXy, missing, , middle, red, green, blue] = part as unknown as PartSums;
  const x = sumX / n;
  const y = sumY / n;
  const vxx = sumXx / n - x * x + 1 / 12;
  const vyy = sumYy / n - y * y + 1 / 12;
  const vxy = sumXy / n - x * y;
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
    missing,
    core: [red / middle, green / middle, blue / middle],
  };
}
