import { colourCardTexts } from '../../language/texts/colourCard.ts';
import type { CardAbsence, CardDetection } from './cardDetection.ts';

const MESSAGES: Readonly<Record<CardAbsence, string>> = {
  none: colourCardTexts.noCardFound,
  partlyOutside: colourCardTexts.cardPartlyOutside,
  tooSmall: colourCardTexts.cardTooSmall,
  ambiguous: colourCardTexts.wayRoundUnknown,
  mirrored: colourCardTexts.photoIsMirrored,
  tooBlurred: colourCardTexts.cardTooBlurred,
};

/** A refusal with its sentence for people. */
export function absence(reason: CardAbsence): CardDetection {
  return { found: false, reason, message: MESSAGES[reason] };
}
