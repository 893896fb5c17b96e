import { findComponents } from '../regions/components.ts';
import { boxBlur, type Plane } from '../regions/planes.ts';
import type { LevelledPatch } from './levelSkin.ts';

/** One shaft, root or dot. */
export interface Fibre {
  readonly areaPx: number;
  /** Length along its main axis, and mean width across it, px; blur included. */
  readonly lengthPx: number;
  readonly widthPx: number;
  /** Mean ratio to skin of its middle (the strongest third of its pixels), one a channel. */
  readonly core: readonly [number, number, number];
  readonly lighter: boolean;
}

export interface Segmentation {
  readonly fibres: readonly Fibre[];
  /** Response |1 − ratio| above which a pixel is fibre. */
  readonly threshold: number;
  /** Between-class share of variance at Otsu's threshold, 0–1: 1 is two clean classes. */
  readonly separability: number;
}

/** Otsu's threshold of the responses and its separability. */
function otsu(values: Plane): { threshold: number; separability: number } {
  const bins = new Float64Array(128);
  for (let i = 0; i < values.length; i++) bins[Math.min(127, Math.max(0, Math.floor(values[i]! * 128)))]!++;
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < 128; k++) {
    sum += k * bins[k]!;
    squares += k * k * bins[k]!;
  }
  const n = values.length;
  const variance = squares / n - (sum / n) ** 2;
  let below = 0;
  let sumBelow = 0;
  let best = { between: 0, at: 0 };
  for (let k = 0; k < 127; k++) {
    below += bins[k]!;
    sumBelow += k * bins[k]!;
    if (below === 0 || below === n) continue;
    const between = (below * (n - below) * ((sum - sumBelow) / (n - below) - sumBelow / below) ** 2) / (n * n);
    if (between > best.between) best = { between, at: (k + 1) / 128 };
  }
  return { threshold: best.at, separability: variance > 0 ? best.between / variance : 0 };
}

/** Finds fibres and dots darker (or `lighter`) than the skin around them, with a response of at least `least`. */
export function segmentFibres(patch: LevelledPatch, lighter: boolean, least = 0.05): Segmentation {
  const { widthPx: w, heightPx: h, ratioY, noise } = patch;
  const sign = lighter ? -1 : 1;
  const raw = new Float32Array(ratioY.length);
  for (let i = 0; i < raw.length; i++) raw[i] = sign * (1 - ratioY[i]!);
  const response = boxBlur(raw, w, h, 1);
  const { threshold: split, separability } = otsu(response);
  // Averaging 3 × 3 leaves about half of a camera's (correlated) noise.
  const threshold = Math.max(split, 3.5 * 0.5 * noise, least);
  const mask = new Uint8Array(raw.length);
  for (let i = 0; i < mask.length; i++) mask[i] = response[i]! > threshold ? 1 : 0;
  return { fibres: describeFibres(patch, mask, response, lighter), threshold, separability };
}

function describeFibres(
  { widthPx, heightPx, ratio }: LevelledPatch,
  mask: Uint8Array,
  response: Plane,
  lighter: boolean,
): Fibre[] {
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  const members: number[][] = sizes.map(() => []);
  for (let i = 0; i < of.length; i++) if (of[i]) members[of[i]!]!.push(i);
  const fibres: Fibre[] = [];
  for (const pixels of members) {
    if (pixels.length < 3) continue;
    let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
    for (const i of pixels) {
      const x = i % widthPx;
      const y = Math.floor(i / widthPx);
      sx += x;
      sy += y;
      sxx += x * x;
      syy += y * y;
      sxy += x * y;
    }
    const n = pixels.length;
    const vxx = sxx / n - (sx / n) ** 2 + 1 / 12;
    const vyy = syy / n - (sy / n) ** 2 + 1 / 12;
    const vxy = sxy / n - (sx * sy) / (n * n);
    const half = Math.hypot((vxx - vyy) / 2, vxy);
    // A uniform rod of length ℓ has variance ℓ² / 12 along itself.
    const lengthPx = Math.sqrt(12 * ((vxx + vyy) / 2 + half));
    const strongest = pixels.sort((p, q) => response[q]! - response[p]!).slice(0, Math.max(1, Math.round(n / 3)));
    const core: [number, number, number] = [0, 0, 0];
    for (const i of strongest) for (let c = 0; c < 3; c++) core[c]! += ratio[c]![i]! / strongest.length;
    fibres.push({ areaPx: n, lengthPx, widthPx: n / Math.max(1, lengthPx), core, lighter });
  }
  return fibres;
}
