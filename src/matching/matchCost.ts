import { weightedDeltaE00 } from '../colour/deltaE00.ts';
import type { Lab65 } from '../colour/lab65.ts';
import type { Appearance } from './appearance.ts';
import type { MatchGoal } from './matchGoal.ts';

/**
 * kL < kC because errors of lightness are least forgiven: 50:50 acceptability on facial skin is ΔL* .86 against
 * Δa* 2.04 and Δb* 2.52 (University of Athens, 90 observers).
 */
const toleranceDeltaE00 = weightedDeltaE00(0.8, 1.3, 1.3);

const AREA_WEIGHT = 0.6;
const DOT_WEIGHT = 0.4;
/** A pale result can be built up in the next session, a dark one needs laser. */
const TOO_DARK_PENALTY = 0.6;
/** The penalty is in full force from this ΔL*. */
const FULL_PENALTY_L = 2;

function term(goal: Lab65, seen: Lab65): number {
  const tooDark = Math.min(1, Math.max(0, (goal[0] - seen[0]) / FULL_PENALTY_L));
  return toleranceDeltaE00(goal, seen) * (1 + TOO_DARK_PENALTY * tooDark);
}

/** Cost J of an appearance without its metamerism term: weighted ΔE00 of area tone and dot contrast. */
export function appearanceCost(goal: MatchGoal, seen: Appearance): number {
  const area = term(goal.area, seen.area);
  return goal.dot === null ? area : AREA_WEIGHT * area + DOT_WEIGHT * term(goal.dot, seen.dot);
}

/** Weight of the metamerism index (mean ΔE00 under other lights) in the cost. */
export const METAMERISM_WEIGHT = 0.3;
