import type { MatchResult } from '../../src/app/matchResult.ts';

/** The states a result page can be in, made from the demo's own result. */

export function clearMatch(result: MatchResult): MatchResult {
  const confidence = {
    level: 'high' as const,
    reasons: ['The colours were measured with a colour card in the photo.'],
    next: 'Photograph this client healed and enter the recipe: it sets the strength for this studio.',
  };
  return { ...result, outcome: 'match', confidence };
}

export function tooClose(result: MatchResult): MatchResult {
  const confidence = { ...result.confidence, level: 'low' as const };
  return { ...result, outcome: 'tooCloseToCall', confidence };
}

export function noGoodMatch(result: MatchResult): MatchResult {
  const far = { deltaE00: 9.31, words: 'not a good match, much darker, warmer' };
  return {
    ...result,
    outcome: 'noGoodMatch',
    recommendations: result.recommendations.map((shade) => ({ ...shade, ...far })),
    confidence: {
      level: 'none',
      reasons: ['No shade of the chosen catalogs comes near the target.'],
      next: 'Search another catalog, or measure the client’s skin and hair with a colour sensor.',
    },
  };
}

/** As without a card: the reasons carry values that such a photo cannot tell. */
export function uncalibrated(result: MatchResult): MatchResult {
  const calibration = { method: 'none' as const, expectedDeltaE00: 7, message: 'No colour card was found.' };
  const confidence = { ...result.confidence, level: 'medium' as const };
  const why = [
    'The target area is darker than the skin around it (target L* 52.1, a* 11.0, b* 13.9; skin region L* 58.3, a* 12.2, b* 16.0).',
    'DA-03 at 12:1, healed, beside the target: very close (ΔE00 1.4, predicted for 100 dots per cm² of 0.3 mm).',
    'From half a metre one dot looks lighter than one stub of this hair (ΔE00 3.0).',
    '12:1 lies inside what the maker allows for DA-03 (6:1 to 20:1, everyday mix 12:1).',
  ];
  return { ...result, outcome: 'match', calibration, confidence, why };
}

export function refused(result: MatchResult): MatchResult {
  const message = 'No hair or stubble could be found.';
  const fix = 'Tap a patch of hair in the photo.';
  return {
    ...result,
    outcome: 'refused',
    quality: [{ check: 'hairVisible', level: 'fail', message, fix }, ...result.quality],
    target: null,
    recommendations: [],
    sessions: [],
    why: [message],
    densityAdvice: null,
    confidence: { level: 'none', reasons: [message], next: fix },
  };
}
