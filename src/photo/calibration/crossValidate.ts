import { deltaE00 } from '../../colour/deltaE00.ts';
import type { Lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import { applyCorrection, type Correction } from './correction.ts';
import { expandTerms, MatrixFit, type MatrixSample, targetOf } from './fitCorrectionMatrix.ts';
import type { ToneModel } from './fitToneCurves.ts';
import { asOfMeanChart, predictSkin, type SkinResponse } from './predictSkin.ts';
import { type Straightened, straightenTones, type TrainingPatch } from './straightenTones.ts';

/** A form of correction: how tones are straightened and what the matrix mixes. */
export interface CorrectionModel {
  readonly tone: ToneModel;
  /** 0: the tone curves alone (von Kries gains when they are straight lines). */
  readonly terms: 0 | 3 | 6;
}

/** Predicted skins that a fit leans on, with the weight of each. */
export interface SkinHint {
  readonly skins: readonly SkinResponse[];
  readonly weight: number;
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
export function fitCorrection(
  patches: readonly TrainingPatch[],
  { tone, terms }: CorrectionModel,
  hint?: SkinHint,
): Correction | null {
  const straightened = straightenTones(patches, tone);
  if (!straightened) return null;
  if (terms === 0) return { curves: straightened.curves, matrix: IDENTITY };
  const fit = new MatrixFit(terms);
  for (const sample of samplesOf(patches, straightened, terms)) fit.add(sample);
  for (const { rgb, reference, trust } of hint?.skins ?? []) {
    fit.add({ terms: expandTerms(rgb, terms), target: targetOf(reference), weight: trust * hint!.weight });
  }
  return { curves: straightened.curves, matrix: fit.solve() };
}

/** What the camera would make of skin, tones straightened; null when the greys do not allow the tone curves. */
export function predictSkins(patches: readonly TrainingPatch[], tone: ToneModel): SkinResponse[] | null {
  const straightened = straightenTones(patches, tone);
  if (!straightened) return null;
  const known = patches.flatMap(({ patch, reference }, i) =>
    patch === undefined
      ? []
      : [{ patch, rgb: asOfMeanChart(patch, straightened.rgb[i]!, lab65ToLinearSrgb(reference)) }],
  );
  return predictSkin(known);
}

/** Patches straightened by all greys, and by all but each of them in turn (of colours nothing). */
export interface LeaveOneOutTones {
  readonly all: Straightened | null;
  readonly without: readonly (Straightened | null)[];
}

export function leaveOneOutTones(patches: readonly TrainingPatch[], tone: ToneModel): LeaveOneOutTones {
  return {
    all: straightenTones(patches, tone),
    without: patches.map((patch) => (patch.neutral ? straightenTones(patches, tone, patch) : null)),
  };
}

/**
 * Fits a model and predicts each patch from the others; null as for fitCorrection.
 * @param tones of these patches by the model's tone, where they are known
 */
export function crossValidate(
  patches: readonly TrainingPatch[],
  { tone, terms }: CorrectionModel,
  { all, without }: LeaveOneOutTones = leaveOneOutTones(patches, tone),
): CrossValidation | null {
  if (!all) return null;
  const samples = terms === 0 ? [] : samplesOf(patches, all, terms);
  const fit = terms === 0 ? null : new MatrixFit(terms);
  for (const sample of samples) fit?.add(sample);
  const leftOut: number[] = [];
  const residuals: (readonly [number, number, number])[] = [];
  for (const [i, { measured, reference, neutral }] of patches.entries()) {
    // The tone curves rest on a grey too: without it everything is fitted again.
    const tones = neutral ? without[i] : all;
    if (!tones) return null;
    let matrix = IDENTITY;
    if (fit && terms !== 0 && neutral) matrix = matrixWithout(i, samplesOf(patches, tones, terms), terms);
    else if (fit) {
      fit.add(samples[i]!, -1);
      matrix = fit.solve();
      fit.add(samples[i]!);
    }
    const predicted = predictLab({ curves: tones.curves, matrix }, measured);
    leftOut.push(deltaE00(predicted, reference));
    residuals.push([predicted[0] - reference[0], predicted[1] - reference[1], predicted[2] - reference[2]]);
  }
  return { correction: { curves: all.curves, matrix: fit ? fit.solve() : IDENTITY }, leftOut, residuals };
}

function matrixWithout(left: number, samples: readonly MatrixSample[], terms: 3 | 6): number[] {
  const fit = new MatrixFit(terms);
  for (const [i, sample] of samples.entries()) if (i !== left) fit.add(sample);
  return fit.solve();
}

function samplesOf(patches: readonly TrainingPatch[], { rgb }: Straightened, terms: 3 | 6): MatrixSample[] {
  return patches.map(({ reference, weight }, i) => ({
    terms: expandTerms(rgb[i]!, terms),
    target: targetOf(reference),
    weight,
  }));
}

/** Lab of a colour after correction. */
export function predictLab(correction: Correction, [r, g, b]: LinearRgb): Lab65 {
  const out: [number, number, number] = [0, 0, 0];
  applyCorrection(correction, r, g, b, out);
  return linearSrgbToLab65(out);
}
