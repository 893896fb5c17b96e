import type { Lab65 } from '../../colour/lab65.ts';
import type { ClientTable } from '../../optics/clientTable.ts';
import type { Application, Pigment } from '../../optics/pigment.ts';
import { predictHealed } from '../../optics/predictHealed.ts';

/** A healed result as a follow-up photo shows it, with the recipe it was made by. */
export interface HealedResult {
  readonly healedArea: Lab65;
  /** As it was predicted with, studio calibration included and nothing learned. */
  readonly pigment: Pigment;
  readonly application: Application;
}

export interface ObservedStrength {
  /** ln of the strength that explains the healed area over the one predicted with. */
  readonly logStrength: number;
  readonly sd: number;
  /** Measured minus predicted L* of the healed area; negative is darker. */
  readonly deltaL: number;
  readonly predicted: Lab65;
}

/** Standard error of L* of a healed area against the skin beside it in the same photo. */
const PHOTO_SD = 0.7;
/** Farther off than this is not strength but another recipe, another place or a wrong region. */
const FARTHEST = Math.log(5);
const STEPS = 40;

/**
 * The strength at which the predicted L* of the area is the measured one. Area darkens steadily with strength, so it is
 * found by halving. Where the photo can hardly tell (weak mixes, few dots) the standard error grows accordingly.
 * @param table of the bare skin in the same photo, so that light and camera cancel
 */
export function observeStrength(healed: HealedResult, table: ClientTable): ObservedStrength {
  const { healedArea, pigment, application } = healed;
  const areaAt = (log: number): Lab65 =>
    predictHealed(table, { ...pigment, neatTau: pigment.neatTau * Math.exp(log) }, application).area;
  const predicted = areaAt(0);
  let low = -FARTHEST;
  let high = FARTHEST;
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (areaAt(middle)[0] > healedArea[0]) low = middle;
    else high = middle;
  }
  const logStrength = (low + high) / 2;
  // Across the span between prediction and measurement: at either end alone a saturated area would mislead.
  const half = 0.25 + Math.abs(logStrength) / 2;
  const middle = logStrength / 2;
  const slope = (areaAt(middle - half)[0] - areaAt(middle + half)[0]) / (2 * half);
  return { logStrength, sd: PHOTO_SD / Math.max(slope, 0.05), deltaL: healedArea[0] - predicted[0], predicted };
}
