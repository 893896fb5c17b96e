import type { CardAbsence, CardDetection } from './cardDetection.ts';

const MESSAGES: Readonly<Record<CardAbsence, string>> = {
  none: 'No colour card was found in the photo. Lay a 24-patch card flat beside the head, all of it in view, and retake.',
  partlyOutside: 'Part of the colour card is outside the photo. Retake with the whole card in view.',
  tooSmall:
    'The colour card is too small in the photo to measure its patches. Move it or the camera closer and retake.',
  ambiguous:
    'Something like a colour card was found, but its patches do not tell which way round it lies. Clean it or move it out of glare and retake, or place its corners by hand.',
  mirrored:
    'The photo is mirrored, so its card reads the wrong way round. Turn off mirroring in the camera and retake.',
  tooBlurred:
    'The colour card is too blurred to find its patches. Hold the camera still, focus on the card and retake.',
};

/** A refusal with its sentence for people. */
export function absence(reason: CardAbsence): CardDetection {
  return { found: false, reason, message: MESSAGES[reason] };
}
