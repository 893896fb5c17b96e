import type { Shown } from './shown.ts';

/** The printed report. */
export const reportTexts = {
  downloadAsPdf: 'Download as PDF',
  confidence: 'Confidence',
  sessions: 'Sessions',
  why: 'Why',
  measuredAndAssumed: 'Measured and assumed',
  recipe: 'Recipe',
  backToTheResult: 'Back to the result',
  toCheckBeforeUse: 'To check before use',
  session: 'Session',
  shade: 'Shade',
  ratio: 'Ratio',
  drops: 'Drops',
  density: 'Density',
  recommendedShade: 'Recommended shade',
  tooCloseToCall: 'Too close to call from this photo; the nearest shade is shown',
  noGoodMatch: 'No good match; the nearest shade is shown',
  noRecommendation: 'No recommendation: the photo does not show enough',
  notAPromise:
    'A prediction of healed colour, not a promise. Screens and printers change colours: judge a patch on skin, healed, in daylight and in the client’s usual light. The technician decides.',
  pigmentAndDiluentMl: (pigmentMl: Shown, diluentMl: Shown, diluent: Shown, cupMl: Shown) =>
    `${pigmentMl} ml pigment and ${diluentMl} ml sterile diluent${diluent} in a ${cupMl} ml cup`,
  forMmHealedDots: (diameterMm: Shown, densityPerCm2: Shown) =>
    `For ${diameterMm} mm healed dots, ${densityPerCm2} per cm²`,
  matchReport: 'Match report',
  chosenInstead: (suggested: Shown, because: Shown) => `Chosen by the technician instead of ${suggested}${because}`,
  skin: 'Skin',
  hair: 'Hair',
  target: 'Target',
  predictedHealed: 'Predicted, healed',
  justDone: 'Just done',
  toBeSurer: (level: Shown, doubts: Shown, next: Shown) => `${level}. ${doubts} To be surer: ${next}`,
  atMost: 'at most ',
  atLeast: 'at least ',
  sessionNote: (session: Shown, note: Shown) => `Session ${session}: ${note}`,
} as const;
