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

/** Six numbers of an appearance as one row: area L*, a*, b*, dot L*, a*, b*. */
export type AppearanceRow = Float64Array;

/** Step in Lab for the local metric: small beside the ellipsoid's change, large beside rounding. */
const METRIC_STEP = 0.5;

/** ΔE00² near a colour as a quadratic form xx, yy, zz, xy, xz, yz: its tolerance ellipsoid there. */
function localMetric(colour: Lab65): readonly number[] {
  const squared = (L: number, a: number, b: number): number => {
    const moved = [colour[0] + L * METRIC_STEP, colour[1] + a * METRIC_STEP, colour[2] + b * METRIC_STEP];
    return (toleranceDeltaE00(colour, moved as unknown as Lab65) / METRIC_STEP) ** 2;
  };
  const [xx, yy, zz] = [squared(1, 0, 0), squared(0, 1, 0), squared(0, 0, 1)];
  return [xx, yy, zz, squared(1, 1, 0) - xx - yy, squared(1, 0, 1) - xx - zz, squared(0, 1, 1) - yy - zz];
}

/** Numbers of one colour in a `QuickCost`: the goal's Lab, the six of its metric and its weight. */
const STRIDE = 10;

/**
 * `appearanceCost` with ΔE00 replaced by its tolerance ellipsoid at the goal: the same within a few per cent up to
 * ΔE00 5, and twenty times faster. For draws and screening, where a cost is asked for a million times: a class, because
 * the compiled code of a closure is thrown away with it, and all its numbers in one array, so that none is made an object.
 */
export class QuickCost {
  readonly #colours: Float64Array;

  constructor({ area, dot }: MatchGoal) {
    const numbersOf = (colour: Lab65, weight: number) => [...colour, ...localMetric(colour), weight];
    this.#colours = Float64Array.from(
      dot === null ? numbersOf(area, 1) : [...numbersOf(area, AREA_WEIGHT), ...numbersOf(dot, DOT_WEIGHT)],
    );
  }

  /** Cost of a row, the goal shifted by the six numbers of `shift`. */
  of(row: AppearanceRow, shift: AppearanceRow): number {
    const g = this.#colours;
    let cost = 0;
    for (let at = 0, k = 0; at < g.length; at += STRIDE, k += 3) {
      const L = row[k]! - g[at]! - shift[k]!;
      const a = row[k + 1]! - g[at + 1]! - shift[k + 1]!;
      const b = row[k + 2]! - g[at + 2]! - shift[k + 2]!;
      const squares = g[at + 3]! * L * L + g[at + 4]! * a * a + g[at + 5]! * b * b;
      const form = squares + g[at + 6]! * L * a + g[at + 7]! * L * b + g[at + 8]! * a * b;
      const tooDark = Math.min(1, Math.max(0, -L / FULL_PENALTY_L));
      cost += g[at + 9]! * Math.sqrt(Math.max(0, form)) * (1 + TOO_DARK_PENALTY * tooDark);
    }
    return cost;
  }
}
