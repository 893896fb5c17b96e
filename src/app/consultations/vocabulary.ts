import { consultationsTexts } from '../../language/texts/consultations.ts';
import type { FlagLevel } from './contraindications.ts';

/** The choices a consultation offers, with the words people read. Values are what is stored and exported. */

export const GOALS = {
  shaved: consultationsTexts.shavedLook,
  hairline: consultationsTexts.hairline,
  density: consultationsTexts.densityBetweenLongerHair,
  scar: consultationsTexts.scar,
} as const;

/** Norwood (1975) for pattern loss that starts at the forehead and crown, Ludwig (1977) for loss spread over the top. */
export const PATTERNS = {
  unknown: consultationsTexts.notKnownOrNeither,
  norwood1: consultationsTexts.norwoodI,
  norwood2: consultationsTexts.norwoodIi,
  norwood2a: consultationsTexts.norwoodIia,
  norwood3: consultationsTexts.norwoodIii,
  norwood3v: consultationsTexts.norwoodIiiVertex,
  norwood3a: consultationsTexts.norwoodIiia,
  norwood4: consultationsTexts.norwoodIv,
  norwood4a: consultationsTexts.norwoodIva,
  norwood5: consultationsTexts.norwoodV,
  norwood5a: consultationsTexts.norwoodVa,
  norwood6: consultationsTexts.norwoodVi,
  norwood7: consultationsTexts.norwoodVii,
  ludwig1: consultationsTexts.ludwigI,
  ludwig2: consultationsTexts.ludwigIi,
  ludwig3: consultationsTexts.ludwigIii,
} as const;

/** Answers of the client to how their skin takes the sun (Fitzpatrick 1988); a photo cannot tell them. */
export const FITZPATRICK = {
  1: consultationsTexts.iAlwaysBurns,
  2: consultationsTexts.iiBurnsEasily,
  3: consultationsTexts.iiiBurnsSometimes,
  4: consultationsTexts.ivBurnsLittle,
  5: consultationsTexts.vSeldomBurns,
  6: consultationsTexts.viNeverBurns,
} as const;

export const STATUS_WORDS = {
  draft: consultationsTexts.draft,
  sent: consultationsTexts.sentToTheClient,
  approved: consultationsTexts.approvedByTheClient,
  changes: consultationsTexts.clientAsksForChanges,
} as const;

export const LEVEL_WORDS: Readonly<Record<FlagLevel, string>> = {
  stop: consultationsTexts.doNotTreat,
  wait: consultationsTexts.wait,
  note: consultationsTexts.needsDoctorsNote,
};
