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

/**
 * out = t·a⁻¹·t for symmetric positive definite a and symmetric t, as (L⁻¹t)ᵀ(L⁻¹t). `out` may be a or t. The factor L (its
 * diagonal inverted) stays in local variables: read from an array, each number would be checked for its place again.
 */
export function sandwichInverse(a: Float64Array, t: Float64Array, out: Float64Array): Float64Array {
  const l00 = 1 / Math.sqrt(a[0]!);
  const l10 = a[8]! * l00;
  const l20 = a[16]! * l00;
  const l30 = a[24]! * l00;
  const l40 = a[32]! * l00;
  const l50 = a[40]! * l00;
  const l60 = a[48]! * l00;
  const l70 = a[56]! * l00;
  const l11 = 1 / Math.sqrt(a[9]! - l10 * l10);
  const l21 = (a[17]! - l20 * l10) * l11;
  const l31 = (a[25]! - l30 * l10) * l11;
  const l41 = (a[33]! - l40 * l10) * l11;
  const l51 = (a[41]! - l50 * l10) * l11;
  const l61 = (a[49]! - l60 * l10) * l11;
  const l71 = (a[57]! - l70 * l10) * l11;
  const l22 = 1 / Math.sqrt(a[18]! - l20 * l20 - l21 * l21);
  const l32 = (a[26]! - l30 * l20 - l31 * l21) * l22;
  const l42 = (a[34]! - l40 * l20 - l41 * l21) * l22;
  const l52 = (a[42]! - l50 * l20 - l51 * l21) * l22;
  const l62 = (a[50]! - l60 * l20 - l61 * l21) * l22;
  const l72 = (a[58]! - l70 * l20 - l71 * l21) * l22;
  const l33 = 1 / Math.sqrt(a[27]! - l30 * l30 - l31 * l31 - l32 * l32);
  const l43 = (a[35]! - l40 * l30 - l41 * l31 - l42 * l32) * l33;
  const l53 = (a[43]! - l50 * l30 - l51 * l31 - l52 * l32) * l33;
  const l63 = (a[51]! - l60 * l30 - l61 * l31 - l62 * l32) * l33;
  const l73 = (a[59]! - l70 * l30 - l71 * l31 - l72 * l32) * l33;
  const l44 = 1 / Math.sqrt(a[36]! - l40 * l40 - l41 * l41 - l42 * l42 - l43 * l43);
  const l54 = (a[44]! - l50 * l40 - l51 * l41 - l52 * l42 - l53 * l43) * l44;
  const l64 = (a[52]! - l60 * l40 - l61 * l41 - l62 * l42 - l63 * l43) * l44;
  const l74 = (a[60]! - l70 * l40 - l71 * l41 - l72 * l42 - l73 * l43) * l44;
  const l55 = 1 / Math.sqrt(a[45]! - l50 * l50 - l51 * l51 - l52 * l52 - l53 * l53 - l54 * l54);
  const l65 = (a[53]! - l60 * l50 - l61 * l51 - l62 * l52 - l63 * l53 - l64 * l54) * l55;
  const l75 = (a[61]! - l70 * l50 - l71 * l51 - l72 * l52 - l73 * l53 - l74 * l54) * l55;
  const l66 = 1 / Math.sqrt(a[54]! - l60 * l60 - l61 * l61 - l62 * l62 - l63 * l63 - l64 * l64 - l65 * l65);
  const l76 = (a[62]! - l70 * l60 - l71 * l61 - l72 * l62 - l73 * l63 - l74 * l64 - l75 * l65) * l66;
  const l77 = 1 / Math.sqrt(a[63]! - l70 * l70 - l71 * l71 - l72 * l72 - l73 * l73 - l74 * l74 - l75 * l75 - l76 * l76);
  // Rows of (L⁻¹t)ᵀ.
  const h = half;
  for (let at = 0; at < N2; at += N) {
    const y0 = t[at]! * l00;
    const y1 = (t[at + 1]! - l10 * y0) * l11;
    const y2 = (t[at + 2]! - l20 * y0 - l21 * y1) * l22;
    const y3 = (t[at + 3]! - l30 * y0 - l31 * y1 - l32 * y2) * l33;
    const y4 = (t[at + 4]! - l40 * y0 - l41 * y1 - l42 * y2 - l43 * y3) * l44;
    const y5 = (t[at + 5]! - l50 * y0 - l51 * y1 - l52 * y2 - l53 * y3 - l54 * y4) * l55;
    const y6 = (t[at + 6]! - l60 * y0 - l61 * y1 - l62 * y2 - l63 * y3 - l64 * y4 - l65 * y5) * l66;
    const y7 = (t[at + 7]! - l70 * y0 - l71 * y1 - l72 * y2 - l73 * y3 - l74 * y4 - l75 * y5 - l76 * y6) * l77;
    h[at] = y0;
    h[at + 1] = y1;
    h[at + 2] = y2;
    h[at + 3] = y3;
    h[at + 4] = y4;
    h[at + 5] = y5;
    h[at + 6] = y6;
    h[at + 7] = y7;
  }
  for (let i = 0; i < N; i++) {
    const r = i * N;
    const r0 = h[r]!;
    const r1 = h[r + 1]!;
    const r2 = h[r + 2]!;
    const r3 = h[r + 3]!;
    const r4 = h[r + 4]!;
    const r5 = h[r + 5]!;
    const r6 = h[r + 6]!;
    const r7 = h[r + 7]!;
    for (let j = i; j < N; j++) {
      const c = j * N;
      const one = r0 * h[c]! + r1 * h[c + 1]! + r2 * h[c + 2]! + r3 * h[c + 3]!;
      const other = r4 * h[c + 4]! + r5 * h[c + 5]! + r6 * h[c + 6]! + r7 * h[c + 7]!;
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
