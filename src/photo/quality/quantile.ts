import { selectInPlace } from '../selectInPlace.ts';

/** A quantile 0–1 of values in any order; NaN when there are none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) return Number.NaN;
  return selectInPlace(new Float32Array(values), Math.min(values.length - 1, Math.floor(share * values.length)));
}
