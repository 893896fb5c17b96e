import type { Shown } from './shown.ts';

/** Healed results that are recorded and learned from. */
export const learningTexts = {
  catalogHasNoShade: (code: Shown) => `The catalog has no shade "${code}". Choose the shade that was used.`,
  allHealedResults: 'All healed results',
  sayDayOfSession: 'Say on which day the session was.',
  chooseTheShadeThatWasUsed: 'Choose the shade that was used.',
  partsOutOfRange: 'Parts of diluent must be a number from 0 to 200.',
  dotsOutOfRange: 'Dots per cm² must be a number from 10 to 400.',
  noTreatedAreaMeasured:
    'This photo has no measured skin and treated area. Mark the treated area as hair and bare skin beside it on its Regions page; then compare.',
  takenTooEarly: (healedDays: Shown, healedAfterDays: Shown) =>
    `The photo was taken ${healedDays} days after the session. Healed colour is judged from ${healedAfterDays} days on, because it still changes before; take another photo then.`,
  recordedAlready: 'This photo is recorded as a healed result already. Remove it there to record it anew.',
  lot: (lot: Shown) => `Lot ${lot}`,

  somebodyWhoLeft: 'Somebody who left',
} as const;
