import type { Shown } from './shown.ts';

/** Sharing with a client: what is missing before a link can be made. */
export const sharesTexts = {
  chooseShadeFirst: 'Choose a shade on the photo’s result first; then it can be shown.',
  photoNoLongerStored: 'The photo of this match is no longer stored.',
  nothingTreated: 'Nothing is treated in these pictures: open the preview, paint the area to treat, then share.',
  chooseAtLeastOnePicture: 'Choose at least one picture to show.',
  linkDays: (mostDays: Shown) => `The link may last 1 to ${mostDays} days.`,
  pinDigits: 'A PIN has 4 to 8 digits. Leave it empty for none.',
  messageTooLong: (longestMessage: Shown) => `The message may have up to ${longestMessage} characters.`,
} as const;
