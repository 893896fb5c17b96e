/** Solves a·x = b by elimination with partial pivoting; both are overwritten. Null when singular. */
export function solveLinear(a: Float64Array, b: Float64Array, n: number): Float64Array | null {
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(a[n * row + column]!) > Math.abs(a[n * pivot + column]!)) pivot = row;
    }
    const size = a[n * pivot + column]!;
    if (Math.abs(size) < 1e-12) return null;
    if (pivot !== column) {
      for (let k = 0; k < n; k++) {
        [a[n * column + k], a[n * pivot + k]] = [a[n * pivot + k]!, a[n * column + k]!];
      }
      [b[column], b[pivot]] = [b[pivot]!, b[column]!];
    }
    for (let row = column + 1; row < n; row++) {
      const factor = a[n * row + column]! / size;
      if (factor === 0) continue;
      for (let k = column; k < n; k++) a[n * row + k]! -= factor * a[n * column + k]!;
      b[row]! -= factor * b[column]!;
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let value = b[row]!;
    for (let k = row + 1; k < n; k++) value -= a[n * row + k]! * b[k]!;
    b[row] = value / a[n * row + row]!;
  }
  return b;
}
