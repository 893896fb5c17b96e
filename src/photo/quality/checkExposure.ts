import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { SkinField } from './skinField.ts';

/** L* of skin as photographed. Healthy skin lies between about 25 and 75 (ISSA set); beyond, the exposure is wrong. */
const DARK = { warn: 20, fail: 14 };
const BRIGHT = { warn: 76, fail: 86 };

/** Too dark or too bright, told by the lightness of the skin. */
export function checkExposure(skin: SkinField): QualityEntry {
  const lightness = skin.median[0];
  if (lightness < DARK.warn) {
    return {
      check: 'exposure',
      level: lightness < DARK.fail ? 'fail' : 'warn',
      message: photoChecksTexts.skinTooDark,
      fix: photoChecksTexts.moreLight,
    };
  }
  if (lightness > BRIGHT.warn) {
    return {
      check: 'exposure',
      level: lightness > BRIGHT.fail ? 'fail' : 'warn',
      message: photoChecksTexts.skinTooBright,
      fix: photoChecksTexts.moveAwayFromTheLamp,
    };
  }
  return {
    check: 'exposure',
    level: 'ok',
    message: photoChecksTexts.lightNeitherDarkNorBright,
    fix: NOTHING_TO_DO,
  };
}
