import { type Lab65, type LabCovariance, lab65 } from '../colour/lab65.ts';
import { type ClientTable, recolourSkin } from '../optics/clientTable.ts';
import { combineGaussians, type Gaussian } from './gaussian.ts';
import { brownLineFibre } from './hairColours.ts';
import type { CalibrationQuality, MeasuredColour, Target } from './matchTypes.ts';
import { FRESH_SHAVE, type StubbleGeometry, stubbleAppearance } from './stubbleAppearance.ts';

/** Relative error of the contrast between hair and skin that a calibration leaves (tone curve, stray light). */
const CONTRAST_ERROR: Readonly<Record<CalibrationQuality['method'], number>> = {
  card: 0.04,
  white: 0.07,
  estimated: 0.12,
  none: 0.12,
};
/**
 * Error of a predicted contrast, in every direction of Lab, for each ΔE00 of error in the skin it is predicted on and
 * each Lab unit of contrast: 5 ΔE00 moves a healed area by .2–.7 of its 4–6 ΔE00 from the skin.
 */
const CONTRAST_PER_SKIN_ERROR = 0.04;
/**
 * Lab sd of each axis for an expected error of one ΔE00: at the chroma of skin ΔE00 counts a* and b* at about .6, so a
 * mean ΔE00 of 1 is a mean distance of 1.6 in Lab, and that of a normal error of sd 1 in three dimensions is √(8/π).
 */
const LAB_SD_PER_DELTA_E00 = 1;
/** However good the reason to share an error, this part of each measurement stays its own. */
const MOST_SHARED = 0.95;

/** Where it is not known which part of a measured covariance skin and hair of one photo share: the rest, as a share. */
function ownShare(skin: MeasuredColour, { expectedDeltaE00 }: CalibrationQuality): number {
  const shared = (LAB_SD_PER_DELTA_E00 * expectedDeltaE00) ** 2;
  const mean = (skin.covariance[0] + skin.covariance[4] + skin.covariance[8]) / 3;
  return 1 - (mean > 0 ? Math.min(MOST_SHARED, shared / mean) : 0);
}

/**
 * Covariance of the difference colour − skin. The error of light and calibration is in both alike and cancels, as
 * predictions are ratios applied to the measured skin; what each measurement has of its own and the contrast error do not.
 */
function differenceCovariance(
  skin: MeasuredColour,
  colour: Lab65,
  own: LabCovariance,
  calibration: CalibrationQuality,
): LabCovariance {
  const error = CONTRAST_ERROR[calibration.method];
  const contrast = [0, 1, 2].map((i) => colour[i]! - skin.lab[i]!);
  const unlike = CONTRAST_PER_SKIN_ERROR * calibration.expectedDeltaE00 * Math.hypot(...contrast);
  return own.map((value, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    const predicted = i === j ? unlike ** 2 : 0;
    return value + error ** 2 * contrast[i]! * contrast[j]! + predicted;
  }) as unknown as LabCovariance;
}

/**
 * Spread of stubble between people: fibre along the brown line and off it, density and length of the shave. Dark skin
 * goes with dark hair: position on the line and its spread fall with the lightness of the skin.
 */
const POSITION = { mean: 0.35, sd: 0.3 };
const POSITION_ON_DARK = { mean: 0.15, sd: 0.1 };
const LIGHT_SKIN_L = 62;
const DARK_SKIN_L = 42;
const FIBRE_A_SD = 3;
const FIBRE_B_SD = 4;
const DENSITY_SD = 35;
const LENGTH_SD_MM = 0.2;
/** What the model of stubble itself may be wrong by, Lab. */
const MODEL_SD = 0.25;

/** Area and dot as six differences from the skin. */
function differences(skin: Lab65, area: Lab65, dot: Lab65): Float64Array {
  return Float64Array.from([...area, ...dot], (value, i) => value - skin[i % 3]!);
}

/** How stubble looks on this skin before anything was measured of it, the skin itself known with this covariance. */
function usualStubble(table: ClientTable, skin: LabCovariance): Gaussian {
  const [L, a, b] = table.skin;
  const light = Math.min(1, Math.max(0, (L - DARK_SKIN_L) / (LIGHT_SKIN_L - DARK_SKIN_L)));
  const between = (dark: number, fair: number): number => dark + (fair - dark) * light;
  const position = between(POSITION_ON_DARK.mean, POSITION.mean);
  const positionSd = between(POSITION_ON_DARK.sd, POSITION.sd);
  const look = (fibre: Lab65, geometry: StubbleGeometry = FRESH_SHAVE, client = table): Float64Array => {
    const { area, dot } = stubbleAppearance(client, fibre, geometry);
    return differences(client.skin, area, dot);
  };
  const usual = brownLineFibre(position);
  const onSkin = (client: ClientTable): Float64Array => look(usual, FRESH_SHAVE, client);
  const { densityPerCm2, lengthMm } = FRESH_SHAVE;
  /** The look with one property moved by `z` standard deviations. */
  const moves: readonly ((z: 1 | -1) => Float64Array)[] = [
    (z) => look(brownLineFibre(position + z * positionSd)),
    (z) => look(lab65(usual[0], usual[1] + z * FIBRE_A_SD, usual[2])),
    (z) => look(lab65(usual[0], usual[1], usual[2] + z * FIBRE_B_SD)),
    (z) => look(usual, { ...FRESH_SHAVE, densityPerCm2: densityPerCm2 + z * DENSITY_SD }),
    (z) => look(usual, { ...FRESH_SHAVE, lengthMm: lengthMm + z * LENGTH_SD_MM }),
    (z) => onSkin(recolourSkin(table, lab65(L + z * Math.sqrt(skin[0]), a, b))),
    (z) => onSkin(recolourSkin(table, lab65(L, a + z * Math.sqrt(skin[4]), b))),
    (z) => onSkin(recolourSkin(table, lab65(L, a, b + z * Math.sqrt(skin[8])))),
  ];
  const centre = look(usual);
  const mean = centre.slice();
  const covariance = Float64Array.from({ length: 36 }, (_, at) => (at % 7 === 0 ? MODEL_SD ** 2 : 0));
  for (const move of moves) {
    // Second order: f ≈ c + g·z + h·z²/2 for standard normal z has the mean c + h/2 and the variance g² + h²/2.
    const [up, down] = [move(1), move(-1)];
    const slope = centre.map((_, i) => (up[i]! - down[i]!) / 2);
    const bend = centre.map((value, i) => up[i]! + down[i]! - 2 * value);
    for (let i = 0; i < 6; i++) {
      mean[i]! += bend[i]! / 2;
      for (let j = 0; j < 6; j++) covariance[6 * i + j]! += slope[i]! * slope[j]! + (bend[i]! * bend[j]!) / 2;
    }
  }
  return { mean, covariance };
}

/** What is believed of the target: its most likely colours, and the spread of their differences from the skin. */
export interface TargetBelief {
  readonly area: Lab65;
  readonly dot: Lab65 | null;
  /** Area and dot minus skin; three numbers where no dot is known. */
  readonly spread: Gaussian;
}

/** Area and dot share the error of the skin that both are compared with. */
function jointCovariance(area: LabCovariance, dot: LabCovariance, shared: LabCovariance): Float64Array {
  return Float64Array.from({ length: 36 }, (_, at) => {
    const [i, j] = [Math.floor(at / 6), at % 6];
    const inner = 3 * (i % 3) + (j % 3);
    if (i < 3 !== j < 3) return shared[inner]!;
    return i < 3 ? area[inner]! : dot[inner]!;
  });
}

/**
 * Joins the measured stubble with how stubble can look on this skin at all. After a good photo the measurement stands
 * as it is; after a poor one its hue, which the light has falsified, gives way to what hair on this skin looks like.
 * Predicted and chosen targets are taken as they are.
 */
export function believeTarget(
  table: ClientTable,
  skin: MeasuredColour,
  target: Target,
  calibration: CalibrationQuality,
): TargetBelief {
  const { area, dot } = target;
  const share = ownShare(skin, calibration);
  const scale = (covariance: LabCovariance) => covariance.map((value) => share * value) as unknown as LabCovariance;
  const ofSkin = skin.ownCovariance ?? scale(skin.covariance);
  const withSkin = (own: LabCovariance) => own.map((value, at) => value + ofSkin[at]!) as unknown as LabCovariance;
  const ofArea = target.ownCovariance ?? scale(target.covariance);
  const areaCovariance = differenceCovariance(skin, area, withSkin(ofArea), calibration);
  if (dot === null) {
    const mean = Float64Array.from(area, (value, i) => value - skin.lab[i]!);
    return { area, dot, spread: { mean, covariance: Float64Array.from(areaCovariance) } };
  }
  const ofDot = target.dotOwnCovariance ?? scale(target.dotCovariance ?? target.covariance);
  const dotCovariance = differenceCovariance(skin, dot, withSkin(ofDot), calibration);
  const measured = {
    mean: differences(skin.lab, area, dot),
    covariance: jointCovariance(areaCovariance, dotCovariance, ofSkin),
  };
  if (target.basis !== 'stubble') return { area, dot, spread: measured };
  const spread = combineGaussians(usualStubble(table, skin.covariance), measured);
  const at = (offset: 0 | 3): Lab65 =>
    lab65(
      skin.lab[0] + spread.mean[offset]!,
      skin.lab[1] + spread.mean[offset + 1]!,
      skin.lab[2] + spread.mean[offset + 2]!,
    );
  return { area: at(0), dot: at(3), spread };
}
