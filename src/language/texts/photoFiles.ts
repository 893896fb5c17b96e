import type { Shown } from './shown.ts';

/** What is said of files: how they store their colours, and why one cannot be read. */
export const photoFilesTexts = {
  storedForFilmAndScience: 'The photo stores its colours in a form made for film and science.',
  saveItAsJpeg: (why: Shown) => `${why} Save it as JPEG or as an 8- or 16-bit TIFF.`,
  onlyOnePictureUsed: (pictures: Shown, isMain: boolean) =>
    `The file holds ${pictures} pictures; only the ${isMain ? 'main' : 'first'} one was used.`,
  ifAnotherOneIsMeant: 'If another one is meant, save it as a photo of its own.',
  unnamedProfile: 'unnamed profile',
  profileStated: (profile: Shown) => `The photo states its colour profile: ${profile}.`,
  highDynamicRange: 'The photo uses a high-dynamic-range or unusual colour format, so its colours are approximate.',
  switchHdrOff: 'Switch HDR off in the camera and take the photo again.',
  noProfile: 'The photo carries no colour profile, so the usual one for phones and screens (sRGB) is assumed.',
  notAScreenshot: 'Use the photo straight from the camera, not a screenshot or a copy from a chat.',
  profileDamaged: (assumed: Shown) => `The photo’s colour profile is damaged and was ignored; ${assumed} is assumed.`,
  notAnEditedCopy: 'Use the photo straight from the camera instead of an edited copy.',
  profileReadApproximately: (profile: Shown) =>
    `The colour profile “${profile}” can only be read approximately: very strong colours were cut to sRGB.`,
  saveAsSrgb: 'Save the photo as sRGB or Display P3, or use it straight from the camera.',
} as const;
