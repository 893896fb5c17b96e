import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { isRedSkin } from './isRedSkin.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';
import { quantile } from './quantile.ts';
import type { SkinField } from './skinField.ts';
import { distanceFromSkinLocus } from './skinLocus.ts';

/** a*b* distance from the colours of skin. Uncorrected indoor photos reach 14; coloured light starts beyond. */
const WARN = 16;
const FAIL = 28;
/** Colour difference between two sides of the skin, about ln(red/blue) in linear light; lamp against window gives 1. */
const MIXED = 0.75;
/** Points of similar lightness are compared, so that shading and stubble do not count. */
const SIMILAR_L = 10;

const FIX = photoChecksTexts.useOneKindOfLight;

function nameCast(da: number, db: number): string {
  const angle = (Math.atan2(db, da) * 180) / Math.PI;
  if (angle > 110 || angle < -150) return photoChecksTexts.green;
  if (angle > 65) return photoChecksTexts.yellow;
  if (angle > 20) return photoChecksTexts.orange;
  if (angle > -50) return photoChecksTexts.pink;
  return photoChecksTexts.blue;
}

/** Difference of ln(red/blue) between opposite ends of the skin along an axis, over points of one lightness. */
function differenceAlong(position: Float32Array, { lab, count }: SkinField, medianL: number): number {
  const low = quantile(position, 0.3);
  const high = quantile(position, 0.7);
  const one = new Float32Array(count);
  const other = new Float32Array(count);
  let ofOne = 0;
  let ofOther = 0;
  for (let i = 0; i < count; i++) {
    if (Math.abs(lab[3 * i]! - medianL) > SIMILAR_L) continue;
    // b* over L* follows ln(red/blue) closely for skin colours and stays finite where blue is lost.
    const warmth = (2.2 * lab[3 * i + 2]!) / (lab[3 * i]! + 16);
    if (position[i]! < low) one[ofOne++] = warmth;
    else if (position[i]! > high) other[ofOther++] = warmth;
  }
  if (Math.min(ofOne, ofOther) <= 0.05 * count) return 0;
  return Math.abs(quantile(one.subarray(0, ofOne), 0.5) - quantile(other.subarray(0, ofOther), 0.5));
}

/** Largest difference of ln(red/blue) between opposite sides of the skin. */
function mixedLight(skin: SkinField, medianL: number): number {
  return Math.max(differenceAlong(skin.x, skin, medianL), differenceAlong(skin.y, skin, medianL));
}

/** Coloured or mixed light, told by skin that has the colour of no skin. */
export function checkCast(skin: SkinField, { calibrated }: QualityInput): QualityEntry {
  const [L, a, b] = skin.median;
  const { distance, da, db } = distanceFromSkinLocus(L, a, b);
  if (distance > WARN && !calibrated && !isRedSkin(skin)) {
    return {
      check: 'cast',
      level: distance > FAIL ? 'fail' : 'warn',
      message: photoChecksTexts.strongCast(nameCast(da, db)),
      fix: FIX,
    };
  }
  if (mixedLight(skin, L) > MIXED) {
    return {
      check: 'cast',
      level: 'warn',
      message: photoChecksTexts.lightOnOneSide,
      fix: FIX,
    };
  }
  return { check: 'cast', level: 'ok', message: photoChecksTexts.lightHasNoStrongColour, fix: NOTHING_TO_DO };
}
