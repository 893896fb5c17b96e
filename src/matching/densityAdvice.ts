import { deltaE00 } from '../colour/deltaE00.ts';
import { matchDotLightness } from './matchGoal.ts';
import type { DensityAdvice } from './matchTypes.ts';
import type { MatchContext } from './recommend.ts';
import { matchWords } from './words.ts';

/** Dots per cm² that can be set without merging. */
const LEAST = 40;
const MOST = 250;
const STEP = 10;
/** Advice is worth giving from this gain in ΔE00. */
const WORTH_DELTA_E00 = 0.7;

/**
 * Density at the same diameter that brings dots as dark as the stubs to the target's area tone, where that is clearly
 * closer than the given density.
 */
export function adviseDensity({ table, hand, input }: MatchContext, deltaNow: number): DensityAdvice | null {
  const { target } = input;
  if (!target.dot || target.dot[0] >= table.skin[0] || target.area[0] >= table.skin[0]) return null;
  let low = LEAST;
  let high = MOST;
  while (high - low > STEP) {
    const densityPerCm2 = (low + high) / 2;
    if (matchDotLightness(table, { ...hand, densityPerCm2 }, target.dot).area[0] > target.area[0]) low = densityPerCm2;
    else high = densityPerCm2;
  }
  const densityPerCm2 = Math.round((low + high) / 2 / STEP) * STEP;
  const area = matchDotLightness(table, { ...hand, densityPerCm2 }, target.dot).area;
  const difference = deltaE00(target.area, area);
  if (densityPerCm2 === hand.densityPerCm2 || deltaNow - difference < WORTH_DELTA_E00) return null;
  return { densityPerCm2, deltaE00: difference, words: matchWords(target.area, area, difference) };
}
