import type { Lab65, LabCovariance } from '../colour/lab65.ts';
import type { PigmentBasis } from '../optics/pigment.ts';
import { type Candidate, rangeCost } from './candidate.ts';
import { quickCost } from './matchCost.ts';
import type { MatchGoal } from './matchGoal.ts';
import type { CalibrationQuality, MeasuredColour, Target } from './matchTypes.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import { sampleCurve } from './shadeCurve.ts';
import { solveDilution } from './solveDilution.ts';

export interface DrawnProbability {
  readonly best: number;
  readonly topThree: number;
}

export interface DrawOptions {
  readonly draws?: number;
  readonly seed?: number;
}

const DRAWS = 400;
const SEED = 20_261;
/** Shades that cost this much more than the best never win a draw and are left out. */
const COST_WINDOW = 4;
const MOST_CANDIDATES = 16;

/** Relative error of the contrast between hair and skin that a calibration leaves (tone curve, stray light). */
const CONTRAST_ERROR: Readonly<Record<CalibrationQuality['method'], number>> = {
  card: 0.04,
  white: 0.07,
  estimated: 0.12,
  none: 0.12,
};

/**
 * Error of one bottle's strength against its catalog, as sd of ln τ. What all bottles share (healing, depth, the
 * studio's hand) moves every recipe alike and so decides the ratio, not the shade.
 */
export const BOTTLE_ERROR: Readonly<Record<PigmentBasis, number>> = { spectral: 0.04, ladder: 0.06, swatch: 0.12 };

/** Lower Cholesky factor of a 3×3 covariance; directions without variance stay zero. */
export function choleskyFactor(c: LabCovariance): LabCovariance {
  const root = (value: number) => Math.sqrt(Math.max(0, value));
  const over = (value: number, by: number) => (by > 0 ? value / by : 0);
  const l00 = root(c[0]);
  const l10 = over(c[3], l00);
  const l11 = root(c[4] - l10 * l10);
  const l20 = over(c[6], l00);
  const l21 = over(c[7] - l20 * l10, l11);
  return [l00, 0, 0, l10, l11, 0, l20, l21, root(c[8] - l20 * l20 - l21 * l21)];
}

/** Mean length of a three-dimensional normal error of unit sd: √(8/π). */
const MEAN_LENGTH = Math.sqrt(8 / Math.PI);
/** However good the reason to share an error, this part of each measurement stays its own. */
const MOST_SHARED = 0.85;

/**
 * Covariance of the difference target − skin. Both come from one photo: the calibration's error is in both alike and
 * cancels, as predictions are ratios applied to the measured skin; the contrast error does not.
 */
export function differenceCovariance(
  skin: MeasuredColour,
  colour: Lab65,
  covariance: LabCovariance,
  calibration: CalibrationQuality,
): LabCovariance {
  const shared = (calibration.expectedDeltaE00 / MEAN_LENGTH) ** 2;
  const mean = (skin.covariance[0] + skin.covariance[4] + skin.covariance[8]) / 3;
  const own = 1 - (mean > 0 ? Math.min(MOST_SHARED, shared / mean) : 0);
  const error = CONTRAST_ERROR[calibration.method];
  const contrast = [0, 1, 2].map((i) => (colour[i]! - skin.lab[i]!) * error);
  return covariance.map(
    (value, i) => own * (value + skin.covariance[i]!) + contrast[Math.floor(i / 3)]! * contrast[i % 3]!,
  ) as unknown as LabCovariance;
}

/** Writes one draw of a normal error with this Cholesky factor into `shift` from index `at`. */
function drawError(random: SeededRandom, factor: LabCovariance, shift: Float64Array, at: 0 | 3): void {
  const [x, y, z] = [random.normal(), random.normal(), random.normal()];
  shift[at] = factor[0] * x;
  shift[at + 1] = factor[3] * x + factor[4] * y;
  shift[at + 2] = factor[6] * x + factor[7] * y + factor[8] * z;
}

/**
 * Probability of each candidate to be the best and among the best three, from a seeded draw of everything that decides
 * between shades: the measured difference of target and skin, the stub, and every bottle's own strength. Each draw
 * solves every dilution again. The same input gives the same numbers in any order of candidates.
 * @returns probabilities by candidate id; candidates that cannot win are missing
 */
export function drawProbabilities(
  candidates: readonly Candidate[],
  goal: MatchGoal,
  skin: MeasuredColour,
  target: Target,
  calibration: CalibrationQuality,
  { draws = DRAWS, seed = SEED }: DrawOptions = {},
): ReadonlyMap<string, DrawnProbability> {
  const least = Math.min(...candidates.map(({ solved }) => solved.cost));
  const running = [...candidates]
    .sort((one, other) => one.solved.cost - other.solved.cost || (one.id < other.id ? -1 : 1))
    .filter(({ solved }) => solved.cost <= least + COST_WINDOW)
    .slice(0, MOST_CANDIDATES)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const random = seededRandom(seed);
  const colourCost = quickCost(goal);
  const areaFactor = choleskyFactor(differenceCovariance(skin, target.area, target.covariance, calibration));
  const dotFactor =
    target.dot &&
    choleskyFactor(differenceCovariance(skin, target.dot, target.dotCovariance ?? target.covariance, calibration));
  const wins = new Map(running.map(({ id }) => [id, { best: 0, topThree: 0 }]));
  const costs = new Float64Array(running.length);
  const shift = new Float64Array(6);
  const row = new Float64Array(6);
  for (let draw = 0; draw < draws; draw++) {
    drawError(random, areaFactor, shift, 0);
    if (dotFactor) drawError(random, dotFactor, shift, 3);
    running.forEach(({ curve, prepared, fixedCost }, i) => {
      const stronger = random.normal() * BOTTLE_ERROR[prepared.pigment.basis];
      const cost = (x: number) => colourCost(sampleCurve(curve, x - stronger, row), shift) + rangeCost(curve.range, x);
      costs[i] = fixedCost + solveDilution(cost, curve.range, 6, 6).cost;
    });
    const order = running.map((_, i) => i).sort((one, other) => costs[one]! - costs[other]! || one - other);
    wins.get(running[order[0]!]!.id)!.best++;
    for (const i of order.slice(0, 3)) wins.get(running[i]!.id)!.topThree++;
  }
  return new Map([...wins].map(([id, won]) => [id, { best: won.best / draws, topThree: won.topThree / draws }]));
}
