import { findComponents } from '../regions/components.ts';
import { boxBlur, type Plane } from '../regions/planes.ts';
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

/** Otsu's threshold of the responses. */
function otsu(values: Plane): number {
  const bins = new Uint32Array(128);
  for (let i = 0; i < values.length; i++) bins[Math.min(127, Math.max(0, (values[i]! * 128) | 0))]!++;
  let sum = 0;
  for (let k = 0; k < 128; k++) sum += k * bins[k]!;
  const n = values.length;
  let below = 0;
  let sumBelow = 0;
  let best = { between: 0, at: 0 };
  for (let k = 0; k < 127; k++) {
    below += bins[k]!;
    sumBelow += k * bins[k]!;
    if (below === 0 || below === n) continue;
    const between = below * (n - below) * ((sum - sumBelow) / (n - below) - sumBelow / below) ** 2;
    if (between > best.between) best = { between, at: (k + 1) / 128 };
  }
  return best.at;
}

/** Missing light, averaged over 3 × 3 pixels. */
export function responseOf({ ratioY, widthPx, heightPx }: LevelledPatch): Plane {
  const out = boxBlur(ratioY, widthPx, heightPx, 1);
  for (let i = 0; i < out.length; i++) out[i] = 1 - out[i]!;
  return out;
}

/** Surplus of light instead of missing light. */
export function invertResponse(response: Plane): Plane {
  const out = new Float32Array(response.length);
  for (let i = 0; i < out.length; i++) out[i] = -response[i]!;
  return out;
}

/** Finds fibres and dots in a response of at least `least`. */
export function segmentFibres(patch: LevelledPatch, response: Plane, least = 0.05): Fibre[] {
  // Averaging 3 × 3 leaves about half of a camera's (correlated) noise.
  const threshold = Math.max(otsu(response), 3.5 * 0.5 * patch.noise, least);
  const mask = new Uint8Array(response.length);
  let cells = 0;
  for (let i = 0; i < mask.length; i++) if (response[i]! > threshold) cells += mask[i] = 1;
  return cells === 0 ? [] : describeFibres(patch, mask, response);
}

function describeFibres(patch: LevelledPatch, mask: Uint8Array, response: Plane): Fibre[] {
  const { widthPx, heightPx, ratioY } = patch;
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  // Nine sums a part: x, y, xx, yy, xy, missing light, strongest response; then of its middle: pixels, and R, G, B.
  const sums = new Float64Array(11 * sizes.length);
  for (let i = 0; i < of.length; i++) {
    if (!of[i]) continue;
    const at = 11 * of[i]!;
    const x = i % widthPx;
    const y = (i - x) / widthPx;
    sums[at]! += x;
    sums[at + 1]! += y;
    sums[at + 2]! += x * x;
    sums[at + 3]! += y * y;
    sums[at + 4]! += x * y;
    sums[at + 5]! += Math.abs(1 - ratioY[i]!);
    sums[at + 6] = Math.max(sums[at + 6]!, response[i]!);
  }
  for (let i = 0; i < of.length; i++) {
    if (!of[i]) continue;
    const at = 11 * of[i]!;
    if (response[i]! < 0.75 * sums[at + 6]!) continue;
    const [red, green, blue] = patch.ratioAt(i);
    sums[at + 7]!++;
    sums[at + 8]! += red;
    sums[at + 9]! += green;
    sums[at + 10]! += blue;
  }
  const fibres: Fibre[] = [];
  for (let k = 1; k < sizes.length; k++)
    if (sizes[k]! >= 3) fibres.push(describeFibre(sums.subarray(11 * k), sizes[k]!));
  return fibres;
}

function describeFibre(sums: Float64Array, n: number): Fibre {
  const [x, y] = [sums[0]! / n, sums[1]! / n];
  const vxx = sums[2]! / n - x * x + 1 / 12;
  const vyy = sums[3]! / n - y * y + 1 / 12;
  const vxy = sums[4]! / n - x * y;
  const half = Math.hypot((vxx - vyy) / 2, vxy);
  const angle = 0.5 * Math.atan2(2 * vxy, vxx - vyy);
  // A uniform rod of length ℓ has variance ℓ² / 12 along itself.
  const lengthPx = Math.sqrt(12 * ((vxx + vyy) / 2 + half));
  const core = [8, 9, 10].map((c) => sums[c]! / sums[7]!) as unknown as [number, number, number];
  return {
    x,
    y,
    alongX: Math.cos(angle),
    alongY: Math.sin(angle),
    areaPx: n,
    lengthPx,
    widthPx: n / Math.max(1, lengthPx),
    missing: sums[5]!,
    core,
  };
}
