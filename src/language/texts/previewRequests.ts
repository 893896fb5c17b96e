import type { Shown } from './shown.ts';

/** Why a preview cannot be made. */
export const previewRequestsTexts = {
  photoNoLongerStored: 'The photo of this match is no longer stored.',
  noSkinWasMeasured: 'No skin was measured in this photo, so nothing can be previewed on it.',
  noShadeRecommended: 'This result recommends no shade. Name the shade to preview.',
  shadeNotRecommended: (code: Shown) =>
    `This result does not recommend the shade "${code}". Give its catalog and how many parts of diluent to preview.`,
  shadeGone: (code: Shown) => `The shade ${code} is no longer in the catalogs.`,
  optionNotUsable: (option: Shown, why: Shown) => `The preview’s "${option}" is not usable: ${why}.`,
} as const;
