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
      message: 'The skin is too dark in this photo to tell its colour well.',
      fix: 'Stand near a window or turn on more light, and take the photo again.',
    };
  }
  if (lightness > BRIGHT.warn) {
    return {
      check: 'exposure',
      level: lightness > BRIGHT.fail ? 'fail' : 'warn',
      message: 'The skin is too bright in this photo: its colour is washed out.',
      fix: 'Move away from the lamp, tap the scalp on the screen so that the phone darkens the photo, and retake it.',
    };
  }
  return {
    check: 'exposure',
    level: 'ok',
    message: 'The light is neither too dark nor too bright.',
    fix: NOTHING_TO_DO,
  };
}
