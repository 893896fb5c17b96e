import { deltaE00 } from '../../colour/deltaE00.ts';
import type { Lab65, LabCovariance } from '../../colour/lab65.ts';
import { linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import type { CardPatch, PatchFault } from '../card/cardDetection.ts';
import { CHART_COLUMNS, NEUTRAL_PATCHES, PATCH_COUNT, SKIN_PATCHES } from '../card/chartLayout.ts';
import { CHART_REFERENCES, type ChartEdition } from './chartReferences.ts';
import { type Correction, IDENTITY_CORRECTION } from './correction.ts';
import {
  type CorrectionModel,
  type CrossValidation,
  crossValidate,
  fitCorrection,
  leaveOneOutTones,
  predictLab,
  predictSkins,
} from './crossValidate.ts';
import { EVEN_LIGHT, estimateShading, type PlacedPatch, removeShading, type Shading } from './estimateShading.ts';
import type { ToneModel } from './fitToneCurves.ts';
import type { SkinResponse } from './predictSkin.ts';
import { summariseResiduals } from './summariseResiduals.ts';

/** A patch before correction, after it, and when predicted from the other patches (CIEDE2000 to the reference). */
export interface PatchError {
  readonly patch: number;
  readonly before: number;
  readonly after: number;
  readonly leftOut: number;
  /** Its colour as photographed, after correction, and what it is. */
  readonly seen: Lab65;
  readonly corrected: Lab65;
  readonly reference: Lab65;
}

export interface CardCalibration {
  readonly method: 'card';
  readonly edition: ChartEdition;
  /** For anything: fitted to the patches alone. */
  readonly correction: Correction;
  /**
   * For skin: paint and skin of one colour are different spectra, and this one leans on what the camera would make of
   * skin (predictSkin.ts). The same as `correction` for a card of unknown reflectances.
   */
  readonly skinCorrection: Correction;
  /** Null where the photo's own colours are kept, because no correction left both skin patches as good as they were. */
  readonly model: CorrectionModel | null;
  readonly shading: Shading;
  /** Means over the patches used: as photographed, and predicted from the others. */
  readonly deltaE00Before: number;
  readonly deltaE00After: number;
  /** Mean of the two skin patches predicted from the others (of all patches when both are unusable). */
  readonly looSkinDeltaE00: number;
  /** What to expect of a skin colour measured with this correction. */
  readonly expectedDeltaE00: number;
  /** Of a skin colour of L* 50 lit as the card is; see scaleToLightness. */
  readonly covarianceAt50: LabCovariance;
  readonly perPatch: readonly PatchError[];
  readonly patchesUsed: number;
  readonly rejected: readonly { readonly patch: number; readonly why: PatchFault }[];
}

export interface CalibrateCardOptions {
  /** 24 measured colours of this very card, dark skin to black; otherwise the published ones are used. */
  readonly reference?: readonly Lab65[];
  /** Which published colours; without it the better fitting edition. */
  readonly edition?: 'before2014' | 'after2014';
  /** Of the photo: a card that is small in it is lit more evenly. */
  readonly diagonalPx?: number;
}

const MODELS: readonly CorrectionModel[] = [
  { tone: 'smooth', terms: 6 },
  { tone: 'smooth', terms: 3 },
  { tone: 'knots', terms: 6 },
  { tone: 'knots', terms: 3 },
  { tone: 'gain', terms: 6 },
  { tone: 'gain', terms: 3 },
  { tone: 'gain', terms: 0 },
];
const TONES = [...new Set(MODELS.map(({ tone }) => tone))];
/** The model that judges editions, light and odd patches. */
const FIRST_MODEL = MODELS[0]!;
/** Patches 1, 2, 7, 8 and the middle greys: what skin and hair look like. */
const EMPHASISED = new Set([0, 1, 6, 7, 19, 20, 21, 22]);
const DOUBLED = new Set([0, 1, 6, ...NEUTRAL_PATCHES]);
/** Of each predicted skin, beside 1 or 2 of a patch: what is wanted of this correction is skin. */
const SKIN_WEIGHT = 100;
/** The same in the correction for anything, where it only keeps the matrix from straying. */
const SKIN_HINT = 2;
/** A card measured to lie this near to published colours is a maker's card, in its paints; a printed copy is not. */
const SAME_PAINT_DELTA_E00 = 4;
const MIN_PATCHES = 12;
const MIN_NEUTRALS = 3;
/** Left out, a patch this far off and this many times the middle one is soiled, and spoils the others' fit. */
const ODD_DELTA_E00 = 9;
const ODD_TIMES_MEDIAN = 4;
const MAX_ODD = 3;
/** A skin patch that correction made worse is weighted up by these steps until it is not. */
const SKIN_WEIGHTS = [1, 6, 36];

/**
 * Colour correction from the 24 patches of a card: the light's slope over the card is taken out, tones are straightened
 * by the greys, and a linear or root-polynomial matrix is fitted in linear light with errors weighed as CIEDE2000. The
 * form is chosen by leaving each patch out in turn. Null when too few patches are usable.
 */
export function calibrateCard(
  patches: readonly CardPatch[],
  options: CalibrateCardOptions = {},
): CardCalibration | null {
  const share = options.diagonalPx === undefined ? 1 : lengthOf(patches) / options.diagonalPx;
  const tried = listReferences(options).map(([edition, reference]) => train(patches, edition, reference, share));
  const usable = tried.filter((training) => training !== null);
  if (usable.length === 0) return null;
  return finish(
    patches,
    usable.reduce((best, other) => (mean(other.validation.leftOut) < mean(best.validation.leftOut) ? other : best)),
  );
}

function listReferences({ reference, edition }: CalibrateCardOptions): [ChartEdition, readonly Lab65[]][] {
  if (reference) {
    if (reference.length !== PATCH_COUNT) {
      throw new RangeError(`Expected ${PATCH_COUNT} reference colours for the card but received ${reference.length}.`);
    }
    return [['own', reference]];
  }
  const editions = edition ? ([edition] as const) : (['after2014', 'before2014'] as const);
  return editions.map((name) => [name, CHART_REFERENCES[name]]);
}

interface Training {
  readonly edition: ChartEdition;
  readonly reference: readonly Lab65[];
  readonly shading: Shading;
  readonly placed: readonly PlacedPatch[];
  readonly rejected: { readonly patch: number; readonly why: PatchFault }[];
  readonly validation: CrossValidation;
}

/** Length of the card along its first row in photo pixels. */
function lengthOf(patches: readonly CardPatch[]): number {
  const [[left, top], [right, bottom]] = [patches[0]!.centre, patches[CHART_COLUMNS - 1]!.centre];
  return (Math.hypot(right - left, bottom - top) * CHART_COLUMNS) / (CHART_COLUMNS - 1);
}

function train(
  patches: readonly CardPatch[],
  edition: ChartEdition,
  reference: readonly Lab65[],
  share: number,
): Training | null {
  const rejected: Training['rejected'] = [];
  let placed: PlacedPatch[] = [];
  for (const [patch, { rgb, fault }] of patches.entries()) {
    if (fault) rejected.push({ patch, why: fault });
    else {
      const weight = DOUBLED.has(patch) ? 2 : 1;
      const neutral = NEUTRAL_PATCHES.includes(patch);
      placed.push({ patch, measured: rgb, reference: reference[patch]!, neutral, weight });
    }
  }
  for (let round = 0; ; round++) {
    if (placed.length < MIN_PATCHES || placed.filter((p) => p.neutral).length < MIN_NEUTRALS) return null;
    const shading = estimateShading(placed, share);
    const lit = removeShading(placed, shading);
    const validation = crossValidate(lit, FIRST_MODEL) ?? crossValidate(lit, { tone: 'gain', terms: 3 });
    if (!validation) return null;
    // The ends of the grey row are predicted by stretching the tone curves, which says nothing about dirt.
    const greys = placed.filter((p) => p.neutral).map((p) => p.patch);
    const ends = new Set([Math.min(...greys), Math.max(...greys)]);
    const suspicion = validation.leftOut.map((error, i) => (ends.has(placed[i]!.patch) ? 0 : error));
    const worst = suspicion.indexOf(Math.max(...suspicion));
    const limit = Math.max(ODD_DELTA_E00, ODD_TIMES_MEDIAN * median(validation.leftOut));
    if (round === MAX_ODD || suspicion[worst]! <= limit) {
      return { edition, reference, shading, placed: lit, rejected, validation };
    }
    rejected.push({ patch: placed[worst]!.patch, why: 'dirty' });
    placed = placed.filter((_, i) => i !== worst);
  }
}

function finish(patches: readonly CardPatch[], training: Training): CardCalibration {
  const { placed, reference, edition } = training;
  const before = (patch: number) => deltaE00(linearSrgbToLab65(patches[patch]!.rgb), reference[patch]!);
  const chosen = choose(training, before);
  const correction = chosen?.correction ?? null;
  const validation = chosen?.validation ?? asPhotographed(patches, placed, before);
  const perPatch = placed.map(({ patch, measured, reference: target }, i): PatchError => {
    const seen = linearSrgbToLab65(patches[patch]!.rgb);
    const corrected = correction ? predictLab(correction, measured) : seen;
    const after = deltaE00(corrected, target);
    return { patch, before: before(patch), after, leftOut: validation.leftOut[i]!, seen, corrected, reference: target };
  });
  const skin = perPatch.filter(({ patch }) => SKIN_PATCHES.includes(patch));
  const summary = summariseResiduals(placed, validation);
  return {
    method: 'card',
    edition,
    correction: correction ?? IDENTITY_CORRECTION,
    skinCorrection: (chosen && fitSkinCorrection(training, chosen)) ?? IDENTITY_CORRECTION,
    model: chosen?.model ?? null,
    shading: correction ? training.shading : EVEN_LIGHT,
    deltaE00Before: mean(perPatch.map((p) => p.before)),
    deltaE00After: mean(perPatch.map((p) => p.leftOut)),
    looSkinDeltaE00: mean((skin.length > 0 ? skin : perPatch).map((p) => p.leftOut)),
    expectedDeltaE00: summary.expectedDeltaE00,
    covarianceAt50: summary.covarianceAt50,
    perPatch,
    patchesUsed: placed.length,
    rejected: [...training.rejected].sort((a, b) => a.patch - b.patch),
  };
}

/** Half the mean over everything, half over the colours that matter here. */
function score(placed: readonly PlacedPatch[], leftOut: readonly number[]): number {
  const emphasised = leftOut.filter((_, i) => EMPHASISED.has(placed[i]!.patch));
  return (mean(leftOut) + mean(emphasised.length > 0 ? emphasised : leftOut)) / 2;
}

interface Choice {
  readonly model: CorrectionModel;
  readonly correction: Correction;
  readonly validation: CrossValidation;
  /** What the camera would make of skin, where that can be told. */
  readonly skins: readonly SkinResponse[];
}

interface Candidate {
  readonly model: CorrectionModel;
  readonly validation: CrossValidation;
}

/** The model that predicts left-out patches best among those that leave no skin patch farther off; null when none does. */
function choose(training: Training, before: (patch: number) => number): Choice | null {
  const { placed } = training;
  const tones = new Map(TONES.map((tone) => [tone, leaveOneOutTones(placed, tone)]));
  const skinsOf = new Map<ToneModel, readonly SkinResponse[]>();
  const candidates = MODELS.map((model) => ({ model, validation: crossValidate(placed, model, tones.get(model.tone)) }))
    .filter((candidate): candidate is Candidate => !!candidate.validation)
    .sort((a, b) => score(placed, a.validation.leftOut) - score(placed, b.validation.leftOut));
  for (const { model, validation } of candidates) {
    let skins: readonly SkinResponse[] = [];
    if (knowsSkin(training, model)) {
      skins = skinsOf.get(model.tone) ?? predictSkins(placed, model.tone) ?? [];
      skinsOf.set(model.tone, skins);
    }
    const correction = spareSkin(placed, model, skins, before);
    if (correction) return { model, correction, validation, skins };
  }
  return null;
}

/** Whether the patches' reflectances are known: the published charts', or those of a card whose colours are theirs. */
function knowsSkin({ edition, reference }: Training, { terms }: CorrectionModel): boolean {
  if (terms === 0) return false;
  if (edition !== 'own') return true;
  const published = [CHART_REFERENCES.after2014, CHART_REFERENCES.before2014];
  return published.some((labs) => mean(labs.map((lab, i) => deltaE00(lab, reference[i]!))) <= SAME_PAINT_DELTA_E00);
}

function fitSkinCorrection({ placed }: Training, { model, correction, skins }: Choice): Correction {
  if (skins.length === 0) return correction;
  return fitCorrection(placed, model, { skins, weight: SKIN_WEIGHT }) ?? correction;
}

/** The model weighted so that no usable skin patch ends up farther off than it was; null when that spoils the rest. */
function spareSkin(
  placed: readonly PlacedPatch[],
  model: CorrectionModel,
  skins: readonly SkinResponse[],
  before: (patch: number) => number,
): Correction | null {
  const photographed = mean(placed.map((p) => before(p.patch)));
  for (const step of SKIN_WEIGHTS) {
    const weighted = placed.map((p) => (SKIN_PATCHES.includes(p.patch) ? { ...p, weight: p.weight * step } : p));
    const correction = fitCorrection(weighted, model, { skins, weight: SKIN_HINT });
    if (!correction) return null;
    const errorOf = (p: PlacedPatch) => deltaE00(predictLab(correction, p.measured), p.reference);
    if (placed.some((p) => SKIN_PATCHES.includes(p.patch) && errorOf(p) > before(p.patch))) continue;
    return mean(placed.map(errorOf)) <= photographed ? correction : null;
  }
  return null;
}

function asPhotographed(
  patches: readonly CardPatch[],
  placed: readonly PlacedPatch[],
  before: (patch: number) => number,
): Pick<CrossValidation, 'leftOut' | 'residuals'> {
  return {
    leftOut: placed.map(({ patch }) => before(patch)),
    residuals: placed.map(({ patch, reference }) => {
      const lab = linearSrgbToLab65(patches[patch]!.rgb);
      return [lab[0] - reference[0], lab[1] - reference[1], lab[2] - reference[2]];
    }),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
