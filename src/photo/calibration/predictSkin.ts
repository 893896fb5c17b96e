import { factorInPlace, solveLowerInPlace, solveUpperInPlace } from '../../colour/cholesky.ts';
import { COLOUR_MATCHING_2, ILLUMINANT_POWER, type Illuminant } from '../../colour/cieTables.ts';
import { spectrumToLab65 } from '../../colour/integrateSpectrum.ts';
import type { Lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import { PATCH_REFLECTANCES } from './patchReflectances.ts';
import { SKIN_REFLECTANCES } from './skinReflectances.ts';

/** A patch and what the camera made of it, tones straightened, so that it is linear in light. */
export interface PatchResponse {
  readonly patch: number;
  readonly rgb: LinearRgb;
}

/** What the same camera under the same light would make of real skin. */
export interface SkinResponse {
  readonly rgb: LinearRgb;
  readonly reference: Lab65;
  /** 0–1: how far the patches' own colours bear the prediction out. */
  readonly trust: number;
}

const LIGHTS: readonly Illuminant[] = ['D65', 'D50', 'A', 'FL2', 'FL11', 'LED-B3'];
/** Centre and widths below and above it, nm, of the red and green lobes that phone and system cameras have in common. */
const RED_LOBE = [600, 32, 38] as const;
const GREEN_LOBE = [532, 38, 40] as const;
/**
 * The blue one differs most between makes (Jiang et al., What is the space of spectral sensitivity functions for digital
 * color cameras?, WACV 2013) and matters most: skin is darkest where it ends. Its place is left to the patches.
 */
const BLUE_CENTRES_NM = [448, 460, 472];
const BLUE_WIDTHS = [26, 30] as const;
/** Prior spread of a channel's weights of the lobes, and of smooth departures from them. */
const SIGMA_LOBES = 2.4;
const SIGMA_DEPARTURE = 0.2;
/** Departures are alike within this many nm. */
const SMOOTH_NM = 25;
/** Spread of a response left by imperfect tones and by noise: shares that are tried, and a floor. */
const NOISE_SHARES = [0.012, 0.03, 0.07];
/** A light, a camera and a noise that may have been at work. */
interface Circumstance {
  readonly light: Illuminant;
  readonly blueNm: number;
  readonly noise: number;
}

/** Patches that scatter by this share or less bear the prediction out in full. */
const TRUSTED_NOISE = 0.045;
const NOISE_FLOOR = 0.004;
/** A channel this near to zero was cut off there: cyan has less red than the file's colour space holds. */
const CUT_OFF = 0.001;
const CUT_OFF_SD = 0.1;

const CIRCUMSTANCES = LIGHTS.flatMap((light) =>
  BLUE_CENTRES_NM.flatMap((blueNm) => NOISE_SHARES.map((noise): Circumstance => ({ light, blueNm, noise }))),
);
/** A circumstance of so small a share adds nothing that shows. */
const NEGLIGIBLE_SHARE = 1e-9;

const SKIN_LABS = SKIN_REFLECTANCES.map((reflectance) => spectrumToLab65(Float64Array.from(reflectance)));

/**
 * Paint and skin of one colour are different spectra, so a camera sees them apart. Each channel of the camera under its
 * light is a Gaussian process over wavelength: mixtures of cameras' usual three lobes plus smooth departures, times the
 * power of the light. The patches' known reflectances condition it (regression with 24 observations), lights, cameras and
 * noise are averaged by how well they explain the patches, and the result predicts the responses to skin reflectances.
 */
export function predictSkin(patches: readonly PatchResponse[]): SkinResponse[] {
  const evidences = CIRCUMSTANCES.map((circumstance) => explain(patches, circumstance, null));
  const best = Math.max(...evidences);
  const odds = evidences.map((evidence) => Math.exp(evidence - best));
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  const noise = odds.reduce((sum, odd, k) => sum + (odd / total) * CIRCUMSTANCES[k]!.noise, 0);
  const trust = Math.min(1, (TRUSTED_NOISE / noise) ** 2);
  const mean = new Float64Array(3 * SKIN_LABS.length);
  const skins = new Float64Array(mean.length);
  for (const [k, circumstance] of CIRCUMSTANCES.entries()) {
    const share = odds[k]! / total;
    if (share < NEGLIGIBLE_SHARE) continue;
    explain(patches, circumstance, skins);
    for (let at = 0; at < mean.length; at++) mean[at]! += share * skins[at]!;
  }
  return SKIN_LABS.map((reference, skin) => ({
    rgb: [mean[3 * skin]!, mean[3 * skin + 1]!, mean[3 * skin + 2]!],
    reference,
    trust,
  }));
}

const PATCH_RGB = PATCH_REFLECTANCES.map((reflectance) =>
  lab65ToLinearSrgb(spectrumToLab65(Float64Array.from(reflectance))),
);
/** Keeps the ratio of two dark channels near 1. */
const RATIO_FLOOR = 0.02;

/**
 * The response that the chart of the tabulated reflectances would have given: this chart's patch is of another edition
 * or batch, and its reference tells by how much. To first order the camera sees the same ratio as linear sRGB.
 */
export function asOfMeanChart(patch: number, rgb: LinearRgb, reference: LinearRgb): LinearRgb {
  const mean = PATCH_RGB[patch]!;
  const ratio = (c: 0 | 1 | 2) => (Math.max(0, mean[c]) + RATIO_FLOOR) / (Math.max(0, reference[c]) + RATIO_FLOOR);
  return [rgb[0] * ratio(0), rgb[1] * ratio(1), rgb[2] * ratio(2)];
}

/** Prior covariances of the responses to all patches (first 24) and skins (then) under one light. */
const kernels = new Map<string, Float64Array>();
const SPECTRA = [...PATCH_REFLECTANCES, ...SKIN_REFLECTANCES];

function kernelOf(light: Illuminant, blueNm: number): Float64Array {
  const key = `${light} ${blueNm}`;
  let kernel = kernels.get(key);
  if (!kernel) {
    kernel = makeKernel(light, [RED_LOBE, GREEN_LOBE, [blueNm, ...BLUE_WIDTHS]]);
    kernels.set(key, kernel);
  }
  return kernel;
}

type Lobe = readonly [centreNm: number, belowNm: number, aboveNm: number];

/** Of the k-th 10 nm step from 400 nm. */
function heightOf([centreNm, belowNm, aboveNm]: Lobe, k: number): number {
  const off = 400 + 10 * k - centreNm;
  return Math.exp(-0.5 * (off / (off < 0 ? belowNm : aboveNm)) ** 2);
}

function makeKernel(light: Illuminant, lobes: readonly Lobe[]): Float64Array {
  const steps = SPECTRA[0]!.length;
  const power = ILLUMINANT_POWER[light];
  const { y } = COLOUR_MATCHING_2;
  // The tables have 5 nm steps, reflectances 10; a band is the mean of its three samples so that lines are not missed.
  const band = (table: readonly number[], k: number): number => {
    const at = 2 * k;
    const before = table[Math.max(0, at - 1)]!;
    const after = table[Math.min(table.length - 1, at + 1)]!;
    return (before + 2 * table[at]! + after) / 4;
  };
  let norm = 0;
  for (let k = 0; k < steps; k++) norm += band(power, k) * band(y, k);
  const heights = lobes.map((lobe) => Float64Array.from({ length: steps }, (_, k) => heightOf(lobe, k)));
  const covariance = new Float64Array(steps * steps);
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      let common = 0;
      for (const height of heights) common += height[i]! * height[j]!;
      const departure = Math.exp(-0.5 * ((10 * (i - j)) / SMOOTH_NM) ** 2);
      covariance[i * steps + j] =
        ((band(power, i) * band(power, j)) / norm ** 2) *
        (SIGMA_LOBES ** 2 * common + SIGMA_DEPARTURE ** 2 * departure);
    }
  }
  const n = SPECTRA.length;
  const kernel = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    const weighted = new Float64Array(steps);
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < steps; j++) weighted[i]! += covariance[i * steps + j]! * SPECTRA[a]![j]!;
    }
    for (let b = 0; b < n; b++) {
      let sum = 0;
      for (let i = 0; i < steps; i++) sum += weighted[i]! * SPECTRA[b]![i]!;
      kernel[a * n + b] = sum;
    }
  }
  return kernel;
}

const PATCHES = PATCH_REFLECTANCES.length;
const SKINS = SKIN_REFLECTANCES.length;
/** Where `explain` works. */
const matrix = new Float64Array(PATCHES * PATCHES);
const solution = new Float64Array(PATCHES);

/**
 * How well a circumstance explains the patches: logarithm of the marginal likelihood of all three channels, up to a
 * constant.
 * @param skins where wanted, takes the responses to the skins: r, g, b of each
 */
function explain(
  patches: readonly PatchResponse[],
  { light, blueNm, noise }: Circumstance,
  skins: Float64Array | null,
): number {
  const kernel = kernelOf(light, blueNm);
  const all = SPECTRA.length;
  const n = patches.length;
  let evidence = 0;
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < n; i++) {
      const { patch, rgb } = patches[i]!;
      for (let j = 0; j <= i; j++) matrix[i * n + j] = kernel[patch * all + patches[j]!.patch]!;
      // Relative to luminance too: a channel near zero beside bright others is known no better than they are.
      const brightness = Math.abs(rgb[0]) + Math.abs(rgb[1]) + Math.abs(rgb[2]);
      const level = 0.7 * Math.max(0, rgb[c]!) + 0.1 * brightness;
      const cut = rgb[c]! < CUT_OFF ? CUT_OFF_SD : 0;
      matrix[i * n + i]! += (noise * level + NOISE_FLOOR + cut) ** 2;
      solution[i] = rgb[c]!;
    }
    factorInPlace(matrix, n);
    solveLowerInPlace(matrix, n, solution);
    for (let i = 0; i < n; i++) evidence -= Math.log(matrix[i * n + i]!) + 0.5 * solution[i]! * solution[i]!;
    if (!skins) continue;
    solveUpperInPlace(matrix, n, solution);
    for (let skin = 0; skin < SKINS; skin++) {
      let response = 0;
      for (let i = 0; i < n; i++) response += kernel[(PATCHES + skin) * all + patches[i]!.patch]! * solution[i]!;
      skins[3 * skin + c] = response;
    }
  }
  return evidence;
}
