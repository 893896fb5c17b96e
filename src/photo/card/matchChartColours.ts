import { lab65ToLinearSrgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import { CHART_REFERENCES } from '../calibration/chartReferences.ts';
import { solveLinear } from '../calibration/solveLinear.ts';
import { NEUTRAL_PATCHES, PATCH_COUNT } from './chartLayout.ts';

const REFERENCE_LAB = CHART_REFERENCES.after2014;
const REFERENCE_RGB = REFERENCE_LAB.map(lab65ToLinearSrgb);

/** How many of the worst patches may be covered, glaring or dirty without counting against a match. */
const FORGIVEN = 3;

/** Exponents tried on the measured light: cameras bend it by a tone curve of their own before they store it. */
const TONE_EXPONENTS = [1, 0.72, 1.35];

/** Above this a set of colours is no chart at all; wrong orientations and clutter start near 20. */
const HOPELESS = 40;

/**
 * How unlike a chart 24 linear colours are: the mean Lab distance left after the best tone exponent and 3×3
 * correction, without the worst patches. `visible[i]` false leaves a patch out. About 4–10 for a real chart under any light and camera.
 */
export function measureChartMisfit(rgb: Float64Array, visible: readonly boolean[]): number {
  return greysDescend(rgb, visible) ? fitChart(rgb, visible).misfit : HOPELESS;
}

export interface ChartFit {
  readonly misfit: number;
  /** Lab distance of each patch after the correction; 0 where not visible. */
  readonly errors: readonly number[];
}

/** The best of the tone exponents. */
export function fitChart(rgb: Float64Array, visible: readonly boolean[]): ChartFit {
  const fits = TONE_EXPONENTS.map((exponent) => fitWithTone(rgb, visible, exponent));
  return fits.reduce((best, fit) => (fit.misfit < best.misfit ? fit : best));
}

function fitWithTone(measured: Float64Array, visible: readonly boolean[], exponent: number): ChartFit {
  const rgb = exponent === 1 ? measured : measured.map((v) => Math.max(0, v) ** exponent);
  let keep = visible;
  let errors: number[] = [];
  for (let round = 0; round < 2; round++) {
    const matrix = fitMatrix(rgb, keep);
    if (!matrix) return { misfit: HOPELESS, errors };
    errors = measureErrors(matrix, rgb, visible);
    const limit = sortedVisible(errors, visible).at(-1 - FORGIVEN)!;
    keep = visible.map((seen, i) => seen && errors[i]! <= limit);
  }
  const kept = sortedVisible(errors, visible).slice(0, -FORGIVEN);
  const misfit = kept.reduce((sum, error) => sum + Math.min(error, HOPELESS), 0) / kept.length;
  return { misfit, errors };
}

/** Lab distances of the patches after a correction; 0 where not visible. */
function measureErrors(matrix: Float64Array, rgb: Float64Array, visible: readonly boolean[]): number[] {
  const errors = new Array<number>(PATCH_COUNT).fill(0);
  for (let i = 0; i < PATCH_COUNT; i++) {
    if (!visible[i]) continue;
    const wanted = REFERENCE_LAB[i]!;
    const [L, a, b] = linearSrgbToLab65(apply(matrix, rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!));
    errors[i] = Math.hypot(L - wanted[0], a - wanted[1], b - wanted[2]);
  }
  return errors;
}

function sortedVisible(errors: readonly number[], visible: readonly boolean[]): number[] {
  return errors.filter((_, i) => visible[i]).sort((a, b) => a - b);
}

function luminance(rgb: Float64Array, patch: number): number {
  return 0.25 * rgb[3 * patch]! + 0.6 * rgb[3 * patch + 1]! + 0.15 * rgb[3 * patch + 2]!;
}

/** White to black in order, but for one pair that a shadow or a thumb may upset. */
function greysDescend(rgb: Float64Array, visible: readonly boolean[]): boolean {
  let upset = 0;
  const greys = NEUTRAL_PATCHES.filter((patch) => visible[patch]);
  for (let i = 1; i < greys.length; i++) {
    if (luminance(rgb, greys[i]!) > 1.03 * luminance(rgb, greys[i - 1]!)) upset++;
  }
  return upset <= 1;
}

function fitMatrix(rgb: Float64Array, keep: readonly boolean[]): Float64Array | null {
  const matrix = new Float64Array(9);
  for (let channel = 0; channel < 3; channel++) {
    const normal = new Float64Array(9);
    const right = new Float64Array(3);
    for (let i = 0; i < PATCH_COUNT; i++) {
      if (!keep[i]) continue;
      const target = REFERENCE_RGB[i]!;
      const weight = 1 / (0.05 + 0.21 * target[0] + 0.72 * target[1] + 0.07 * target[2]);
      for (let j = 0; j < 3; j++) {
        right[j]! += weight * rgb[3 * i + j]! * target[channel]!;
        for (let k = 0; k < 3; k++) normal[3 * j + k]! += weight * rgb[3 * i + j]! * rgb[3 * i + k]!;
      }
    }
    const solution = solveLinear(normal, right, 3);
    if (!solution) return null;
    matrix.set(solution, 3 * channel);
  }
  return matrix;
}

function apply(m: Float64Array, r: number, g: number, b: number): [number, number, number] {
  return [m[0]! * r + m[1]! * g + m[2]! * b, m[3]! * r + m[4]! * g + m[5]! * b, m[6]! * r + m[7]! * g + m[8]! * b];
}
