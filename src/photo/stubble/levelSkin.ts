import { LINEAR_SRGB_TO_XYZ as M } from '../../colour/srgb.ts';
import { boxBlur, type Plane, weightedBlur } from '../regions/planes.ts';
import type { Patch } from './readPatches.ts';

/** A patch divided by the skin that lies between its hairs: 1 is bare skin whatever the shading, 0 is black. */
export interface LevelledPatch {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Ratio to the local skin, one plane a channel. */
  readonly ratio: readonly [Plane, Plane, Plane];
  /** Ratio of luminance. */
  readonly ratioY: Plane;
  /** Mean colour of the skin between the hairs, linear sRGB. */
  readonly skinBetween: readonly [number, number, number];
  /** Standard deviation of ratioY on bare skin. */
  readonly noise: number;
}

export function luminancePlane({ rgb }: Patch): Plane {
  const out = new Float32Array(rgb[0].length);
  for (let i = 0; i < out.length; i++) out[i] = M[3]! * rgb[0][i]! + M[4]! * rgb[1][i]! + M[5]! * rgb[2][i]!;
  return out;
}

/** Widths of the window in which a pixel counts as skin, as shares of the level; from loose to tight. */
const WINDOWS = [0.5, 0.35, 0.25, 0.18, 0.14, 0.12];

/**
 * Finds the local level of the skin as the nearest mode of luminance: a robust mean that is re-weighted ever more tightly
 * about itself, so that hairs of either polarity drop out. `radiusPx` spans a few hairs.
 */
export function levelSkin(patch: Patch, radiusPx: number): LevelledPatch {
  const { widthPx: w, heightPx: h, rgb } = patch;
  const y = luminancePlane(patch);
  const n = y.length;
  const weight = new Float32Array(n).fill(1);
  // Hair darkens far more than it lightens: starting a little above the mean finds the skin's mode, not the hairs'.
  let level: Plane = boxBlur(y, w, h, radiusPx);
  for (let i = 0; i < n; i++) level[i]! *= 1.06;
  for (const share of WINDOWS) {
    for (let i = 0; i < n; i++) {
      const apart = (y[i]! - level[i]!) / (share * Math.max(1e-4, level[i]!));
      weight[i] = patch.clipped[i] ? 0 : Math.exp(-0.5 * apart * apart) + 1e-3;
    }
    level = weightedBlur(y, weight, w, h, radiusPx, 0.2);
  }
  const ratio = rgb.map((plane) => {
    const local = weightedBlur(plane, weight, w, h, 2 * radiusPx, 0.2);
    const out = new Float32Array(n);
    for (let i = 0; i < n; i++) out[i] = plane[i]! / Math.max(1e-4, local[i]!);
    return out;
  }) as unknown as [Plane, Plane, Plane];
  const ratioY = new Float32Array(n);
  for (let i = 0; i < n; i++) ratioY[i] = y[i]! / Math.max(1e-4, level[i]!);
  centreOnMode(ratioY, ratio);
  let total = 0;
  const between: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    total += weight[i]!;
    for (let c = 0; c < 3; c++) between[c]! += weight[i]! * rgb[c]![i]!;
  }
  const skinBetween: [number, number, number] = [between[0] / total, between[1] / total, between[2] / total];
  return { widthPx: w, heightPx: h, ratio, ratioY, skinBetween, noise: noiseOf(ratioY) };
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
  for (const plane of [ratioY, ...ratio]) for (let i = 0; i < plane.length; i++) plane[i]! /= mode;
}

/** Spread of the lighter half about 1, which no dark hair reaches. */
function noiseOf(ratioY: Plane): number {
  const above: number[] = [];
  for (let i = 0; i < ratioY.length; i++) if (ratioY[i]! >= 1) above.push(ratioY[i]! - 1);
  above.sort((p, q) => p - q);
  return Math.max(0.005, above[Math.floor(0.5 * above.length)]! / 0.6745 || 0.005);
}
