import type { Shown } from './shown.ts';

/** Results in words: flags, rows of what was measured and assumed. */
export const resultWordsTexts = {
  riskOfTurningBlue: 'Risk of turning blue',
  expiredLot: 'Expired lot',
  noLotRecorded: 'No lot recorded',
  discontinued: 'Discontinued',
  cannotBeThinned: 'Cannot be thinned',
  outsideTheShadesRange: 'Outside the shade’s range',
  labelDataMissing: 'Label data missing',
  beyondTheLimitOfVisibility: 'Beyond the limit of visibility',
  undertoneNotCertain: 'Undertone not certain',
  mayDifferInOtherLight: 'May differ in other light',
  atTheEdgeOfTheShades: 'At the edge of the shade’s range',
  needsMoreDensity: 'Needs more density',
  earlierWorkInThePhoto: 'Earlier work in the photo',
  adjustedByYourHealedResults: 'Adjusted by your healed results',
  notMeasured: 'not measured',
  asBottled: 'as bottled',
  ofPigmentNoDiluent: (pigment: Shown) => `${pigment} of pigment, no diluent`,
  mixedWithDrop: (drops: number, shade: Shown, name: Shown) =>
    `Mixed with ${drops} drop${drops === 1 ? '' : 's'} of ${shade} (${name})`,
  skinLab: 'Skin L* a* b*',
  skinIta: 'Skin ITA',
  hairLab: 'Hair L* a* b*',
  targetLab: 'Target L* a* b*',
  predictedHealed: 'Predicted healed',
  deltaToTarget: 'ΔE00 to target',
  colourReference: 'Colour reference',
  cardBeforeAndAfter: (deltaE00Before: Shown, deltaE00After: Shown) =>
    `card, ΔE00 ${deltaE00Before} before, ${deltaE00After} after`,
  expectedErrorOfThePhoto: 'Expected error of the photo',
  assumedInTheSkin: 'Assumed in the skin',
  assumedDots: (diameterMm: Shown, densityPerCm2: Shown, healedFraction: Shown) =>
    `${diameterMm} mm healed dots, ${densityPerCm2} per cm², ${healedFraction} of the pigment kept`,
  predictionFrom: 'Prediction from',
  measuredSpectra: 'measured spectra',
  measuredDilutionLadder: 'a measured dilution ladder',
  singleSwatch: 'a single swatch',
  catalog: 'Catalog',
  photo: 'Photo',
  photoHash: 'Photo hash',
  engine: 'Engine',
  lotsAsOf: (engine: Shown, asOf: Shown) => `${engine}, lots as of ${asOf}`,
  chanceToBeTheBestShade: 'Chance to be the best shade',
  amongTheBestThree: (probability: Shown, probabilityTopThree: Shown) =>
    `${probability}; among the best three ${probabilityTopThree}, of all shades searched`,
  none: 'none',
  dropsOf: (count: number) => `${count} drop${count === 1 ? '' : 's'}`,
  catalogVersion: (catalog: Shown, version: Shown) => `${catalog}, version ${version}`,
  photoFile: (widthPx: Shown, heightPx: Shown, format: Shown, profile: Shown) =>
    `${widthPx} × ${heightPx} ${format}, profile ${profile}`,
} as const;
