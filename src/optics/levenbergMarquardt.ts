/** Residuals at a point and their derivatives, row-major residual × parameter. */
export interface Linearisation {
  readonly residuals: readonly number[];
  readonly jacobian: readonly (readonly number[])[];
}

export interface LeastSquaresProblem {
  readonly start: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  linearise(point: readonly number[]): Linearisation;
  /** Residuals alone, for steps that are only tried. */
  residuals(point: readonly number[]): readonly number[];
}

export interface LeastSquaresResult {
  readonly point: readonly number[];
  /** Half the sum of squared residuals. */
  readonly cost: number;
}

const halfSquares = (values: readonly number[]): number => values.reduce((total, v) => total + v * v, 0) / 2;

/** Gaussian elimination with partial pivoting for the few normal equations of a fit. */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let i = p + 1; i < n; i++) if (Math.abs(rows[i]![p]!) > Math.abs(rows[best]![p]!)) best = i;
    [rows[p], rows[best]] = [rows[best]!, rows[p]!];
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const ratio = rows[i]![p]! / rows[p]![p]!;
      if (ratio !== 0) for (let k = p; k <= n; k++) rows[i]![k]! -= ratio * rows[p]![k]!;
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

/** A damped Gauss–Newton step; parameters pressed against a bound stay there. */
function step({ residuals, jacobian }: Linearisation, free: readonly boolean[], damping: number): number[] {
  const n = free.length;
  const normal = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const gradient = new Array<number>(n).fill(0);
  for (let i = 0; i < n; i++) {
    if (!free[i]) {
      normal[i]![i] = 1;
      continue;
    }
    for (let r = 0; r < residuals.length; r++) gradient[i]! -= jacobian[r]![i]! * residuals[r]!;
    for (let j = 0; j < n; j++) {
      if (free[j]) for (const row of jacobian) normal[i]![j]! += row[i]! * row[j]!;
    }
    normal[i]![i]! *= 1 + damping;
    normal[i]![i]! += 1e-12;
  }
  return solveLinear(normal, gradient);
}

/** Bounded least squares (Levenberg 1944, Marquardt 1963), bounds by projection. Deterministic. */
export function minimiseLeastSquares(problem: LeastSquaresProblem, tolerance = 1e-10): LeastSquaresResult {
  const { low, high } = problem;
  const clamp = (value: number, i: number) => Math.min(high[i]!, Math.max(low[i]!, value));
  let point: readonly number[] = problem.start.map(clamp);
  let at = problem.linearise(point);
  let cost = halfSquares(at.residuals);
  let damping = 1e-3;
  for (let iteration = 0; iteration < 60; iteration++) {
    const slope = point.map((_, i) => at.jacobian.reduce((total, row, r) => total + row[i]! * at.residuals[r]!, 0));
    const free = point.map(
      (value, i) => !((value <= low[i]! && slope[i]! > 0) || (value >= high[i]! && slope[i]! < 0)),
    );
    const change = step(at, free, damping);
    const next = point.map((value, i) => clamp(value + change[i]!, i));
    const nextCost = halfSquares(problem.residuals(next));
    if (!(nextCost < cost)) {
      damping *= 8;
      if (damping > 1e8) break;
      continue;
    }
    const gain = cost - nextCost;
    point = next;
    cost = nextCost;
    if (gain <= tolerance * (1 + cost)) break;
    at = problem.linearise(point);
    damping = Math.max(damping / 8, 1e-9);
  }
  return { point, cost };
}
