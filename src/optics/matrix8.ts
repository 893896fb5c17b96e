/**
 * Kernels for dense 8×8 matrices, row-major Float64Array(64). Sizes are constants so that the engine unrolls them:
 * one client's table takes about 20,000 of these products.
 */
const N = 8;
const N2 = 64;

/** out = a·b. `out` must be neither a nor b. */
export function multiply(a: Float64Array, b: Float64Array, out: Float64Array): Float64Array {
  for (let i = 0; i < N2; i += N) {
    for (let j = 0; j < N; j++) {
      let total = 0;
      for (let k = 0; k < N; k++) total += a[i + k]! * b[k * N + j]!;
      out[i + j] = total;
    }
  }
  return out;
}

/** a·v for a vector of 8. */
export function apply(a: Float64Array, v: Float64Array): Float64Array {
  const out = new Float64Array(N);
  for (let i = 0; i < N; i++) {
    let total = 0;
    for (let k = 0; k < N; k++) total += a[i * N + k]! * v[k]!;
    out[i] = total;
  }
  return out;
}

/** Lower Cholesky factor of a symmetric positive definite matrix, its diagonal stored inverted. */
function cholesky(a: Float64Array, out: Float64Array): void {
  for (let j = 0; j < N; j++) {
    let pivot = a[j * N + j]!;
    for (let k = 0; k < j; k++) pivot -= out[j * N + k]! * out[j * N + k]!;
    const inverse = 1 / Math.sqrt(pivot);
    out[j * N + j] = inverse;
    for (let i = j + 1; i < N; i++) {
      let value = a[i * N + j]!;
      for (let k = 0; k < j; k++) value -= out[i * N + k]! * out[j * N + k]!;
      out[i * N + j] = value * inverse;
    }
  }
}

const factor = new Float64Array(N2);
const half = new Float64Array(N2);

/** out = t·a⁻¹·t for symmetric positive definite a and symmetric t, as (L⁻¹t)ᵀ(L⁻¹t). */
export function sandwichInverse(a: Float64Array, t: Float64Array, out: Float64Array): Float64Array {
  cholesky(a, factor);
  for (let i = 0; i < N; i++) {
    const inverse = factor[i * N + i]!;
    for (let j = 0; j < N; j++) {
      let value = t[i * N + j]!;
      for (let k = 0; k < i; k++) value -= factor[i * N + k]! * half[k * N + j]!;
      half[i * N + j] = value * inverse;
    }
  }
  for (let i = 0; i < N; i++) {
    for (let j = i; j < N; j++) {
      let total = 0;
      for (let k = 0; k < N; k++) total += half[k * N + i]! * half[k * N + j]!;
      out[i * N + j] = total;
      out[j * N + i] = total;
    }
  }
  return out;
}

const upper = new Float64Array(N2);

/**
 * Solves a·X = b in place of `b` (N rows of `columns`). No pivoting: every system here is identity minus a
 * contraction (less light comes back than went in), for which elimination is stable.
 */
export function solve(a: Float64Array, b: Float64Array, columns: number): Float64Array {
  upper.set(a);
  for (let p = 0; p < N; p++) {
    const inverse = 1 / upper[p * N + p]!;
    for (let i = p + 1; i < N; i++) {
      const ratio = upper[i * N + p]! * inverse;
      for (let k = p + 1; k < N; k++) upper[i * N + k]! -= ratio * upper[p * N + k]!;
      for (let c = 0; c < columns; c++) b[i * columns + c]! -= ratio * b[p * columns + c]!;
    }
  }
  for (let p = N - 1; p >= 0; p--) {
    const inverse = 1 / upper[p * N + p]!;
    for (let c = 0; c < columns; c++) {
      let value = b[p * columns + c]!;
      for (let k = p + 1; k < N; k++) value -= upper[p * N + k]! * b[k * columns + c]!;
      b[p * columns + c] = value * inverse;
    }
  }
  return b;
}
