import { solveLinear } from './levenbergMarquardt.ts';

/** Matrix that turns values at equally spaced nodes into the spline's second derivatives there (times spacing²). */
export type SplineOperator = readonly (readonly number[])[];

/**
 * Cubic spline on `count` ≥ 5 equally spaced nodes with not-a-knot ends: fourth order up to the ends, where the thin
 * pigment lies that matters most.
 */
export function makeSplineOperator(count: number): SplineOperator {
  const rows = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_value, j) => {
      if (i === 0) return [1, -2, 1][j] ?? 0;
      if (i === count - 1) return [1, -2, 1][count - 1 - j] ?? 0;
      return i === j ? 4 : Math.abs(i - j) === 1 ? 1 : 0;
    }),
  );
  const columns = Array.from({ length: count }, (_, node) => {
    const value = (k: number) => (k === node ? 6 : 0);
    const right = rows.map((_row, i) => (i === 0 || i === count - 1 ? 0 : value(i - 1) - 2 * value(i) + value(i + 1)));
    return solveLinear(rows, right);
  });
  return rows.map((_, i) => columns.map((column) => column[i]!));
}

/** Second derivatives (times spacing²) of the spline through `values`. */
export function splineCurvature(operator: SplineOperator, values: ArrayLike<number>): Float64Array {
  const curvature = new Float64Array(operator.length);
  for (let i = 0; i < curvature.length; i++) {
    const row = operator[i]!;
    for (let k = 0; k < row.length; k++) curvature[i]! += row[k]! * values[k]!;
  }
  return curvature;
}
