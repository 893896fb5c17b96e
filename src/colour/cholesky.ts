/** Square matrices of a few rows, row-major; `n` is their size. */
export type SquareMatrix = Float64Array;

/**
 * Lower Cholesky factor in place of the lower triangle of a symmetric matrix, whose upper one is neither read nor changed;
 * directions without variance become zero.
 */
export function factorInPlace(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let value = matrix[row + j]!;
      for (let k = 0; k < j; k++) value -= matrix[row + k]! * matrix[other + k]!;
      const pivot = matrix[other + j]!;
      matrix[row + j] = pivot > 0 ? value / pivot : 0;
    }
    let value = matrix[row + i]!;
    for (let k = 0; k < i; k++) value -= matrix[row + k]! * matrix[row + k]!;
    matrix[row + i] = Math.sqrt(Math.max(0, value));
  }
}

/** x = L⁻¹·x in place, for a factor without zero pivots. */
export function solveLowerInPlace(lower: SquareMatrix, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let value = x[i]!;
    for (let k = 0; k < i; k++) value -= lower[i * n + k]! * x[k]!;
    x[i] = value / lower[i * n + i]!;
  }
}

/** x = L⁻ᵀ·x in place, for a factor without zero pivots. */
export function solveUpperInPlace(lower: SquareMatrix, n: number, x: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let value = x[i]!;
    for (let k = i + 1; k < n; k++) value -= lower[k * n + i]! * x[k]!;
    x[i] = value / lower[i * n + i]!;
  }
}

/** x = (L·Lᵀ)⁻¹·x in place, for a factor without zero pivots. */
export function solveInPlace(lower: SquareMatrix, n: number, x: Float64Array): void {
  solveLowerInPlace(lower, n, x);
  solveUpperInPlace(lower, n, x);
}

/** Lower Cholesky factor; directions without variance stay zero. */
export function choleskyFactor(matrix: ArrayLike<number>, n: number): SquareMatrix {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) lower[i * n + j] = matrix[i * n + j]!;
  factorInPlace(lower, n);
  return lower;
}

/** Solves L x = b for a factor without zero pivots. */
export function solveLower(lower: SquareMatrix, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  solveLowerInPlace(lower, n, x);
  return x;
}

/** Solves (L Lᵀ) x = b for a factor without zero pivots. */
export function solveCholesky(lower: SquareMatrix, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  solveInPlace(lower, n, x);
  return x;
}
