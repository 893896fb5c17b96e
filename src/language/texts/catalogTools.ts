import type { Shown } from './shown.ts';

/** Health, comparison and equivalents of catalogs. */
export const catalogToolsTexts = {
  besideHealed: (code: Shown, other: Shown) => `${code} beside ${other}, healed`,
  health: 'Health',
  whichClientsThisLineCanServe: 'Which clients this line can serve',
  nearestHealedAreaForEachSkin:
    'Nearest healed area for each skin and hair colour, in ΔE00. ● within 2, ○ further, – hair lighter than the skin.',
  skin: 'Skin',
  distanceToTheNearestShade: 'Distance to the nearest shade',
  distanceOfEachShade: 'Distance of each shade to its nearest neighbour in ΔE00, closest first',
  n1E00: '1 ΔE00',
  largestDifferenceAtAnyMeasured:
    'Largest difference at any measured dilution. Left of the dashed line two shades look the same.',
  ladders: 'Ladders',
  lOfEachShadeOver: 'L* of each shade over its parts of diluent',
  partsOfDiluent: 'parts of diluent',
  lFrom0DarkTo100: 'L* from 0 (dark) to 100 (light); thinning must make a shade lighter.',
  moreLaddersAreNotDrawn: (more: Shown) => `${more} more ladders are not drawn.`,
  remarks: 'Remarks',
  none: 'None.',
  moreTheCommandLinePrintsAll: (more: Shown) => `${more} more; the command line prints all.`,
  lotsAgainstTheirShade: 'Lots against their shade',
  labelDataOnRecord: 'Label data on record',
  whatIsRecordedNotLegalAdvice: 'What is recorded, not legal advice.',
  howColoursWereMeasured: 'How colours were measured',
  predictedHealedEachAtIts: 'Predicted, healed, each at its everyday ratio',
  compareShades: 'Compare shades',
  healedOnSkin: 'Healed on skin',
  theseShadesWereMeasuredIn: (value: Shown) =>
    `These shades were measured in different ways: ${value}. Compare bottles with care.`,
  differencesOnceHealed: 'Differences once healed',
  shades: 'Shades',
  inWords: 'In words',
  e00: 'ΔE00',
  theSameShadeInAnotherLine: 'The same shade in another line',
  chooseAShadeYouKnow:
    'Choose a shade you know and the line you want to use; the nearest mixes are compared as they heal.',
  likeliestWorkedOut: (workedOut: Shown, active: Shown) =>
    `That line has ${active} active shades. The ${workedOut} that may come nearest were worked out.`,
  iKnow: 'I know',
  whatIsIt: 'What is it in',
  findIt: 'Find it',
  at: (name: Shown, code: Shown, ratio: Shown) => `${name} (${code}) at ${ratio}`,
  thatLineHasNoOtherActive: 'That line has no other active shade.',
  e00BetweenThePredictedHealed: (distance: Shown) => `${distance} ΔE00 between the predicted healed areas`,
  notForPigment: 'not for pigment',
  noRemarks: 'No remarks',
  someRemarks: 'Some remarks',
  errors: 'Errors',
  tickTwoToFourShades: 'Tick two to four shades of a catalog to compare them.',
  error: 'Error',
  remark: 'Remark',
  lotE00FromItsLadder: (code: Shown, lot: Shown, value: Shown) => `${code}, lot ${lot}: ${value} ΔE00 from its ladder`,
  readingsUnderOn: (readings: Shown, illuminant: Shown, observer: Shown, geometry: Shown, substrate: Shown) =>
    `${readings} readings under ${illuminant}, ${observer}°, ${geometry}, on ${substrate}`,
  nothingRecorded: 'nothing recorded',
} as const;
