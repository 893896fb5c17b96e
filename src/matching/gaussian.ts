import { choleskyFactor, type SquareMatrix, solveCholesky } from '../colour/cholesky.ts';

export interface Gaussian {
  readonly mean: Float64Array;
  readonly covariance: SquareMatrix;
}

/** What is known after a measurement of everything (mean, covariance) meets what was expected before it. */
export function combineGaussians(before: Gaussian, measured: Gaussian): Gaussian {
  const n = before.mean.length;
  const total = before.covariance.map((value, i) => value + measured.covariance[i]!);
  const lower = choleskyFactor(total, n);
  const column = (matrix: SquareMatrix, j: number) => Float64Array.from({ length: n }, (_, i) => matrix[i * n + j]!);
  // Gain K = P (P + R)⁻¹; its rows are the solutions for the columns of the symmetric P.
  const gain = Array.from({ length: n }, (_, i) => solveCholesky(lower, n, column(before.covariance, i)));
  const mean = before.mean.map((value, i) =>
    gain[i]!.reduce((sum, weight, k) => sum + weight * (measured.mean[k]! - before.mean[k]!), value),
  );
  const covariance = before.covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return gain[i]!.reduce((sum, weight, k) => sum - weight * before.covariance[k * n + j]!, value);
  });
  return { mean, covariance };
}
