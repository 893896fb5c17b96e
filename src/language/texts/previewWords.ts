import type { Shown } from './shown.ts';

/** What is said with preview pictures; browser modules carry these words too. */
export const previewWordsTexts = {
  simulation: 'Simulation',
  daylight: 'daylight',
  warmLamp: 'a warm lamp',
  officeLedLight: 'office LED light',
  officeTube: 'an office tube',
  coolwhiteBathroomTube: 'a cool-white bathroom tube',
  shownInPhotosLight: 'Shown in the light of the photo, taken as daylight.',
  bathroomLampsDifferWidely: ' Bathroom lamps differ widely; this is one common kind.',
  shownInLight: (light: Shown, lamp: Shown) =>
    `Shown as in ${light}: skin and pigment by their spectra, everything else only approximately.${lamp}`,
  scarsTakePigmentUnevenly:
    'Scars take pigment unevenly, so this is a range. Make a test patch first and judge it after four weeks.',
  dotsBetweenHairs: 'Dots are drawn on the scalp between the hairs only; the hair itself is unchanged.',
  nothingTreated: 'Nothing is treated in this picture: no bare skin lies in the area. Paint the area to treat.',
  noAreaIsPaintedYet: 'No area is painted yet, so nothing is treated in this picture. Paint the area to treat.',
  allBareSkin:
    'All bare skin of the head is painted, because nothing in the photo shows where the scalp ends. If a forehead or face is in the picture, mark the hairline to keep it free.',
  bareSkinInsideHair: 'The bare skin that the hair surrounds is painted; a forehead outside it stays free.',
  stripAlongHair: (hairlineMm: Shown) =>
    `A strip of skin along the hair is painted, ${hairlineMm} mm wide, or where no hair shows along the lower edge of the bare scalp.`,
  bothSides: (templeMm: Shown) => `The skin at both sides is painted, up to ${templeMm} mm from the hair.`,
  middleOfTheBareScalp: 'The middle of the bare scalp is painted.',
  dotUnderAPixel:
    'A dot is smaller than a pixel of this photo, so dots run together into a tone here. A photo from nearer by shows them singly.',
} as const;

/** Where the size of the dots comes from. */
export const previewScaleTexts = {
  sizeFromCard: 'The size of the dots comes from the colour card.',
  sizeFromHead: (headMm: Shown) => `The size of the dots comes from the width of the head, taken as ${headMm} mm.`,
  sizeFromStubble: (hairMm: Shown) => `The size of the dots comes from the stubble, taken as ${hairMm} mm wide.`,
  sizeAssumed: (sideCm: Shown) =>
    `Nothing in the photo tells its size. It is taken to show ${sideCm} cm, so dots may be drawn too large or too small.`,
} as const;
