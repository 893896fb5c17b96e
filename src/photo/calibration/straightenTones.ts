import type { Lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import type { Correction } from './correction.ts';
import { TERMS, writeTerms } from './fitCorrectionMatrix.ts';
import { fitToneCurves, type GreyStep, type ToneModel } from './fitToneCurves.ts';
import { evaluateCurve } from './monotoneCurve.ts';

/** One patch to learn from. */
export interface TrainingPatch {
  readonly measured: LinearRgb;
  readonly reference: Lab65;
  readonly neutral: boolean;
  /** Larger pulls the fit closer to this patch. */
  readonly weight: number;
  /** Its number on a chart of known reflectances; without it nothing is said about skin. */
  readonly patch?: number;
}

/** Patches with their tones straightened by the greys among them. */
export interface Straightened {
  readonly curves: NonNullable<Correction['curves']>;
  /** Terms of the colours, linear in light: `TERMS` of each patch, in their order. */
  readonly terms: Float64Array;
}

/**
 * All patches straightened by the greys, or null when those do not allow the tone curves.
 * @param without a patch whose grey is left out
 */
export function straightenTones(
  patches: readonly TrainingPatch[],
  tone: ToneModel,
  without?: TrainingPatch,
): Straightened | null {
  const greys: GreyStep[] = [];
  for (const patch of patches) {
    if (!patch.neutral || patch === without) continue;
    greys.push({ measured: patch.measured, reference: lab65ToLinearSrgb(patch.reference) });
  }
  const curves = fitToneCurves(greys, tone);
  if (!curves) return null;
  const terms = new Float64Array(TERMS * patches.length);
  for (let i = 0; i < patches.length; i++) writeStraight(patches[i]!.measured, curves, terms, TERMS * i);
  return { curves, terms };
}

function writeStraight(measured: LinearRgb, curves: Straightened['curves'], out: Float64Array, at: number): void {
  const r = evaluateCurve(curves[0], Math.sqrt(Math.max(0, measured[0])));
  const g = evaluateCurve(curves[1], Math.sqrt(Math.max(0, measured[1])));
  const b = evaluateCurve(curves[2], Math.sqrt(Math.max(0, measured[2])));
  writeTerms(r * Math.abs(r), g * Math.abs(g), b * Math.abs(b), out, at);
}
