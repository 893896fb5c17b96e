import type { Lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import type { Correction } from './correction.ts';
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
  /** Linear in light, in the order of the patches. */
  readonly rgb: readonly LinearRgb[];
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
  return curves && { curves, rgb: patches.map(({ measured }) => straighten(measured, curves)) };
}

function straighten([r, g, b]: LinearRgb, [red, green, blue]: Straightened['curves']): LinearRgb {
  const rootR = evaluateCurve(red, Math.sqrt(Math.max(0, r)));
  const rootG = evaluateCurve(green, Math.sqrt(Math.max(0, g)));
  const rootB = evaluateCurve(blue, Math.sqrt(Math.max(0, b)));
  return [rootR * Math.abs(rootR), rootG * Math.abs(rootG), rootB * Math.abs(rootB)];
}
