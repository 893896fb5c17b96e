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

/** Solves L x = b for a factor without zero pivots. */
export function solveLower(lower: SquareMatrix, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}

/** Solves (L Lᵀ) x = b for a factor without zero pivots. */
export function solveCholesky(lower: SquareMatrix, n: number, b: ArrayLike<number>): Float64Array {
  const x = solveLower(lower, n, b);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}
