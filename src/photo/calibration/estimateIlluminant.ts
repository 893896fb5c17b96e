import { lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import type { WorkingImage } from '../workingImage.ts';
import type { Correction } from './correction.ts';
import { gainCorrection } from './gainCorrection.ts';
import type { CalibrationDoubt } from './scaleToLightness.ts';
import { SIGMA_SKIN_A, SIGMA_SKIN_B, skinLocus } from './skinPrior.ts';
import { solveLinear } from './solveLinear.ts';

export interface IlluminantEstimate {
  readonly method: 'estimated';
  readonly correction: Correction;
  /** Linear sRGB of white as photographed, green = 1: the cast that is taken out. */
  readonly cast: LinearRgb;
  /** Angle between the cast and white, degrees. */
  readonly castDeg: number;
  readonly expectedDeltaE00: number;
  readonly doubt: CalibrationDoubt;
}

/** A colour cast as log(r/g), log(b/g). */
type Chroma = readonly [number, number];

/** What one clue says: mean and information (inverse covariance, row-major 2×2). */
interface Clue {
  readonly mean: Chroma;
  readonly information: readonly [number, number, number, number];
}

/**
 * A degree of angle at white in log(r/g) and log(b/g) together: for a step u, v the angle is √((u² + v² − u·v)·2/9)
 * radians, so information of σ degrees is (1/σ²)·(2/9)·(180/π)²·[[1, −½], [−½, 1]].
 */
const DEGREES = (2 / 9) * (180 / Math.PI) ** 2;

/** Spread in degrees of the camera’s own balance (wide: phones follow the scene), of shades of grey, and the least of skin. */
const CAMERA_DEG = 5.5;
const SURROUNDINGS_DEG = 10;
const SKIN_FLOOR_DEG = 2.2;
/** Minkowski norm of shades of grey (Finlayson & Trezzi 2004). */
const NORM = 6;
const MIN_SURROUNDINGS_SHARE = 0.05;
const MIN_PIXELS = 50;
/** Share of the most probable cast that is taken out: an estimate is to do less harm than good. */
const CAUTION = 0.92;

/** How well a photo's exposure tells the lightness of skin. */
const SIGMA_SKIN_L = 9;

/** Simulated without any reference: the skin clue and the camera's balance leave this much. */
const EXPECTED_DELTA_E00 = 6;
const DOUBT: CalibrationDoubt = { at50: [30, 0, 0, 0, 10, 0, 0, 0, 15], shadowSlope: 0.3 };

/**
 * The most probable cast of a photo without a reference: the camera's own white balance as prior, shades of grey over
 * what is not skin, and the place skin has in colour space. `isSkin` holds one byte a working pixel, 1 for skin, 0 for
 * surroundings; other values (hair, things to avoid) are left out. Skin never enters an average that is called grey, and
 * exposure is left alone.
 */
export function estimateIlluminant(image: WorkingImage, isSkin: Uint8Array): IlluminantEstimate {
  const clues: Clue[] = [{ mean: [0, 0], information: informationOf(CAMERA_DEG) }];
  const surroundings = shadesOfGrey(image, isSkin);
  if (surroundings) clues.push({ mean: surroundings, information: informationOf(SURROUNDINGS_DEG) });
  const skin = meanSkin(image, isSkin);
  if (skin) clues.push(skinClue(skin));
  const [u, v] = combine(clues).map((value) => CAUTION * value) as [number, number];
  const cast: LinearRgb = [Math.exp(u), 1, Math.exp(v)];
  // Gains that leave the luminance of the skin (or of white) where it is.
  const level = skin ?? [1, 1, 1];
  const before = luminance(level);
  const after = luminance([level[0] / cast[0], level[1], level[2] / cast[2]]);
  const scale = before / after;
  return {
    method: 'estimated',
    correction: gainCorrection([scale / cast[0], scale, scale / cast[2]]),
    cast,
    castDeg: (Math.sqrt((2 / 9) * (u * u + v * v - u * v)) * 180) / Math.PI,
    expectedDeltaE00: EXPECTED_DELTA_E00,
    doubt: DOUBT,
  };
}

function luminance([r, g, b]: LinearRgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function informationOf(sigmaDeg: number): Clue['information'] {
  const unit = DEGREES / sigmaDeg ** 2;
  return [unit, -unit / 2, -unit / 2, unit];
}

/** Minkowski mean of surroundings that are neither clipped nor black. */
function shadesOfGrey({ rgb }: WorkingImage, isSkin: Uint8Array): Chroma | null {
  const sums = [0, 0, 0];
  let pixels = 0;
  for (let i = 0; i < isSkin.length; i++) {
    if (isSkin[i] !== 0) continue;
    const [r, g, b] = [rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!];
    if (Math.max(r, g, b) > 0.96 || Math.min(r, g, b) < 0.004) continue;
    sums[0]! += r ** NORM;
    sums[1]! += g ** NORM;
    sums[2]! += b ** NORM;
    pixels++;
  }
  if (pixels < Math.max(MIN_PIXELS, MIN_SURROUNDINGS_SHARE * isSkin.length)) return null;
  return [Math.log(sums[0]! / sums[1]!) / NORM, Math.log(sums[2]! / sums[1]!) / NORM];
}

/** Mean of the pixels marked 1 that are neither clipped nor black, linear sRGB; null where they are few. */
export function meanSkin({ rgb }: WorkingImage, isSkin: Uint8Array): LinearRgb | null {
  const sums: [number, number, number] = [0, 0, 0];
  let pixels = 0;
  for (let i = 0; i < isSkin.length; i++) {
    if (isSkin[i] !== 1) continue;
    const [r, g, b] = [rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!];
    if (Math.max(r, g, b) > 0.96 || Math.min(r, g, b) < 0.002) continue;
    sums[0] += r;
    sums[1] += g;
    sums[2] += b;
    pixels++;
  }
  return pixels < MIN_PIXELS ? null : [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels];
}

/** The cast that would put the skin on the locus, its lightness known only as well as exposure tells it. */
function skinClue(skin: LinearRgb): Clue {
  const seen = chromaOf(skin);
  const seenL = 116 * Math.cbrt(Math.max(0.005, luminance(skin))) - 16;
  const casts: { cast: Chroma; weight: number }[] = [];
  // Sigma points: five lightnesses and four departures from the locus at each.
  for (let k = -2; k <= 2; k++) {
    const L = Math.min(75, Math.max(25, seenL + k * SIGMA_SKIN_L));
    const [, a, b] = skinLocus(L);
    const weight = Math.exp(-0.5 * k * k);
    for (const [da, db] of [
      [Math.SQRT2 * SIGMA_SKIN_A, 0],
      [-Math.SQRT2 * SIGMA_SKIN_A, 0],
      [0, Math.SQRT2 * SIGMA_SKIN_B],
      [0, -Math.SQRT2 * SIGMA_SKIN_B],
    ] as const) {
      const onLocus = chromaOf(lab65ToLinearSrgb(lab65(L, a + da, b + db)));
      casts.push({ cast: [seen[0] - onLocus[0], seen[1] - onLocus[1]], weight });
    }
  }
  const total = casts.reduce((sum, c) => sum + c.weight, 0);
  const mean: [number, number] = [0, 0];
  for (const { cast, weight } of casts) for (let i = 0; i < 2; i++) mean[i]! += (weight / total) * cast[i]!;
  const [p, q, r, s] = informationOf(SKIN_FLOOR_DEG);
  const floor = p * s - q * r;
  // Floor covariance (the inverse of its information) plus the spread of the sigma points.
  const covariance = [s / floor, -q / floor, -r / floor, p / floor];
  for (const { cast, weight } of casts) {
    const d = [cast[0] - mean[0], cast[1] - mean[1]];
    for (let i = 0; i < 4; i++) covariance[i]! += (weight / total) * d[i >> 1]! * d[i & 1]!;
  }
  const determinant = covariance[0]! * covariance[3]! - covariance[1]! * covariance[2]!;
  const information = [
    covariance[3]! / determinant,
    -covariance[1]! / determinant,
    -covariance[2]! / determinant,
    covariance[0]! / determinant,
  ] as const;
  return { mean, information };
}

function chromaOf([r, g, b]: LinearRgb): Chroma {
  const green = Math.max(1e-4, g);
  return [Math.log(Math.max(1e-4, r) / green), Math.log(Math.max(1e-4, b) / green)];
}

/** Mean of Gaussians weighted by their information. */
function combine(clues: readonly Clue[]): Chroma {
  const normal = new Float64Array(4);
  const right = new Float64Array(2);
  for (const { mean, information } of clues) {
    for (let i = 0; i < 4; i++) normal[i]! += information[i]!;
    right[0]! += information[0] * mean[0] + information[1] * mean[1];
    right[1]! += information[2] * mean[0] + information[3] * mean[1];
  }
  // The camera clue alone makes the sum regular.
  const [u, v] = solveLinear(normal, right, 2)!;
  return [u!, v!];
}
