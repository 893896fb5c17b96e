import type { Lab65, LabCovariance } from '../../colour/lab65.ts';
import type { CrossValidation } from './crossValidate.ts';
import type { TrainingPatch } from './straightenTones.ts';

/** Ends of the line on which skin lies, dark to light (the chart's own two skin patches, roughly). */
const SKIN_LINE: readonly [readonly number[], readonly number[]] = [
  [36, 12, 14],
  [68, 16, 18],
];
/** Patches within about this Lab distance of skin tell what skin will suffer. */
const REACH = 25;
/** Variance that cross-validation on flat patches cannot see: gloss, other spectra, neighbours' light. */
const UNSEEN_VARIANCE = 0.5;
/** Share of a left-out patch's variance that skin suffers, which is predicted from more than its neighbours. */
const SKIN_SHARE = 0.25;
/**
 * A head is round and the card flat: at L* 50 the light on skin differs from that on the card by this sd of L* (12 % of
 * the light), and lamps and spectra of real skin by this of b*. From 120 rendered heads of all skin tones.
 */
const SIGMA_HEAD_LIGHT = 2.7;
const SIGMA_HEAD_B = 0.9;

export interface ResidualSummary {
  /** Of skin lit as the card is. */
  readonly expectedDeltaE00: number;
  /** Of skin on a head, at L* 50; see scaleToLightness. */
  readonly covarianceAt50: LabCovariance;
}

/** Left-out errors of a card turned into what to expect of skin: patches count by their nearness to skin colours. */
export function summariseResiduals(
  patches: readonly TrainingPatch[],
  validation: Pick<CrossValidation, 'leftOut' | 'residuals'>,
): ResidualSummary {
  const covariance = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let total = 0;
  let squared = 0;
  for (const [i, { reference }] of patches.entries()) {
    const weight = Math.exp(-0.5 * (distanceToSkin(reference) / REACH) ** 2) + 0.02;
    const residual = validation.residuals[i]!;
    const share = (50 + 16) / (reference[0] + 16);
    total += weight;
    squared += weight * validation.leftOut[i]! ** 2;
    for (let p = 0; p < 3; p++) {
      for (let q = 0; q < 3; q++) covariance[3 * p + q]! += weight * share ** 2 * residual[p]! * residual[q]!;
    }
  }
  for (let k = 0; k < 9; k++) {
    covariance[k] = SKIN_SHARE * (covariance[k]! / total + (k % 4 === 0 ? UNSEEN_VARIANCE : 0));
  }
  covariance[0]! += SIGMA_HEAD_LIGHT ** 2;
  covariance[8]! += SIGMA_HEAD_B ** 2;
  return {
    expectedDeltaE00: Math.sqrt(squared / total + UNSEEN_VARIANCE),
    covarianceAt50: covariance as unknown as LabCovariance,
  };
}

function distanceToSkin(colour: Lab65): number {
  const [from, to] = SKIN_LINE;
  const along = to.map((value, k) => value - from[k]!);
  const length2 = along.reduce((sum, value) => sum + value * value, 0);
  const t = along.reduce((sum, value, k) => sum + value * (colour[k]! - from[k]!), 0) / length2;
  const nearest = Math.min(1, Math.max(0, t));
  return Math.hypot(...along.map((value, k) => colour[k]! - from[k]! - nearest * value));
}
