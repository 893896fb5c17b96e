import type { DilutionRange } from './shadeCurve.ts';
import { tradeRatiosAround } from './tradeRatio.ts';

/** Cost of a dilution on the axis x = ln(1 + N). */
export type DilutionCost = (x: number) => number;

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
export function solveDilution(
  cost: DilutionCost,
  range: DilutionRange,
  gridSteps = 8,
  refinements = 14,
): SolvedDilution {
  const { strongest, weakest } = range;
  const span = weakest - strongest;
  if (span <= 1e-9) return { x: strongest, cost: cost(strongest) };
  let x = strongest;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= gridSteps; i++) {
    const at = strongest + (span * i) / gridSteps;
    const value = cost(at);
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
  let costLeft = cost(left);
  let costRight = cost(right);
  for (let i = 0; i < refinements; i++) {
    if (costLeft < costRight) {
      high = right;
      right = left;
      costRight = costLeft;
      left = high - GOLDEN * (high - low);
      costLeft = cost(left);
    } else {
      low = left;
      left = right;
      costLeft = costRight;
      right = low + GOLDEN * (high - low);
      costRight = cost(right);
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

/** Costs closer than this are not worth a stronger mix. */
const WEAKER_WITHIN = 0.5;

/** The trade ratio beside a solved dilution: the weaker of the two unless it costs .5 more than the stronger. */
export function tradeRatioFor(cost: DilutionCost, x: number, minParts: number, maxParts: number): number {
  const { stronger, weaker } = tradeRatiosAround(Math.expm1(x), minParts, maxParts);
  return cost(Math.log1p(weaker)) <= cost(Math.log1p(stronger)) + WEAKER_WITHIN ? weaker : stronger;
}
