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

/** Broyden's rank-one update: makes the Jacobian agree with the step just taken, for the price of no derivative. */
function updateJacobian(at: Linearisation, next: readonly number[], change: readonly number[]): Linearisation {
  const length = change.reduce((total, value) => total + value * value, 0);
  const jacobian = at.jacobian.map((row, r) => {
    const predicted = row.reduce((total, value, i) => total + value * change[i]!, 0);
    const miss = (next[r]! - at.residuals[r]! - predicted) / length;
    return row.map((value, i) => value + miss * change[i]!);
  });
  return { residuals: next, jacobian };
}

const MAX_STEPS = 60;
/** Rank-one updates in a row before derivatives are taken anew: in a curved valley more of them only creep. */
const MAX_UPDATES = 4;
const MAX_DAMPING = 1e8;

/**
 * Bounded least squares (Levenberg 1944, Marquardt 1963; bounds by projection). Derivatives are dear here, so they are
 * taken only where the updated ones stop helping; the end is always confirmed with fresh ones. Deterministic.
 * @param tolerance relative gain of cost below which the fit is done
 */
export function minimiseLeastSquares(problem: LeastSquaresProblem, tolerance = 1e-7): LeastSquaresResult {
  const { low, high } = problem;
  const clamp = (value: number, i: number) => Math.min(high[i]!, Math.max(low[i]!, value));
  let point: readonly number[] = problem.start.map(clamp);
  let at = problem.linearise(point);
  let cost = halfSquares(at.residuals);
  let damping = 1e-3;
  let updates = 0;
  const refresh = () => {
    at = problem.linearise(point);
    updates = 0;
  };
  for (let trial = 0; trial < MAX_STEPS && damping < MAX_DAMPING; trial++) {
    const slope = point.map((_, i) => at.jacobian.reduce((total, row, r) => total + row[i]! * at.residuals[r]!, 0));
    const free = point.map(
      (value, i) => !((value <= low[i]! && slope[i]! > 0) || (value >= high[i]! && slope[i]! < 0)),
    );
    const wanted = step(at, free, damping);
    const next = point.map((value, i) => clamp(value + wanted[i]!, i));
    const change = next.map((value, i) => value - point[i]!);
    if (change.every((value) => Math.abs(value) < 1e-12)) {
      if (updates === 0) break;
      refresh();
      continue;
    }
    const residuals = problem.residuals(next);
    const gain = cost - halfSquares(residuals);
    if (gain > 0) {
      at = updateJacobian(at, residuals, change);
      point = next;
      cost -= gain;
      damping = Math.max(damping / 8, 1e-9);
    }
    const small = gain <= tolerance * (1 + cost);
    if (small && gain >= 0 && updates === 0) break;
    if (small && updates > 0) refresh();
    else if (gain <= 0) damping *= 8;
    else if (++updates > MAX_UPDATES) refresh();
  }
  return { point, cost };
}
