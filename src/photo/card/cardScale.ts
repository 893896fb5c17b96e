import type { DetectedCard } from './cardDetection.ts';

/** Makes of the 24-patch card; all look alike in a photo, so only a person can say which it is. */
export type CardType = 'classic' | 'mini' | 'passport' | 'nano';

/**
 * Distance between patch centres in mm, from the makers' outer sizes (classic 279 × 216, mini 109 × 63.5, Passport page
 * 125 × 90, nano 41 × 24) and the proportions of the lattice in photographs of each: good to about 3 %.
 */
export const CARD_PITCH_MM: Readonly<Record<CardType, number>> = { classic: 44, mini: 13, passport: 14, nano: 5.8 };

/** Photo pixels per mm on the card's plane, given which card it is. */
export function pxPerMm(card: DetectedCard, type: CardType): number {
  return card.pitchPx / CARD_PITCH_MM[type];
}
