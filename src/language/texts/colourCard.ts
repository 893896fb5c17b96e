import type { Shown } from './shown.ts';

/** The colour card and the white spot: why they could not be used. */
export const colourCardTexts = {
  spotOutside: 'The chosen white spot lies outside the photo. Tap the white or grey card again.',
  spotOverexposed:
    'The white spot is overexposed, so its colour is lost. Tap a duller part of it, or retake the photo darker.',
  spotTooDark: 'The chosen spot is too dark to be the white or grey reference. Tap the middle of the card or paper.',
  spotUneven:
    'The chosen spot is not one even colour. Tap the middle of the card or paper, away from edges and shadows.',
  spotTooColourful:
    'The chosen spot is too colourful to be white or grey. Tap the white or grey card, or choose another method.',
  noCardFound:
    'No colour card was found in the photo. Lay a 24-patch card flat beside the head, all of it in view, and retake.',
  cardPartlyOutside: 'Part of the colour card is outside the photo. Retake with the whole card in view.',
  cardTooSmall:
    'The colour card is too small in the photo to measure its patches. Move it or the camera closer and retake.',
  wayRoundUnknown:
    'Something like a colour card was found, but its patches do not tell which way round it lies. Clean it or move it out of glare and retake, or place its corners by hand.',
  photoIsMirrored:
    'The photo is mirrored, so its card reads the wrong way round. Turn off mirroring in the camera and retake.',
  cardTooBlurred:
    'The colour card is too blurred to find its patches. Hold the camera still, focus on the card and retake.',
  notTheColoursOfAChart: (filename: Shown) =>
    `The colours in ${filename} are not those of a 24-patch chart in any usual order. List them from dark skin to black, row by row.`,
  theCard: 'the card',
  cannotBeRead: (filename: Shown, expected: Shown, found: Shown, fix: Shown) =>
    `${filename} cannot be read: expected ${expected} but found ${found}. ${fix}`,
  expected24Patches: (filename: Shown, colours: Shown) =>
    `Expected the 24 patches of a card in ${filename} but found ${colours} colours.`,
  holdsDeviceColours: (filename: Shown) =>
    `${filename} holds device colours. A card’s reference must be measured: spectra or Lab values.`,
  sayWhatFileDoesNot: (questions: Shown) => `${questions} Say it, the file does not.`,
  rowWithoutColour: (row: Shown, filename: Shown, fix: Shown) =>
    `Row ${row} of ${filename} has no usable colour.${fix}`,
  holdsLabFor10Degrees: (filename: Shown) =>
    `${filename} holds Lab values for the 10° observer. Export spectra, or Lab values for 2°.`,
} as const;
