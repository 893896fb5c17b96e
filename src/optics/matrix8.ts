/**
 * Kernels for dense symmetric 8×8 matrices, stored whole and row-major in a Float64Array(64). Written out for the size,
 * because one client's skin takes tens of thousands of them.
 */
const N = 8;
const N2 = 64;

const factor = new Float64Array(N2);

/** Lower Cholesky factor of a symmetric positive definite matrix into `factor`, its diagonal stored inverted. */
function cholesky(a: Float64Array): void {
  for (let j = 0; j < N; j++) {
    const row = j * N;
    let pivot = a[row + j]!;
    for (let k = 0; k < j; k++) pivot -= factor[row + k]! * factor[row + k]!;
    const inverse = 1 / Math.sqrt(pivot);
    factor[row + j] = inverse;
    for (let i = j + 1; i < N; i++) {
      let value = a[i * N + j]!;
      for (let k = 0; k < j; k++) value -= factor[i * N + k]! * factor[row + k]!;
      factor[i * N + j] = value * inverse;
    }
  }
}

const half = new Float64Array(N2);

/** Solves L·y = b for each row b of `t`; the rows y go to `half`. */
function forwardRows(t: Float64Array): void {
  const f = factor;
  for (let at = 0; at < N2; at += N) {
    const y0 = t[at]! * f[0]!;
    const y1 = (t[at + 1]! - f[8]! * y0) * f[9]!;
    const y2 = (t[at + 2]! - f[16]! * y0 - f[17]! * y1) * f[18]!;
    const y3 = (t[at + 3]! - f[24]! * y0 - f[25]! * y1 - f[26]! * y2) * f[27]!;
    const y4 = (t[at + 4]! - f[32]! * y0 - f[33]! * y1 - f[34]! * y2 - f[35]! * y3) * f[36]!;
    const y5 = (t[at + 5]! - f[40]! * y0 - f[41]! * y1 - f[42]! * y2 - f[43]! * y3 - f[44]! * y4) * f[45]!;
    const low6 = f[48]! * y0 + f[49]! * y1 + f[50]! * y2 + f[51]! * y3 + f[52]! * y4 + f[53]! * y5;
    const y6 = (t[at + 6]! - low6) * f[54]!;
    const low7 = f[56]! * y0 + f[57]! * y1 + f[58]! * y2 + f[59]! * y3 + f[60]! * y4 + f[61]! * y5 + f[62]! * y6;
    half[at] = y0;
    half[at + 1] = y1;
    half[at + 2] = y2;
    half[at + 3] = y3;
    half[at + 4] = y4;
    half[at + 5] = y5;
    half[at + 6] = y6;
    half[at + 7] = (t[at + 7]! - low7) * f[63]!;
  }
}

/** out = t·a⁻¹·t for symmetric positive definite a and symmetric t, as (L⁻¹t)ᵀ(L⁻¹t). `out` may be a or t. */
export function sandwichInverse(a: Float64Array, t: Float64Array, out: Float64Array): Float64Array {
  cholesky(a);
  forwardRows(t);
  for (let i = 0; i < N; i++) {
    const r = i * N;
    const h0 = half[r]!;
    const h1 = half[r + 1]!;
    const h2 = half[r + 2]!;
    const h3 = half[r + 3]!;
    const h4 = half[r + 4]!;
    const h5 = half[r + 5]!;
    const h6 = half[r + 6]!;
    const h7 = half[r + 7]!;
    for (let j = i; j < N; j++) {
      const c = j * N;
      const one = h0 * half[c]! + h1 * half[c + 1]! + h2 * half[c + 2]! + h3 * half[c + 3]!;
      const other = h4 * half[c + 4]! + h5 * half[c + 5]! + h6 * half[c + 6]! + h7 * half[c + 7]!;
      out[r + j] = one + other;
      out[c + i] = one + other;
    }
  }
  return out;
}

/** a⁻¹·v for symmetric positive definite a. */
export function solve(a: Float64Array, v: Float64Array): Float64Array {
  cholesky(a);
  const x = v.slice();
  for (let i = 0; i < N; i++) {
    let value = x[i]!;
    for (let k = 0; k < i; k++) value -= factor[i * N + k]! * x[k]!;
    x[i] = value * factor[i * N + i]!;
  }
  for (let i = N - 1; i >= 0; i--) {
    let value = x[i]!;
    for (let k = i + 1; k < N; k++) value -= factor[k * N + i]! * x[k]!;
    x[i] = value * factor[i * N + i]!;
  }
  return x;
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
