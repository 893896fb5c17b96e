import { patchNamesTexts } from '../../language/texts/patchNames.ts';

/** The 24 patches by name, in reading order of the upright chart (McCamy, Marcus & Davidson 1976). */
export const PATCH_NAMES: readonly string[] = [
  patchNamesTexts.darkSkin,
  patchNamesTexts.lightSkin,
  patchNamesTexts.blueSky,
  patchNamesTexts.foliage,
  patchNamesTexts.blueFlower,
  patchNamesTexts.bluishGreen,
  patchNamesTexts.orange,
  patchNamesTexts.purplishBlue,
  patchNamesTexts.moderateRed,
  patchNamesTexts.purple,
  patchNamesTexts.yellowGreen,
  patchNamesTexts.orangeYellow,
  patchNamesTexts.blue,
  patchNamesTexts.green,
  patchNamesTexts.red,
  patchNamesTexts.yellow,
  patchNamesTexts.magenta,
  patchNamesTexts.cyan,
  patchNamesTexts.white,
  patchNamesTexts.neutral8,
  patchNamesTexts.neutral65,
  patchNamesTexts.neutral5,
  patchNamesTexts.neutral35,
  patchNamesTexts.black,
];
