import type { DilutionRange } from './shadeCurve.ts';
import { tradeRatiosAround } from './tradeRatio.ts';

/** Cost of a dilution on the axis x = ln(1 + N). */
export type DilutionCost = (x: number) => number;

interface SolveOptions<T> {
  readonly gridSteps?: number;
  readonly refinements?: number;
  /** Given to the cost each time: one function then serves all shades, and its compiled code is kept. */
  readonly of?: T;
}

export interface SolvedDilution {
  /** ln(1 + N) of the least cost inside the range. */
  readonly x: number;
  readonly cost: number;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Continuous dilution of least cost inside the shade's limits: a coarse grid finds the basin, golden section its floor.
 * Equal limits (a shade used as it is) cost one evaluation.
 */
export function solveDilution<T = undefined>(
  cost: (x: number, of: T) => number,
  range: DilutionRange,
  options: SolveOptions<T> = {},
): SolvedDilution {
  const { gridSteps = 8, refinements = 14 } = options;
  const of = options.of as T;
  const { strongest, weakest } = range;
  const span = weakest - strongest;
  if (span <= 1e-9) return { x: strongest, cost: cost(strongest, of) };
  let x = strongest;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= gridSteps; i++) {
    const at = strongest + (span * i) / gridSteps;
    const value = cost(at, of);
    // On a tie the weaker mix wins: it comes later on the grid.
    if (value <= least) {
      x = at;
      least = value;
    }
  }
  let low = Math.max(strongest, x - span / gridSteps);
  let high = Math.min(weakest, x + span / gridSteps);
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let costLeft = cost(left, of);
  let costRight = cost(right, of);
  for (let i = 0; i < refinements; i++) {
    if (costLeft < costRight) {
      high = right;
      right = left;
      costRight = costLeft;
      left = high - GOLDEN * (high - low);
      costLeft = cost(left, of);
    } else {
      low = left;
      left = right;
      costLeft = costRight;
      right = low + GOLDEN * (high - low);
      costRight = cost(right, of);
    }
  }
  if (costLeft < least) {
    x = left;
    least = costLeft;
  }
  if (costRight < least) {
    x = right;
    least = costRight;
  }
  return { x, cost: least };
}

/** First step of the walk downhill; an octave of strength is .7. */
const WALK_STEP = 0.25;

/** Where the parabola through three points has its floor; null where it has none between them. */
function parabolaFloor(a: number, fa: number, b: number, fb: number, c: number, fc: number): number | null {
  const left = (b - a) * (fb - fc);
  const right = (b - c) * (fb - fa);
  const bottom = 2 * (left - right);
  if (bottom === 0) return null;
  const x = b - ((b - a) * left - (b - c) * right) / bottom;
  return x > a && x < c ? x : null;
}

/**
 * A cost that is asked for so often that it is an object of a class, whose compiled code is kept, and that its numbers
 * pass through an array: one that is given to a function or returned by it may be made an object each time.
 */
export interface NearCost {
  /** A dilution on the axis x = ln(1 + N), and its cost. */
  readonly spot: Float64Array;
  /** Puts the cost of the dilution in `spot` beside it. */
  weigh(): void;
}

function costAt(cost: NearCost, x: number): number {
  cost.spot[0] = x;
  cost.weigh();
  return cost.spot[1]!;
}

/**
 * Least cost near a first guess, left in `cost.spot`: downhill in growing steps until the floor is enclosed, then two
 * parabolas. Half a dozen evaluations for a smooth cost with one floor; for draws and screening, where a hundredth of a
 * unit does not matter.
 */
export function solveNear(cost: NearCost, guess: number, { strongest, weakest }: DilutionRange): void {
  let b = Math.min(weakest, Math.max(strongest, guess));
  let fb = costAt(cost, b);
  if (weakest - strongest <= 1e-9) return;
  let a = Math.max(strongest, b - WALK_STEP);
  let fa = a < b ? costAt(cost, a) : Number.POSITIVE_INFINITY;
  let c = Math.min(weakest, b + WALK_STEP);
  let fc = c > b ? costAt(cost, c) : Number.POSITIVE_INFINITY;
  for (let step = 2 * WALK_STEP; fc < fb && fc <= fa && c < weakest; step *= 2) {
    a = b;
    fa = fb;
    b = c;
    fb = fc;
    c = Math.min(weakest, b + step);
    fc = costAt(cost, c);
  }
  for (let step = 2 * WALK_STEP; fa < fb && fa < fc && a > strongest; step *= 2) {
    c = b;
    fc = fb;
    b = a;
    fb = fa;
    a = Math.max(strongest, b - step);
    fa = costAt(cost, a);
  }
  for (let step = 0; step < 2 && fb <= fa && fb <= fc; step++) {
    const x = parabolaFloor(a, Math.min(fa, 1e6), b, fb, c, Math.min(fc, 1e6));
    if (x === null) break;
    const value = costAt(cost, x);
    if (value < fb) {
      // The old middle becomes the end on its side.
      if (x < b) {
        c = b;
        fc = fb;
      } else {
        a = b;
        fa = fb;
      }
      b = x;
      fb = value;
    } else if (x < b) {
      a = x;
      fa = value;
    } else {
      c = x;
      fc = value;
    }
  }
  const left = fa < fb && fa < fc;
  const right = !left && fc < fb;
  cost.spot[0] = left ? a : right ? c : b;
  cost.spot[1] = left ? fa : right ? fc : fb;
}

/** Costs closer than this are not worth a stronger mix. */
const WEAKER_WITHIN = 0.5;

/** The trade ratio beside a solved dilution: the weaker of the two unless it costs .5 more than the stronger. */
export function tradeRatioFor(cost: DilutionCost, x: number, minParts: number, maxParts: number): number {
  const { stronger, weaker } = tradeRatiosAround(Math.expm1(x), minParts, maxParts);
  return cost(Math.log1p(weaker)) <= cost(Math.log1p(stronger)) + WEAKER_WITHIN ? weaker : stronger;
}
