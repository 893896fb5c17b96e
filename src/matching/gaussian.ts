/** Square matrices of a few rows, row-major; `n` is their size. */
export type SquareMatrix = Float64Array;

/** Lower Cholesky factor; directions without variance stay zero. */
export function choleskyFactor(matrix: ArrayLike<number>, n: number): SquareMatrix {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) value -= lower[i * n + k]! * lower[j * n + k]!;
      const pivot = lower[j * n + j]!;
      if (i === j) lower[i * n + i] = Math.sqrt(Math.max(0, value));
      else lower[i * n + j] = pivot > 0 ? value / pivot : 0;
    }
  }
  return lower;
}

/** Solves (L Lᵀ) x = b for a Cholesky factor without zero pivots. */
function solveCholesky(lower: SquareMatrix, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}

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
