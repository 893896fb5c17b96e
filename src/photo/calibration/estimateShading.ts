import { lab65ToXyz, linearSrgbToXyz } from '../../colour/xyzLab.ts';
import { CHART_COLUMNS, CHART_ROWS, patchCentre } from '../card/chartLayout.ts';
import { applyCorrection } from './correction.ts';
import { type CorrectionModel, fitCorrection, type TrainingPatch } from './crossValidate.ts';
import { solveLinear } from './solveLinear.ts';

/** A training patch with its number on the chart, so that its place is known. */
export interface PlacedPatch extends TrainingPatch {
  readonly patch: number;
}

/** Light falling on the card: natural logarithm of its change from the centre to the right and bottom edge. */
export interface Shading {
  readonly across: number;
  readonly down: number;
}

export const EVEN_LIGHT: Shading = { across: 0, down: 0 };

/** Tones and colours are fitted together with the light, in turns. */
const MODEL: CorrectionModel = { tone: 'smooth', terms: 6 };
const ROUNDS = 4;
/** Spread of log luminance left by an imperfect correction, and of slopes expected before looking. */
const SIGMA_RESIDUAL = 0.06;
const SIGMA_SLOPE = 0.15;

/** Plane of log luminance over the card, from what the colour correction leaves (ridge regression, Huber weights). */
export function estimateShading(patches: readonly PlacedPatch[]): Shading {
  let shading = EVEN_LIGHT;
  for (let round = 0; round < ROUNDS; round++) {
    const lit = removeShading(patches, shading);
    const correction = fitCorrection(lit, MODEL);
    if (!correction) return EVEN_LIGHT;
    const normal = new Float64Array(9);
    const right = new Float64Array(3);
    normal[0] = 1e-6;
    normal[4] = SIGMA_SLOPE ** -2;
    normal[8] = SIGMA_SLOPE ** -2;
    right[1] = -shading.across * normal[4];
    right[2] = -shading.down * normal[8];
    const out: [number, number, number] = [0, 0, 0];
    for (const { patch, measured, reference } of lit) {
      applyCorrection(correction, ...measured, out);
      const seen = linearSrgbToXyz(out)[1];
      const expected = lab65ToXyz(reference)[1];
      if (seen <= 0.01 || expected <= 0.01) continue;
      const difference = Math.log(seen / expected);
      const sigma = SIGMA_RESIDUAL + 0.01 / expected;
      const weight = Math.min(1, (1.5 * sigma) / Math.abs(difference)) / sigma ** 2;
      const row = [1, ...placeOf(patch)];
      for (let i = 0; i < 3; i++) {
        right[i]! += weight * row[i]! * difference;
        for (let j = 0; j < 3; j++) normal[3 * i + j]! += weight * row[i]! * row[j]!;
      }
    }
    const [, across, down] = solveLinear(normal, right, 3)!;
    shading = { across: shading.across + across!, down: shading.down + down! };
  }
  return shading;
}

/** The patches as they would look in the light at the centre of the card. */
export function removeShading<P extends PlacedPatch>(patches: readonly P[], { across, down }: Shading): P[] {
  return patches.map((patch) => {
    const [x, y] = placeOf(patch.patch);
    const light = Math.exp(across * x + down * y);
    const [r, g, b] = patch.measured;
    return { ...patch, measured: [r / light, g / light, b / light] };
  });
}

/** −1 to 1 across and down. */
function placeOf(patch: number): [number, number] {
  const [x, y] = patchCentre(patch);
  return [(2 * x) / CHART_COLUMNS - 1, (2 * y) / CHART_ROWS - 1];
}
