import { deltaE00 } from '../../colour/deltaE00.ts';
import type { Lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import { applyCorrection, type Correction } from './correction.ts';
import { expandTerms, MatrixFit, type MatrixSample } from './fitCorrectionMatrix.ts';
import { fitToneCurves, type GreyStep, type ToneModel } from './fitToneCurves.ts';
import { measureLabMetric } from './labMetric.ts';
import { evaluateCurve } from './monotoneCurve.ts';
import { asOfMeanChart, type Circumstance, predictSkin } from './predictSkin.ts';

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

/** A form of correction: how tones are straightened and what the matrix mixes. */
export interface CorrectionModel {
  readonly tone: ToneModel;
  /** 0: the tone curves alone (von Kries gains when they are straight lines). */
  readonly terms: 0 | 3 | 6;
  /** Weight of each predicted skin (see predictSkin.ts); 0 leaves skin to the patches. */
  readonly skinWeight?: number;
}

export interface CrossValidation {
  /** From all patches. */
  readonly correction: Correction;
  /** ΔE00 of each patch when it is left out of the fit. */
  readonly leftOut: readonly number[];
  /** Corrected minus reference Lab of each patch when it is left out. */
  readonly residuals: readonly (readonly [number, number, number])[];
}

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Fits a model to all patches, or null when the greys do not allow its tone curves. */
export function fitCorrection(patches: readonly TrainingPatch[], model: CorrectionModel): Correction | null {
  return finish(prepare(patches, model));
}

function finish(prepared: Prepared | null): Correction | null {
  return prepared && { curves: prepared.curves, matrix: prepared.fit ? prepared.fit.solve() : IDENTITY };
}

/** Fits a model and predicts each patch from the others; null as for fitCorrection. */
export function crossValidate(patches: readonly TrainingPatch[], model: CorrectionModel): CrossValidation | null {
  const all = prepare(patches, model);
  if (!all) return null;
  const leftOut: number[] = [];
  const residuals: (readonly [number, number, number])[] = [];
  for (const [i, patch] of patches.entries()) {
    let without: Correction | null;
    if (patch.neutral || model.skinWeight) {
      // The tone curves or the predicted skins rest on this patch too: everything is fitted again.
      const others = patches.filter((_, k) => k !== i);
      without = finish(prepare(others, model, all.plausible));
    } else if (all.fit) {
      all.fit.add(all.samples[i]!, -1);
      without = { curves: all.curves, matrix: all.fit.solve() };
      all.fit.add(all.samples[i]!);
    } else without = { curves: all.curves, matrix: IDENTITY };
    if (!without) return null;
    const predicted = predictLab(without, patch.measured);
    leftOut.push(deltaE00(predicted, patch.reference));
    residuals.push([
      predicted[0] - patch.reference[0],
      predicted[1] - patch.reference[1],
      predicted[2] - patch.reference[2],
    ]);
  }
  return { correction: { curves: all.curves, matrix: all.fit ? all.fit.solve() : IDENTITY }, leftOut, residuals };
}

/** Lab of a colour after correction. */
export function predictLab(correction: Correction, [r, g, b]: LinearRgb): Lab65 {
  const out: [number, number, number] = [0, 0, 0];
  applyCorrection(correction, r, g, b, out);
  return linearSrgbToLab65(out);
}

interface Prepared {
  readonly curves: NonNullable<Correction['curves']>;
  readonly samples: readonly MatrixSample[];
  /** Null when the model has no matrix. */
  readonly fit: MatrixFit | null;
  /** Lights and noises that explain the patches, when skin was predicted. */
  readonly plausible: readonly Circumstance[];
}

function prepare(
  patches: readonly TrainingPatch[],
  { tone, terms, skinWeight }: CorrectionModel,
  among?: readonly Circumstance[],
): Prepared | null {
  const greys: GreyStep[] = patches
    .filter((patch) => patch.neutral)
    .map(({ measured, reference }) => ({ measured, reference: targetOf(reference).rgb }));
  const curves = fitToneCurves(greys, tone);
  if (!curves) return null;
  if (terms === 0) return { curves, samples: [], fit: null, plausible: [] };
  const fit = new MatrixFit(terms);
  const straight = patches.map(({ measured }) => straighten(measured, curves));
  const sampleOf = (rgb: LinearRgb, reference: Lab65, weight: number): MatrixSample => {
    const target = targetOf(reference);
    return { terms: expandTerms(rgb, terms), target: target.rgb, metric: target.metric, weight };
  };
  const samples = patches.map(({ reference, weight }, i) => sampleOf(straight[i]!, reference, weight));
  for (const sample of samples) fit.add(sample);
  if (skinWeight) {
    const known = patches.flatMap(({ patch, reference }, i) =>
      patch === undefined ? [] : [{ patch, rgb: asOfMeanChart(patch, straight[i]!, targetOf(reference).rgb) }],
    );
    const { skins, plausible } = predictSkin(known, among);
    for (const skin of skins) {
      fit.add(sampleOf(skin.rgb, skin.reference, skin.trust * skinWeight));
    }
    return { curves, samples, fit, plausible };
  }
  return { curves, samples, fit, plausible: [] };
}

function straighten(measured: LinearRgb, curves: NonNullable<Correction['curves']>): LinearRgb {
  const [r, g, b] = measured.map((value, c) => {
    const root = evaluateCurve(curves[c]!, Math.sqrt(Math.max(0, value)));
    return root * Math.abs(root);
  });
  return [r!, g!, b!];
}

interface Target {
  readonly rgb: LinearRgb;
  readonly metric: Float64Array;
}

/** Reference colours come back hundreds of times within one calibration. */
const targets = new WeakMap<Lab65, Target>();

function targetOf(reference: Lab65): Target {
  let target = targets.get(reference);
  if (!target) {
    target = { rgb: lab65ToLinearSrgb(reference), metric: measureLabMetric(reference) };
    targets.set(reference, target);
  }
  return target;
}
