import { itaDegrees } from '../colour/ita.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { confidenceTexts } from '../language/texts/confidence.ts';
import type { ConfidenceCap } from './matchTypes.ts';

/**
 * Individual typology angles that untanned to deeply tanned skin of each Fitzpatrick type may well have, degrees. Type (how
 * skin takes sun) and angle (how it looks) are different things, so the ranges are wide: what lies beyond is a photo's
 * light or a slip of the pen rather than a client.
 */
const LIKELY_ITA: readonly (readonly [least: number, most: number])[] = [
  [25, 90],
  [15, 90],
  [0, 75],
  [-20, 60],
  [-60, 40],
  [-90, 15],
];

/** A doubt about the photo where skin type as asked and skin as measured can hardly be the same person's. */
export function skinTypeDoubt(fitzpatrick: 1 | 2 | 3 | 4 | 5 | 6 | undefined, skin: Lab65): ConfidenceCap | null {
  if (fitzpatrick === undefined) return null;
  const ita = itaDegrees(skin);
  const [least, most] = LIKELY_ITA[fitzpatrick - 1]!;
  if (ita >= least && ita <= most) return null;
  return {
    level: 'medium',
    reason: confidenceTexts.skinUnlikeItsType(ita < least, fitzpatrick),
    fix: confidenceTexts.checkLightAndType,
  };
}
