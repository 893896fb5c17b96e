import { deltaE00 } from '../../colour/deltaE00.ts';
import type { Lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import { applyCorrection, type Correction } from './correction.ts';
import { MatrixFit, TERMS, targetOf, writeTerms } from './fitCorrectionMatrix.ts';
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
  const fit = fitAllBut(-1, patches, straightened, terms);
  const ofSkin = new Float64Array(TERMS);
  for (const { rgb, reference, trust } of hint?.skins ?? []) {
    writeTerms(rgb[0], rgb[1], rgb[2], ofSkin, 0);
    fit.add(ofSkin, 0, targetOf(reference), trust * hint!.weight);
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
      : [{ patch, rgb: asOfMeanChart(patch, colourAt(straightened, i), lab65ToLinearSrgb(reference)) }],
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
  const fit = terms === 0 ? null : fitAllBut(-1, patches, all, terms);
  const leftOut: number[] = [];
  const residuals: (readonly [number, number, number])[] = [];
  for (let i = 0; i < patches.length; i++) {
    const { measured, reference, neutral, weight } = patches[i]!;
    // The tone curves rest on a grey too: without it everything is fitted again.
    const tones = neutral ? without[i] : all;
    if (!tones) return null;
    let matrix = IDENTITY;
    if (terms !== 0 && neutral) matrix = fitAllBut(i, patches, tones, terms).solve();
    else if (fit) {
      fit.add(all.terms, TERMS * i, targetOf(reference), -weight);
      matrix = fit.solve();
      fit.add(all.terms, TERMS * i, targetOf(reference), weight);
    }
    const predicted = predictLab({ curves: tones.curves, matrix }, measured);
    leftOut.push(deltaE00(predicted, reference));
    residuals.push([predicted[0] - reference[0], predicted[1] - reference[1], predicted[2] - reference[2]]);
  }
  return { correction: { curves: all.curves, matrix: fit ? fit.solve() : IDENTITY }, leftOut, residuals };
}

/** Sums over all patches but one, or over all for −1. */
function fitAllBut(
  left: number,
  patches: readonly TrainingPatch[],
  { terms: colours }: Straightened,
  terms: 3 | 6,
): MatrixFit {
  const fit = new MatrixFit(terms);
  for (let i = 0; i < patches.length; i++) {
    const { reference, weight } = patches[i]!;
    if (i !== left) fit.add(colours, TERMS * i, targetOf(reference), weight);
  }
  return fit;
}

function colourAt({ terms }: Straightened, patch: number): LinearRgb {
  const at = TERMS * patch;
  return [terms[at]!, terms[at + 1]!, terms[at + 2]!];
}

/** Lab of a colour after correction. */
export function predictLab(correction: Correction, [r, g, b]: LinearRgb): Lab65 {
  const out: [number, number, number] = [0, 0, 0];
  applyCorrection(correction, r, g, b, out);
  return linearSrgbToLab65(out);
}
