/**
 * Kernels for dense symmetric positive definite 8×8 matrices, stored whole and row-major in a Float64Array(64). Written
 * out for the size, because one client's skin takes tens of thousands of them.
 */
const N = 8;
const N2 = 64;

const half = new Float64Array(N2);
const weighed = new Float64Array(N2);

/**
 * out = t·a⁻¹·t for symmetric positive definite a and symmetric t, as yᵀ·D⁻¹·y with a = L·D·Lᵀ and L·y = t. `out` may be a
 * or t. The factor stays in local variables (`l` of L, `d` of D⁻¹, `m` of L·D): read from an array, each number would be
 * checked for its place again.
 */
export function sandwichInverse(a: Float64Array, t: Float64Array, out: Float64Array): Float64Array {
  const d0 = 1 / a[0]!;
  const m10 = a[8]!;
  const l10 = m10 * d0;
  const m20 = a[16]!;
  const l20 = m20 * d0;
  const m30 = a[24]!;
  const l30 = m30 * d0;
  const m40 = a[32]!;
  const l40 = m40 * d0;
  const m50 = a[40]!;
  const l50 = m50 * d0;
  const m60 = a[48]!;
  const l60 = m60 * d0;
  const m70 = a[56]!;
  const l70 = m70 * d0;
  const d1 = 1 / (a[9]! - l10 * m10);
  const m21 = a[17]! - l20 * m10;
  const l21 = m21 * d1;
  const m31 = a[25]! - l30 * m10;
  const l31 = m31 * d1;
  const m41 = a[33]! - l40 * m10;
  const l41 = m41 * d1;
  const m51 = a[41]! - l50 * m10;
  const l51 = m51 * d1;
  const m61 = a[49]! - l60 * m10;
  const l61 = m61 * d1;
  const m71 = a[57]! - l70 * m10;
  const l71 = m71 * d1;
  const d2 = 1 / (a[18]! - l20 * m20 - l21 * m21);
  const m32 = a[26]! - l30 * m20 - l31 * m21;
  const l32 = m32 * d2;
  const m42 = a[34]! - l40 * m20 - l41 * m21;
  const l42 = m42 * d2;
  const m52 = a[42]! - l50 * m20 - l51 * m21;
  const l52 = m52 * d2;
  const m62 = a[50]! - l60 * m20 - l61 * m21;
  const l62 = m62 * d2;
  const m72 = a[58]! - l70 * m20 - l71 * m21;
  const l72 = m72 * d2;
  const d3 = 1 / (a[27]! - l30 * m30 - l31 * m31 - l32 * m32);
  const m43 = a[35]! - l40 * m30 - l41 * m31 - l42 * m32;
  const l43 = m43 * d3;
  const m53 = a[43]! - l50 * m30 - l51 * m31 - l52 * m32;
  const l53 = m53 * d3;
  const m63 = a[51]! - l60 * m30 - l61 * m31 - l62 * m32;
  const l63 = m63 * d3;
  const m73 = a[59]! - l70 * m30 - l71 * m31 - l72 * m32;
  const l73 = m73 * d3;
  const d4 = 1 / (a[36]! - l40 * m40 - l41 * m41 - l42 * m42 - l43 * m43);
  const m54 = a[44]! - l50 * m40 - l51 * m41 - l52 * m42 - l53 * m43;
  const l54 = m54 * d4;
  const m64 = a[52]! - l60 * m40 - l61 * m41 - l62 * m42 - l63 * m43;
  const l64 = m64 * d4;
  const m74 = a[60]! - l70 * m40 - l71 * m41 - l72 * m42 - l73 * m43;
  const l74 = m74 * d4;
  const d5 = 1 / (a[45]! - l50 * m50 - l51 * m51 - l52 * m52 - l53 * m53 - l54 * m54);
  const m65 = a[53]! - l60 * m50 - l61 * m51 - l62 * m52 - l63 * m53 - l64 * m54;
  const l65 = m65 * d5;
  const m75 = a[61]! - l70 * m50 - l71 * m51 - l72 * m52 - l73 * m53 - l74 * m54;
  const l75 = m75 * d5;
  const d6 = 1 / (a[54]! - l60 * m60 - l61 * m61 - l62 * m62 - l63 * m63 - l64 * m64 - l65 * m65);
  const m76 = a[62]! - l70 * m60 - l71 * m61 - l72 * m62 - l73 * m63 - l74 * m64 - l75 * m65;
  const l76 = m76 * d6;
  const d7 = 1 / (a[63]! - l70 * m70 - l71 * m71 - l72 * m72 - l73 * m73 - l74 * m74 - l75 * m75 - l76 * m76);
  // Rows of yᵀ, and the same times D⁻¹.
  const [h, w] = [half, weighed];
  for (let at = 0; at < N2; at += N) {
    const y0 = t[at]!;
    const y1 = t[at + 1]! - l10 * y0;
    const y2 = t[at + 2]! - l20 * y0 - l21 * y1;
    const y3 = t[at + 3]! - l30 * y0 - l31 * y1 - l32 * y2;
    const y4 = t[at + 4]! - l40 * y0 - l41 * y1 - l42 * y2 - l43 * y3;
    const y5 = t[at + 5]! - l50 * y0 - l51 * y1 - l52 * y2 - l53 * y3 - l54 * y4;
    const y6 = t[at + 6]! - l60 * y0 - l61 * y1 - l62 * y2 - l63 * y3 - l64 * y4 - l65 * y5;
    const y7 = t[at + 7]! - l70 * y0 - l71 * y1 - l72 * y2 - l73 * y3 - l74 * y4 - l75 * y5 - l76 * y6;
    h[at] = y0;
    h[at + 1] = y1;
    h[at + 2] = y2;
    h[at + 3] = y3;
    h[at + 4] = y4;
    h[at + 5] = y5;
    h[at + 6] = y6;
    h[at + 7] = y7;
    w[at] = y0 * d0;
    w[at + 1] = y1 * d1;
    w[at + 2] = y2 * d2;
    w[at + 3] = y3 * d3;
    w[at + 4] = y4 * d4;
    w[at + 5] = y5 * d5;
    w[at + 6] = y6 * d6;
    w[at + 7] = y7 * d7;
  }
  for (let i = 0; i < N; i++) {
    const r = i * N;
    const r0 = w[r]!;
    const r1 = w[r + 1]!;
    const r2 = w[r + 2]!;
    const r3 = w[r + 3]!;
    const r4 = w[r + 4]!;
    const r5 = w[r + 5]!;
    const r6 = w[r + 6]!;
    const r7 = w[r + 7]!;
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

const factor = new Float64Array(N2);

/** a = L·D·Lᵀ for `solveFactored`: L below the diagonal of `factor`, D⁻¹ on it, L·D above it. */
export function factorise(a: Float64Array): void {
  const f = factor;
  for (let j = 0; j < N; j++) {
    const row = j * N;
    let pivot = a[row + j]!;
    for (let k = 0; k < j; k++) pivot -= f[row + k]! * f[k * N + j]!;
    const inverse = 1 / pivot;
    f[row + j] = inverse;
    for (let i = j + 1; i < N; i++) {
      let value = a[i * N + j]!;
      for (let k = 0; k < j; k++) value -= f[i * N + k]! * f[k * N + j]!;
      f[row + i] = value;
      f[i * N + j] = value * inverse;
    }
  }
}

/** out = a⁻¹·v for the matrix that was factorised last. */
export function solveFactored(v: Float64Array, out: Float64Array): Float64Array {
  const f = factor;
  for (let i = 0; i < N; i++) {
    let value = v[i]!;
    for (let k = 0; k < i; k++) value -= f[i * N + k]! * out[k]!;
    out[i] = value;
  }
  for (let i = N - 1; i >= 0; i--) {
    let value = out[i]! * f[i * N + i]!;
    for (let k = i + 1; k < N; k++) value -= f[k * N + i]! * out[k]!;
    out[i] = value;
  }
  return out;
}

/** out = a·v for a vector of 8. */
export function apply(a: Float64Array, v: Float64Array, out: Float64Array): Float64Array {
  for (let i = 0; i < N; i++) {
    let total = 0;
    for (let k = 0; k < N; k++) total += a[i * N + k]! * v[k]!;
    out[i] = total;
  }
  return out;
}
