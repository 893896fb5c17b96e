import { factorInPlace, solveInPlace } from '../../colour/cholesky.ts';
import type { Lab65 } from '../../colour/lab65.ts';
import { lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import { measureLabMetric } from './labMetric.ts';

/**
 * What a reference colour demands of the matrix: corrected(terms) ≈ the colour, errors counted as ΔE00 there. MᵀM of
 * `measureLabMetric`, and the same times the colour.
 */
export interface MatrixTarget {
  readonly coupling: Float64Array;
  readonly pull: Float64Array;
}

/** Reference colours come back hundreds of times within one calibration. */
const targets = new WeakMap<Lab65, MatrixTarget>();

export function targetOf(reference: Lab65): MatrixTarget {
  let target = targets.get(reference);
  if (!target) {
    const rgb = lab65ToLinearSrgb(reference);
    const metric = measureLabMetric(reference);
    const coupling = new Float64Array(9);
    const pull = new Float64Array(3);
    for (let p = 0; p < 3; p++) {
      for (let q = 0; q < 3; q++) {
        for (let k = 0; k < 3; k++) coupling[3 * p + q]! += metric[3 * k + p]! * metric[3 * k + q]!;
        pull[p]! += coupling[3 * p + q]! * rgb[q]!;
      }
    }
    target = { coupling, pull };
    targets.set(reference, target);
  }
  return target;
}

/** Errors of this many ΔE00 count as much as a coefficient one prior width off. */
const SIGMA_DELTA_E = 1.2;
/** Prior widths about the identity: of the three linear coefficients, and of the roots'. */
const SIGMA_LINEAR = 0.6;
const SIGMA_ROOT = 0.35;

/** Where sums are factorised and solved, for 3 × 6 coefficients or fewer. */
const factor = new Float64Array(18 * 18);
const solution = new Float64Array(18);

/** Terms of the root polynomial: r, g, b, √(r·g), √(g·b), √(b·r). */
export const TERMS = 6;

/** Second-order sums of samples, to which a sample can be added and from which it can be taken away. */
export class MatrixFit {
  readonly #terms: number;
  /** Symmetric; the lower triangle is kept. */
  readonly #normal: Float64Array;
  readonly #right: Float64Array;

  constructor(terms: 3 | 6) {
    const n = 3 * terms;
    this.#terms = terms;
    this.#normal = new Float64Array(n * n);
    this.#right = new Float64Array(n);
    for (let row = 0; row < 3; row++) {
      for (let term = 0; term < terms; term++) {
        const i = row * terms + term;
        const precision = 1 / (term < 3 ? SIGMA_LINEAR : SIGMA_ROOT) ** 2;
        this.#normal[n * i + i] = precision;
        this.#right[i] = term === row ? precision : 0;
      }
    }
  }

  /**
   * Adds the sample whose terms, after the tone curves, begin at `from` in `terms`; a negative weight takes one away that
   * was added before.
   */
  add(terms: Float64Array, from: number, { coupling, pull }: MatrixTarget, weight: number): void {
    const scale = weight / SIGMA_DELTA_E ** 2;
    const count = this.#terms;
    const normal = this.#normal;
    const right = this.#right;
    const n = 3 * count;
    for (let p = 0; p < 3; p++) {
      const drawn = scale * pull[p]!;
      for (let i = 0; i < count; i++) right[p * count + i]! += drawn * terms[from + i]!;
      for (let q = 0; q <= p; q++) {
        const coupled = scale * coupling[3 * p + q]!;
        for (let i = 0; i < count; i++) {
          const left = coupled * terms[from + i]!;
          const at = n * (p * count + i) + q * count;
          const end = p === q ? i + 1 : count;
          for (let j = 0; j < end; j++) normal[at + j]! += left * terms[from + j]!;
        }
      }
    }
  }

  /** Row-major coefficients, three rows. */
  solve(): number[] {
    const n = 3 * this.#terms;
    factor.set(this.#normal);
    solution.set(this.#right);
    factorInPlace(factor, n);
    solveInPlace(factor, n, solution);
    const coefficients = Array.from(solution.subarray(0, n));
    // The prior makes the sums positive definite; only non-finite input can defeat it.
    if (!coefficients.every(Number.isFinite))
      throw new RangeError('Expected finite patch colours for the colour correction but received others.');
    return coefficients;
  }
}

/** Writes the terms of a colour into `out` from `at` on. */
export function writeTerms(r: number, g: number, b: number, out: Float64Array, at: number): void {
  const rr = Math.max(0, r);
  const gg = Math.max(0, g);
  const bb = Math.max(0, b);
  out[at] = r;
  out[at + 1] = g;
  out[at + 2] = b;
  out[at + 3] = Math.sqrt(rr * gg);
  out[at + 4] = Math.sqrt(gg * bb);
  out[at + 5] = Math.sqrt(bb * rr);
}
