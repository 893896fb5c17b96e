import type { FlagLevel } from './contraindications.ts';

/** The choices a consultation offers, with the words people read. Values are what is stored and exported. */

export const GOALS = {
  shaved: 'Shaved look',
  hairline: 'Hairline',
  density: 'Density between longer hair',
  scar: 'Scar',
} as const;

/** Norwood (1975) for pattern loss that starts at the forehead and crown, Ludwig (1977) for loss spread over the top. */
export const PATTERNS = {
  unknown: 'Not known or neither',
  norwood1: 'Norwood I',
  norwood2: 'Norwood II',
  norwood2a: 'Norwood IIa',
  norwood3: 'Norwood III',
  norwood3v: 'Norwood III vertex',
  norwood3a: 'Norwood IIIa',
  norwood4: 'Norwood IV',
  norwood4a: 'Norwood IVa',
  norwood5: 'Norwood V',
  norwood5a: 'Norwood Va',
  norwood6: 'Norwood VI',
  norwood7: 'Norwood VII',
  ludwig1: 'Ludwig I',
  ludwig2: 'Ludwig II',
  ludwig3: 'Ludwig III',
} as const;

/** Answers of the client to how their skin takes the sun (Fitzpatrick 1988); a photo cannot tell them. */
export const FITZPATRICK = {
  1: 'I: always burns, never tans',
  2: 'II: burns easily, tans a little',
  3: 'III: burns sometimes, tans slowly',
  4: 'IV: burns little, tans well',
  5: 'V: seldom burns, tans deeply',
  6: 'VI: never burns, deeply pigmented',
} as const;

export const STATUS_WORDS = {
  draft: 'Draft',
  sent: 'Sent to the client',
  approved: 'Approved by the client',
  changes: 'Client asks for changes',
} as const;

export const LEVEL_WORDS: Readonly<Record<FlagLevel, string>> = {
  stop: 'Do not treat',
  wait: 'Wait',
  note: 'Needs doctor’s note',
};
