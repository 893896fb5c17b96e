import { quantile } from '../quality/quantile.ts';

export const median = (values: ArrayLike<number>) => quantile(values, 0.5);

/** Mean; 0 without values. */
export const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

/** Standard deviation of a sample. */
export function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / Math.max(1, values.length - 1));
}
