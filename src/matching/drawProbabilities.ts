import { choleskyFactor } from '../colour/cholesky.ts';
import type { Lab65 } from '../colour/lab65.ts';
import type { PigmentBasis } from '../optics/pigment.ts';
import { byCost, type Candidate, rangeCost } from './candidate.ts';
import type { Gaussian } from './gaussian.ts';
import { type AppearanceRow, QuickCost } from './matchCost.ts';
import type { MatchGoal } from './matchGoal.ts';
import type { CalibrationQuality } from './matchTypes.ts';
import { seededRandom } from './seededRandom.ts';
import { type ShadeCurve, sampleCurve } from './shadeCurve.ts';
import { type NearCost, solveNear } from './solveDilution.ts';

export interface DrawnProbability {
  readonly best: number;
  readonly topThree: number;
}

/** Of a shade that won no draw. */
export const IMPROBABLE: DrawnProbability = { best: 0, topThree: 0 };

/**
 * Fitted on simulated clients and checked on others by `npm run evaluate`: each part of a belief is stated with caution,
 * so that together they are wider than the errors are.
 */
const SPREAD_SCALE = 0.8;
/**
 * Error of one shade's cost beside another's, for each ΔE00 of error in the skin that predictions stand on and each L* of
 * contrast between skin and dots. Fitted likewise; neighbouring shades share much of what their predictions are off by.
 */
const COST_PER_SKIN_ERROR = 0.0014;

export interface DrawOptions {
  readonly draws?: number;
  readonly seed?: number;
}

const DRAWS = 400;
const SEED = 20_261;
/** Shades that cost this much more than the best never win a draw and are left out. */
const COST_WINDOW = 4;

/**
 * Error of one bottle's strength against its catalog, as sd of ln τ. What all bottles share (healing, depth, the
 * studio's hand) moves every recipe alike and so decides the ratio, not the shade.
 */
export const BOTTLE_ERROR: Readonly<Record<PigmentBasis, number>> = { spectral: 0.04, ladder: 0.06, swatch: 0.12 };

/**
 * The goal's area for one drawn target: where the density limits the area, its tone follows the drawn dot, as in
 * `goalFor`. Writes area and dot minus those of `goal` into `shift`.
 */
function goalShift(drawn: Float64Array, goal: MatchGoal, skin: Lab65, shift: Float64Array): void {
  let share = 1;
  if (goal.dot !== null) {
    for (let i = 3; i < 6; i++) shift[i] = skin[i - 3]! + drawn[i]! - goal.dot[i - 3]!;
    const wanted = -drawn[0]!;
    const possible = (goal.dotDarkening * -drawn[3]!) / (skin[0] - goal.dot[0]);
    if (wanted > 0 && possible >= 0) share = Math.min(1, possible / wanted);
  }
  for (let i = 0; i < 3; i++) shift[i] = skin[i]! + drawn[i]! * share - goal.area[i]!;
}

/** Cost of one candidate's dilutions in one draw. */
class DrawnCost implements NearCost {
  readonly spot = new Float64Array(2);
  /** What is drawn of the goal, see `goalShift`. */
  readonly shift: AppearanceRow = new Float64Array(6);
  curve: ShadeCurve | null = null;
  /** By how much the bottle is stronger than its catalog says, ln τ. */
  readonly stronger = new Float64Array(1);
  readonly #colourCost: QuickCost;
  readonly #row: AppearanceRow = new Float64Array(6);
  readonly #reached = new Float64Array(1);

  constructor(colourCost: QuickCost) {
    this.#colourCost = colourCost;
  }

  weigh(): void {
    const curve = this.curve!;
    this.#reached[0] = this.spot[0]! - this.stronger[0]!;
    const seen = sampleCurve(curve, this.#reached, this.#row);
    this.spot[1] = this.#colourCost.of(seen, this.shift) + rangeCost(curve.range, this.spot[0]!);
  }
}

/**
 * Probability of each candidate to be the best and among the best three, from a seeded draw of everything that decides
 * between shades: the difference of target and skin, every bottle's own strength, and what the error of the skin does to
 * the predictions. Each draw solves every dilution again. The same input gives the same numbers in any order of candidates.
 * @param spread area and dot of the target minus the skin
 * @returns probabilities by candidate id; candidates that cannot win are missing
 */
export function drawProbabilities(
  candidates: readonly Candidate[],
  goal: MatchGoal,
  skin: Lab65,
  spread: Gaussian,
  { expectedDeltaE00 }: Pick<CalibrationQuality, 'expectedDeltaE00'>,
  { draws = DRAWS, seed = SEED }: DrawOptions = {},
): ReadonlyMap<string, DrawnProbability> {
  const least = Math.min(...candidates.map(({ solved }) => solved.cost));
  const running = [...candidates]
    .sort(byCost)
    .filter(({ solved }) => solved.cost <= least + COST_WINDOW)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const random = seededRandom(seed);
  const contrast = Math.max(0, skin[0] - (goal.dot ?? goal.area)[0]);
  const costError = COST_PER_SKIN_ERROR * expectedDeltaE00 * contrast;
  const n = spread.mean.length;
  const factor = choleskyFactor(spread.covariance, n);
  const normal = new Float64Array(n);
  const drawn = new Float64Array(n);
  if (running.length === 0) return new Map();
  const best = new Uint32Array(running.length);
  const topThree = new Uint32Array(running.length);
  const costs = new Float64Array(running.length);
  const drawnCost = new DrawnCost(new QuickCost(goal));
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < n; i++) {
      normal[i] = random.normal();
      drawn[i] = spread.mean[i]!;
      for (let k = 0; k <= i; k++) drawn[i]! += SPREAD_SCALE * factor[i * n + k]! * normal[k]!;
    }
    goalShift(drawn, goal, skin, drawnCost.shift);
    for (let i = 0; i < running.length; i++) {
      const { curve, prepared, fixedCost, solved } = running[i]!;
      drawnCost.curve = curve;
      drawnCost.stronger[0] = random.normal() * BOTTLE_ERROR[prepared.pigment.basis];
      const ownError = costError * random.normal();
      solveNear(drawnCost, solved.x, curve.range);
      costs[i] = fixedCost + ownError + drawnCost.spot[1]!;
    }
    for (let place = 0; place < Math.min(3, running.length); place++) {
      // Of equal costs the first one, so that its id decides.
      let cheapest = 0;
      for (let i = 1; i < costs.length; i++) if (costs[i]! < costs[cheapest]!) cheapest = i;
      if (place === 0) best[cheapest]!++;
      topThree[cheapest]!++;
      costs[cheapest] = Number.POSITIVE_INFINITY;
    }
  }
  return new Map(running.map(({ id }, i) => [id, { best: best[i]! / draws, topThree: topThree[i]! / draws }]));
}
