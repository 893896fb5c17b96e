import type { ShaftCuts } from './shaftCuts.ts';
import { median } from './statistics.ts';

/** What the cuts across shafts tell of a fibre by itself. */
export interface FibreFit {
  /** Luminance of the fibre over that of skin, and its lightness L*. */
  readonly ratio: number;
  readonly lightness: number;
  readonly lightnessSd: number;
  readonly diameterPx: number;
  readonly diameterSd: number;
  /** Blur of the photo at the hairs, one sigma, px. */
  readonly blurPx: number;
}

/** Healthy terminal hair: .06–.1 mm. */
const FIBRE_MM = 0.08;
const FIBRE_MM_LOG_SD = 0.2;
/** Blur of phones in focus, after their sharpening; a photo out of focus may have much more. */
const BLUR_PX = 0.95;
const BLUR_LOG_SD = 0.35;
/** Lightness of shaved terminal hair, mainly black to brown (Library of SCC 51/25: 18–45). */
const HAIR_L = 22;
const HAIR_L_SD = 12;
/** Fair hair goes with fair skin: each step of L* of skin above this one raises and widens what is expected. */
const FAIR_SKIN_L = 62;
const RISE = 2.2;
const WIDENING = 1;
/** Error of the model of one group of cuts, share of skin: shine, shadows, sharpening. */
const MODEL_SD = 0.05;
/** Part of a cut's area that is not the shaft's: its root and what is left of its shadow. */
const SHADOW_SHARE = 0.1;
/** Roots and shadows make light hair's place on the skin this dark, so that cuts tell nothing of hair lighter than it. */
const ROOT_DEPTH = 0.42;
const FAIR_HAIR_L_SD = 13;
/** Lighter hair reads darker than it is, since its root and shadow do not lighten with it: doubt per L* above black hair's. */
const BLACK_HAIR_L = 16;
const LIGHTER_DOUBT = 0.6;
/** Groups of cuts by depth, from this quantile upwards: shallower ones are tips, roots and shadows. */
const GROUPS = 5;
const SHALLOW_SHARE = 0.35;

/** Abramowitz & Stegun 7.1.26, error below 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}

/** Share of the middle of a blurred shaft that the shaft itself fills (COLOUR.md §2: c = erf(D / (2√2 σ))). */
export function fillOf(diameterPx: number, blurPx: number): number {
  return erf(diameterPx / (2 * Math.SQRT2 * blurPx));
}

const luminanceOfLightness = (L: number) => ((L + 16) / 116) ** 3;

/** Mean depth and area of the cuts of each group. */
interface Groups {
  readonly depths: Float64Array;
  readonly areas: Float64Array;
}

function groupByDepth({ depth, area, count }: ShaftCuts): Groups {
  const sorted = depth.slice().sort();
  const from = Math.floor(SHALLOW_SHARE * count);
  const size = (count - from) / GROUPS;
  const [depths, areas] = [new Float64Array(GROUPS), new Float64Array(GROUPS)];
  for (let k = 0; k < GROUPS; k++) {
    const group = sorted.subarray(Math.floor(from + k * size), Math.floor(from + (k + 1) * size));
    depths[k] = meanBetween(depth, depth, group[0]!, group[group.length - 1]!);
    areas[k] = meanBetween(area, depth, group[0]!, group[group.length - 1]!);
  }
  return { depths, areas };
}

/** Mean of a column over the cuts of such depths. */
function meanBetween(column: Float32Array, depth: Float32Array, shallowest: number, deepest: number): number {
  let sum = 0;
  let count = 0;
  for (let k = 0; k < column.length; k++) {
    if (depth[k]! < shallowest || depth[k]! > deepest) continue;
    sum += column[k]!;
    count++;
  }
  return sum / count;
}

/** How far the groups' depths lie from those of a shaft that takes `most` of the light under a blur; in squared deviations. */
function misfitOf({ depths, areas }: Groups, most: number, blur: number): number {
  let sum = 0;
  for (let k = 0; k < GROUPS; k++) {
    const expected = most * fillOf(((1 - SHADOW_SHARE) * areas[k]!) / most, blur);
    const off = (depths[k]! - expected) / MODEL_SD;
    sum += off * off;
  }
  return sum;
}

/**
 * Fits a rod of diameter D seen through a Gaussian blur: a cut's area is (1 − ρ)·D whatever the blur, its depth
 * (1 − ρ)·erf(D / (2√2 σ)). Where shafts differ in width or cross, depth saturates at 1 − ρ, which tells the fibre from the
 * blur. Mean and spread over all lightnesses and blurs, weighted by fit and by what is known of hair, cameras and, with a
 * scale, hair's width.
 */
export function fitFibre(cuts: ShaftCuts, skinY: number, pxPerMm: number | undefined): FibreFit {
  const groups = groupByDepth(cuts);
  const area = (1 - SHADOW_SHARE) * median(cuts.area);
  const fair = Math.max(0, 116 * Math.cbrt(skinY) - 16 - FAIR_SKIN_L);
  const usualL = HAIR_L + RISE * fair;
  const usualSd = HAIR_L_SD + WIDENING * fair;
  let [total, sumL, sumLL, sumD, sumDD, sumRatio, sumBlur] = [0, 0, 0, 0, 0, 0, 0];
  for (let L = 15; L <= 80; L++) {
    const ratio = luminanceOfLightness(L) / skinY;
    if (ratio > 0.92) break;
    const most = Math.max(ROOT_DEPTH, 1 - ratio);
    const diameter = area / most;
    for (let logBlur = Math.log(0.5); logBlur < Math.log(3); logBlur += 0.12) {
      const blur = Math.exp(logBlur);
      let cost = ((L - usualL) / usualSd) ** 2 + ((logBlur - Math.log(BLUR_PX)) / BLUR_LOG_SD) ** 2;
      if (pxPerMm) cost += (Math.log(diameter / (FIBRE_MM * pxPerMm)) / FIBRE_MM_LOG_SD) ** 2;
      const weight = Math.exp(-0.5 * (cost + misfitOf(groups, most, blur)));
      total += weight;
      sumL += weight * L;
      sumLL += weight * L * L;
      sumD += weight * diameter;
      sumDD += weight * diameter * diameter;
      sumRatio += weight * ratio;
      sumBlur += weight * blur;
    }
  }
  // On fair skin marks this shallow may be the roots of blond hair, which itself is as light as the skin.
  const rootsAlone = fair > 0 && groups.depths[GROUPS - 1]! < ROOT_DEPTH + 0.15;
  const [L, D] = [sumL / total, sumD / total];
  return {
    ratio: sumRatio / total,
    lightness: L,
    lightnessSd: Math.hypot(
      Math.sqrt(Math.max(0, sumLL / total - L * L)),
      LIGHTER_DOUBT * Math.max(0, L - BLACK_HAIR_L),
      rootsAlone ? FAIR_HAIR_L_SD : 0,
    ),
    diameterPx: D,
    diameterSd: Math.sqrt(Math.max(0, sumDD / total - D * D)) + 0.1 * D,
    blurPx: sumBlur / total,
  };
}
