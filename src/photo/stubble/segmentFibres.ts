import { findComponents } from '../regions/components.ts';
import { boxBlur, type Plane } from '../regions/planes.ts';
import { type LevelledPatch, readRatio } from './levelSkin.ts';

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
function otsu(response: Plane, sign: Polarity): number {
  const bins = new Uint32Array(BINS);
  const scale = sign * BINS;
  for (let i = 0; i < response.length; i++) {
    const bin = (response[i]! * scale) | 0;
    bins[bin < 0 ? 0 : bin > BINS - 1 ? BINS - 1 : bin]!++;
  }
  let sum = 0;
  for (let k = 0; k < BINS; k++) sum += k * bins[k]!;
  const n = response.length;
  let below = 0;
  let sumBelow = 0;
  let best = 0;
  let at = 0;
  for (let k = 0; k < BINS - 1; k++) {
    below += bins[k]!;
    sumBelow += k * bins[k]!;
    if (below === 0 || below === n) continue;
    const between = below * (n - below) * ((sum - sumBelow) / (n - below) - sumBelow / below) ** 2;
    if (between <= best) continue;
    best = between;
    at = (k + 1) / BINS;
  }
  return at;
}

/** Missing light, averaged over 3 × 3 pixels. */
export function responseOf({ ratioY, widthPx, heightPx }: LevelledPatch): Plane {
  const out = boxBlur(ratioY, widthPx, heightPx, 1);
  for (let i = 0; i < out.length; i++) out[i] = 1 - out[i]!;
  return out;
}

/** Whether marks miss light (1) or have a surplus of it (−1): the sign of their response. */
export type Polarity = 1 | -1;

/** Finds fibres and dots whose response, of the given sign, is at least `least`. */
export function segmentFibres(patch: LevelledPatch, response: Plane, sign: Polarity = 1, least = 0.05): Fibre[] {
  // Averaging 3 × 3 leaves about half of a camera's (correlated) noise.
  const lowest = Math.max(3.5 * 0.5 * patch.noise, least);
  if (!exceeds(response, sign, lowest)) return [];
  const threshold = Math.max(otsu(response, sign), lowest);
  const mask = new Uint8Array(response.length);
  for (let i = 0; i < mask.length; i++) if (sign * response[i]! > threshold) mask[i] = 1;
  const { of, sizes } = findComponents(mask, patch.widthPx, patch.heightPx);
  const sums = sumParts(patch, of, sizes.length, response, sign);
  const fibres: Fibre[] = [];
  for (let part = 1; part < sizes.length; part++)
    if (sizes[part]! >= LEAST_AREA_PX) fibres.push(describeFibre(sums, SUMS * part, sizes[part]!));
  return fibres;
}

function exceeds(response: Plane, sign: Polarity, least: number): boolean {
  for (let i = 0; i < response.length; i++) if (sign * response[i]! > least) return true;
  return false;
}

/** Smaller parts are noise. */
const LEAST_AREA_PX = 3;
/** Sums a part: x, y, xx, yy, xy, missing light, strongest response; then of its middle: pixels, and R, G, B. */
const SUMS = 11;
/** Share of its strongest response that a pixel of a part's middle has. */
const MIDDLE_SHARE = 0.75;

function sumParts(patch: LevelledPatch, of: Int32Array, parts: number, response: Plane, sign: Polarity): Float64Array {
  const { widthPx, heightPx, ratioY } = patch;
  const sums = new Float64Array(SUMS * parts);
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, i++) {
      if (of[i] === 0) continue;
      const at = SUMS * of[i]!;
      sums[at]! += x;
      sums[at + 1]! += y;
      sums[at + 2]! += x * x;
      sums[at + 3]! += y * y;
      sums[at + 4]! += x * y;
      sums[at + 5]! += Math.abs(1 - ratioY[i]!);
      if (sign * response[i]! > sums[at + 6]!) sums[at + 6] = sign * response[i]!;
    }
  const ratio = new Float64Array(3);
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, i++) {
      if (of[i] === 0) continue;
      const at = SUMS * of[i]!;
      if (sign * response[i]! < MIDDLE_SHARE * sums[at + 6]!) continue;
      readRatio(patch, x, y, ratio);
      sums[at + 7]!++;
      sums[at + 8]! += ratio[0]!;
      sums[at + 9]! += ratio[1]!;
      sums[at + 10]! += ratio[2]!;
    }
  return sums;
}

function describeFibre(sums: Float64Array, at: number, n: number): Fibre {
  const x = sums[at]! / n;
  const y = sums[at + 1]! / n;
  const vxx = sums[at + 2]! / n - x * x + 1 / 12;
  const vyy = sums[at + 3]! / n - y * y + 1 / 12;
  const vxy = sums[at + 4]! / n - x * y;
  const half = Math.hypot((vxx - vyy) / 2, vxy);
  const angle = 0.5 * Math.atan2(2 * vxy, vxx - vyy);
  // A uniform rod of length ℓ has variance ℓ² / 12 along itself.
  const lengthPx = Math.sqrt(12 * ((vxx + vyy) / 2 + half));
  const middle = sums[at + 7]!;
  return {
    x,
    y,
    alongX: Math.cos(angle),
    alongY: Math.sin(angle),
    areaPx: n,
    lengthPx,
    widthPx: n / Math.max(1, lengthPx),
    missing: sums[at + 5]!,
    core: [sums[at + 8]! / middle, sums[at + 9]! / middle, sums[at + 10]! / middle],
  };
}
