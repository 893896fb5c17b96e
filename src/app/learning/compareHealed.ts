import type { Catalog } from '../../catalog/shade.ts';
import { deltaE00 } from '../../colour/deltaE00.ts';
import { lab65 } from '../../colour/lab65.ts';
import { StippleError } from '../../errors.ts';
import { learningTexts } from '../../language/texts/learning.ts';
import { buildClientTable } from '../../optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../../optics/pigmentDose.ts';
import { predictHealed } from '../../optics/predictHealed.ts';
import { preparedShade } from '../preparedShades.ts';
import { observeStrength } from './observeStrength.ts';

type Triple = readonly [number, number, number];

/** A healed result as measured, with its recipe and the studio's calibration; plain data, to be answered by a worker. */
export interface HealedQuestion {
  readonly skin: Triple;
  readonly healedArea: Triple;
  /** Colour of single dots, where the photo resolves them. */
  readonly dot: Triple | null;
  readonly code: string;
  readonly partsDiluent: number;
  readonly densityPerCm2: number;
  readonly diameterMm: number;
  readonly strength: number;
  readonly gapMm: number | null;
}

export interface HealedComparison {
  readonly logStrength: number;
  readonly logStrengthSd: number;
  /** Measured minus predicted L* of the area; negative is darker. */
  readonly deltaL: number;
  readonly deltaE00: number;
  readonly dotDeltaE00: number | null;
}

/**
 * Prediction against photo, with the studio's calibration and nothing learned: what is learned is what it leaves over, so
 * that the two never correct the same thing twice.
 * @throws StippleError SMP_NOT_FOUND when the catalog has no such shade
 */
export function compareHealed(question: HealedQuestion, catalog: Catalog): HealedComparison {
  const { code, partsDiluent, densityPerCm2, diameterMm, strength, gapMm } = question;
  const found = preparedShade(catalog, code, strength);
  if (!found) throw new StippleError('SMP_NOT_FOUND', learningTexts.catalogHasNoShade(code));
  const skin = lab65(...question.skin);
  const table = buildClientTable(skin, gapMm === null ? {} : { gapMm });
  const application = { ...DEFAULT_APPLICATION, partsDiluent, densityPerCm2, diameterMm };
  const healed = { healedArea: lab65(...question.healedArea), pigment: found.pigment, application };
  const { logStrength, sd, deltaL, predicted } = observeStrength(healed, table);
  const dot = question.dot && deltaE00(lab65(...question.dot), predictHealed(table, found.pigment, application).dot);
  return {
    logStrength,
    logStrengthSd: sd,
    deltaL,
    deltaE00: deltaE00(healed.healedArea, predicted),
    dotDeltaE00: dot,
  };
}
