/** A monotone piecewise cubic through its knots; plain data. */
export interface MonotoneCurve {
  /** Ascending, starting at 0. */
  readonly x: readonly number[];
  /** Ascending. */
  readonly y: readonly number[];
  readonly slope: readonly number[];
}

/** Monotone Hermite slopes (Fritsch & Butland 1984, the weighted harmonic mean); the end slopes are those of the chords. */
export function makeMonotoneCurve(x: readonly number[], y: readonly number[]): MonotoneCurve {
  const n = x.length;
  const step: number[] = [];
  const chord: number[] = [];
  for (let i = 0; i < n - 1; i++) {
    step.push(x[i + 1]! - x[i]!);
    chord.push((y[i + 1]! - y[i]!) / step[i]!);
  }
  const slope = [chord[0]!];
  for (let i = 1; i < n - 1; i++) slope.push(meanSlope(chord[i - 1]!, chord[i]!, step[i - 1]!, step[i]!));
  slope.push(chord[n - 2]!);
  return { x, y, slope };
}

function meanSlope(before: number, after: number, stepBefore: number, stepAfter: number): number {
  if (before * after <= 0) return 0;
  const w1 = 2 * stepAfter + stepBefore;
  const w2 = stepAfter + 2 * stepBefore;
  return (w1 + w2) / (w1 / before + w2 / after);
}

/** Beyond the last knot the curve goes on straight; below the first likewise. */
export function evaluateCurve({ x, y, slope }: MonotoneCurve, at: number): number {
  const last = x.length - 1;
  if (at >= x[last]!) return y[last]! + slope[last]! * (at - x[last]!);
  if (at <= x[0]!) return y[0]! + slope[0]! * (at - x[0]!);
  let i = 0;
  while (at > x[i + 1]!) i++;
  const h = x[i + 1]! - x[i]!;
  const t = (at - x[i]!) / h;
  const s = 1 - t;
  return (
    y[i]! * (1 + 2 * t) * s * s +
    slope[i]! * h * t * s * s +
    y[i + 1]! * t * t * (3 - 2 * t) -
    slope[i + 1]! * h * t * t * s
  );
}
