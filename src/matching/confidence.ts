import { confidenceTexts } from '../language/texts/confidence.ts';
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

const RETAKE_WITH_CARD = confidenceTexts.retakeWithCard;

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
  const patch = confidenceTexts.patchOfEachNearest;
  add(existingWork === 'fresh', 'low', confidenceTexts.photoShowsFreshWork, confidenceTexts.wait28Days);
  add(calibration.method !== 'card', 'medium', confidenceTexts.estimatedWithoutCard, RETAKE_WITH_CARD);
  const expected = calibration.expectedDeltaE00;
  const brighter = confidenceTexts.retakeInEvenShade;
  add(
    expected > CARD_POOR_DELTA_E00,
    'low',
    confidenceTexts.lightLeavesLargeError,
    calibration.method === 'card' ? brighter : RETAKE_WITH_CARD,
  );
  add(
    calibration.method === 'card' && expected > CARD_GOOD_DELTA_E00,
    'medium',
    confidenceTexts.cardReadRoughly,
    brighter,
  );
  add(target.basis === 'chosen', 'medium', confidenceTexts.noHairWasMeasured, confidenceTexts.markStubble);
  add(target.basis === 'hair', 'medium', confidenceTexts.shavedLookPredicted, confidenceTexts.shaveSmallPatch);
  if (outcome !== 'noGoodMatch' && top) {
    add(probability < RANGE_PROBABILITY, 'low', confidenceTexts.severalShadesAreEquallyLikely, patch);
    add(
      probability >= RANGE_PROBABILITY && probability < CLEAR_PROBABILITY,
      'medium',
      confidenceTexts.oneShadeLeads,
      patch,
    );
  }
  add(top?.recommendation.basis === 'swatch', 'medium', confidenceTexts.onlyOneSwatch, confidenceTexts.askForLadder);
  add(
    top?.recommendation.mixWith !== undefined,
    'medium',
    confidenceTexts.recipeMixesTwoShades,
    confidenceTexts.patchOfMix,
  );
  add(
    settings.goal === 'scar',
    'medium',
    confidenceTexts.scarTissueTakesPigmentDifferently,
    confidenceTexts.patchOnScar,
  );
  return doubts;
}

const STRENGTHS = {
  card: confidenceTexts.measuredWithCard,
  clear: confidenceTexts.oneHealedLookStandsClearlyAhead,
  stubble: confidenceTexts.targetIsMeasuredStubble,
  earlierWork: confidenceTexts.targetIsMeasuredEarlierWork,
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
      reasons: [confidenceTexts.noShadeNear, ...doubts.map(({ reason }) => reason)],
      next: confidenceTexts.searchAnotherCatalog,
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
    next: limiting[0]?.fix ?? confidenceTexts.photographHealed,
  };
}
