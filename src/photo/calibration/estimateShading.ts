import { lab65ToXyz, linearSrgbToXyz } from '../../colour/xyzLab.ts';
import { CHART_COLUMNS, CHART_ROWS, patchCentre } from '../card/chartLayout.ts';
import { applyCorrection } from './correction.ts';
import { type CorrectionModel, fitCorrection } from './crossValidate.ts';
import { solveLinear } from './solveLinear.ts';
import type { TrainingPatch } from './straightenTones.ts';

/** A training patch with its number on the chart, so that its place is known. */
export interface PlacedPatch extends TrainingPatch {
  readonly patch: number;
}

/** Light falling on the card, as natural logarithms of its change from the centre. */
export interface Shading {
  /** To the right edge and to the bottom edge. */
  readonly across: number;
  readonly down: number;
  /** To the middle of any edge, on both sides alike: a near lamp or the lens. */
  readonly edge: number;
}

export const EVEN_LIGHT: Shading = { across: 0, down: 0, edge: 0 };

/** Tones and colours are fitted together with the light, in turns. */
const MODEL: CorrectionModel = { tone: 'smooth', terms: 6 };
const ROUNDS = 4;
/** Spread of log luminance left by an imperfect correction, and of slopes expected before looking. */
const SIGMA_RESIDUAL = 0.06;
const SIGMA_SLOPE = 0.15;
const SIGMA_EDGE = 0.06;
/**
 * What bulges the light (the lens, a near lamp) grows with the square of the card's share of the picture: the spread
 * expected of a card as long as the diagonal, were it not limited.
 */
const SIGMA_EDGE_OF_WHOLE = 0.15;

/**
 * Plane and bulge of log luminance over the card, from what the colour correction leaves (ridge regression, Huber weights).
 * @param shareOfPicture length of the card as a share of the photo's diagonal
 */
export function estimateShading(patches: readonly PlacedPatch[], shareOfPicture = 1): Shading {
  const sigmaEdge = Math.min(SIGMA_EDGE, SIGMA_EDGE_OF_WHOLE * shareOfPicture ** 2);
  let shading = EVEN_LIGHT;
  for (let round = 0; round < ROUNDS; round++) {
    const lit = removeShading(patches, shading);
    const correction = fitCorrection(lit, MODEL);
    if (!correction) return EVEN_LIGHT;
    const normal = new Float64Array(16);
    const right = new Float64Array(4);
    normal[0] = 1e-6;
    normal[5] = SIGMA_SLOPE ** -2;
    normal[10] = SIGMA_SLOPE ** -2;
    normal[15] = sigmaEdge ** -2;
    right[1] = -shading.across * normal[5];
    right[2] = -shading.down * normal[10];
    right[3] = -shading.edge * normal[15];
    const out: [number, number, number] = [0, 0, 0];
    for (const { patch, measured, reference } of lit) {
      applyCorrection(correction, ...measured, out);
      const seen = linearSrgbToXyz(out)[1];
      const expected = lab65ToXyz(reference)[1];
      if (seen <= 0.01 || expected <= 0.01) continue;
      const difference = Math.log(seen / expected);
      const sigma = SIGMA_RESIDUAL + 0.01 / expected;
      const weight = Math.min(1, (1.5 * sigma) / Math.abs(difference)) / sigma ** 2;
      const [x, y] = placeOf(patch);
      const row = [1, x, y, x * x + y * y];
      for (let i = 0; i < 4; i++) {
        right[i]! += weight * row[i]! * difference;
        for (let j = 0; j < 4; j++) normal[4 * i + j]! += weight * row[i]! * row[j]!;
      }
    }
    const [, across, down, edge] = solveLinear(normal, right, 4)!;
    shading = { across: shading.across + across!, down: shading.down + down!, edge: shading.edge + edge! };
  }
  return shading;
}

/** The patches as they would look in the light at the centre of the card. */
export function removeShading<P extends PlacedPatch>(patches: readonly P[], { across, down, edge }: Shading): P[] {
  return patches.map((patch) => {
    const [x, y] = placeOf(patch.patch);
    const light = Math.exp(across * x + down * y + edge * (x * x + y * y));
    const [r, g, b] = patch.measured;
    return { ...patch, measured: [r / light, g / light, b / light] };
  });
}

/** −1 to 1 across and down. */
function placeOf(patch: number): [number, number] {
  const [x, y] = patchCentre(patch);
  return [(2 * x) / CHART_COLUMNS - 1, (2 * y) / CHART_ROWS - 1];
}
