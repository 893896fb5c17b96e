import type { Confidence, MatchInput, Outcome } from './matchTypes.ts';
import type { Recipe } from './recommend.ts';
import { skinTypeDoubt } from './skinTypeDoubt.ts';

/** P(best) from which one shade is clear, and below which only a range is (COLOUR.md §2). */
const CLEAR_PROBABILITY = 0.7;
export const RANGE_PROBABILITY = 0.4;
const CARD_GOOD_DELTA_E00 = 3;
const CARD_POOR_DELTA_E00 = 6;

const LEVELS = ['none', 'low', 'medium', 'high'] as const;
type Level = (typeof LEVELS)[number];

/** One doubt: the highest level it allows, why, and what would remove it. Listed cheapest remedy first. */
interface Doubt {
  readonly atMost: Level;
  readonly reason: string;
  readonly fix: string;
}

const RETAKE_WITH_CARD =
  'Retake the photo with a 24-patch colour card beside the head: it about halves the colour error.';

function doubtsOf(input: MatchInput, outcome: Outcome, top: Recipe | undefined, probability: number): Doubt[] {
  const { calibration, target, settings, caps, existingWork } = input;
  const doubtfulType = skinTypeDoubt(settings.fitzpatrick, input.skin.lab);
  const doubts: Doubt[] = [...caps, ...(doubtfulType ? [doubtfulType] : [])].map(({ level, reason, fix }) => ({
    atMost: level,
    reason,
    fix,
  }));
  const add = (when: boolean, atMost: Level, reason: string, fix: string): void => {
    if (when) doubts.push({ atMost, reason, fix });
  };
  const patch = 'Set a patch of each of the nearest shades on skin and compare them healed, in daylight.';
  add(
    existingWork === 'fresh',
    'low',
    'The photo shows fresh work, which looks darker than it heals.',
    'Wait 28 days and take a new photo.',
  );
  add(calibration.method !== 'card', 'medium', 'The colours are estimated without a colour card.', RETAKE_WITH_CARD);
  const expected = calibration.expectedDeltaE00;
  const brighter = 'Retake the photo in even shade with the whole card flat beside the head.';
  add(
    expected > CARD_POOR_DELTA_E00,
    'low',
    'The light in the photo leaves a large colour error.',
    calibration.method === 'card' ? brighter : RETAKE_WITH_CARD,
  );
  add(
    calibration.method === 'card' && expected > CARD_GOOD_DELTA_E00,
    'medium',
    'The colour card could be read only roughly.',
    brighter,
  );
  add(
    target.basis === 'chosen',
    'medium',
    'No hair was measured; the hair colour was chosen.',
    'Mark a patch of stubble, eyebrow or beard in the photo.',
  );
  add(
    target.basis === 'hair',
    'medium',
    'The hair is longer than stubble or not the scalp’s, so its shaved look is predicted.',
    'Shave a small patch to half a millimetre and photograph it.',
  );
  if (outcome !== 'noGoodMatch' && top) {
    add(probability < RANGE_PROBABILITY, 'low', 'Several shades are equally likely from this photo.', patch);
    add(
      probability >= RANGE_PROBABILITY && probability < CLEAR_PROBABILITY,
      'medium',
      'One shade leads, but not by enough to be clear of the next.',
      patch,
    );
  }
  add(
    top?.recommendation.basis === 'swatch',
    'medium',
    'The catalog gives only one swatch of this shade, so its strength is assumed.',
    'Ask the supplier for a dilution ladder, or calibrate on one healed photo with its recipe.',
  );
  add(
    top?.recommendation.mixWith !== undefined,
    'medium',
    'The recipe mixes two shades, which multiplies what each may be wrong by.',
    'Set a patch of the mix on skin and judge it after 28 days.',
  );
  add(
    settings.goal === 'scar',
    'medium',
    'Scar tissue takes pigment differently from the skin around it.',
    'Set a patch on the scar and judge it after 28 days.',
  );
  return doubts;
}

const STRENGTHS = {
  card: 'The colours were measured with a colour card in the photo.',
  clear: 'One healed look stands clearly ahead of the others.',
  stubble: 'The target is measured stubble on this skin.',
  earlierWork: 'The target is measured earlier work on this skin.',
} as const;

/**
 * How far to trust the recommendation: a word, at least one reason, and the one cheapest thing that would raise it.
 * `probability` is that of the recommended look. Never a percentage. Without a card never above medium; a poor photo used anyway is low.
 */
export function assessConfidence(
  input: MatchInput,
  outcome: Outcome,
  top: Recipe | undefined,
  probability: number,
): Confidence {
  const doubts = doubtsOf(input, outcome, top, probability);
  const lowest = Math.min(LEVELS.length - 1, ...doubts.map(({ atMost }) => LEVELS.indexOf(atMost)));
  if (outcome === 'noGoodMatch') {
    return {
      level: 'none',
      reasons: ['No shade of the chosen catalogs comes near the target.', ...doubts.map(({ reason }) => reason)],
      next: 'Search another catalog, or measure the client’s skin and hair with a colour sensor.',
    };
  }
  const limiting = doubts.filter(({ atMost }) => LEVELS.indexOf(atMost) === lowest);
  const strengths = [
    input.calibration.method === 'card' ? STRENGTHS.card : null,
    probability >= CLEAR_PROBABILITY ? STRENGTHS.clear : null,
    input.target.basis === 'stubble' ? STRENGTHS.stubble : null,
    input.target.basis === 'earlierWork' ? STRENGTHS.earlierWork : null,
  ].filter((reason) => reason !== null);
  const reasons =
    doubts.length > 0 ? [...limiting, ...doubts.filter((d) => !limiting.includes(d))].map((d) => d.reason) : strengths;
  return {
    level: LEVELS[lowest]!,
    reasons,
    next:
      limiting[0]?.fix ?? 'Photograph this client healed and enter the recipe: it sets the strength for this studio.',
  };
}
