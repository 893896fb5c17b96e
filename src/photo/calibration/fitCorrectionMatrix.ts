import { solveLinear } from './solveLinear.ts';

/** What a patch demands of the matrix: corrected(terms) ≈ target, errors measured through `metric`. */
export interface MatrixSample {
  /** r, g, b or the six root-polynomial terms, after the tone curves. */
  readonly terms: readonly number[];
  readonly target: readonly [number, number, number];
  /** See measureLabMetric. */
  readonly metric: Float64Array;
  readonly weight: number;
}

/** Errors of this many ΔE00 count as much as a coefficient one prior width off. */
const SIGMA_DELTA_E = 1.2;
/** Prior widths about the identity: of the three linear coefficients, and of the roots'. */
const SIGMA_LINEAR = 0.6;
const SIGMA_ROOT = 0.35;

/** Second-order sums of samples, to which a sample can be added and from which it can be taken away. */
export class MatrixFit {
  readonly #terms: number;
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

  /** `sign` −1 takes a sample away that was added before. */
  add({ terms, target, metric, weight }: MatrixSample, sign: 1 | -1 = 1): void {
    const scale = (sign * weight) / SIGMA_DELTA_E ** 2;
    const n = 3 * this.#terms;
    for (let p = 0; p < 3; p++) {
      for (let q = 0; q < 3; q++) {
        let coupling = 0;
        for (let k = 0; k < 3; k++) coupling += metric[3 * k + p]! * metric[3 * k + q]!;
        coupling *= scale;
        for (let i = 0; i < this.#terms; i++) {
          const left = coupling * terms[i]!;
          this.#right[p * this.#terms + i]! += left * target[q]!;
          const at = n * (p * this.#terms + i) + q * this.#terms;
          for (let j = 0; j < this.#terms; j++) this.#normal[at + j]! += left * terms[j]!;
        }
      }
    }
  }

  /** Row-major coefficients, three rows. */
  solve(): number[] {
    const solution = solveLinear(this.#normal.slice(), this.#right.slice(), 3 * this.#terms);
    // The prior makes the sums positive definite; only non-finite input can defeat it.
    if (!solution) throw new RangeError('Expected finite patch colours for the colour correction but received others.');
    return [...solution];
  }
}

/** r, g, b alone or with √(r·g), √(g·b), √(b·r). */
export function expandTerms([r, g, b]: readonly [number, number, number], terms: 3 | 6): number[] {
  if (terms === 3) return [r, g, b];
  const [rr, gg, bb] = [Math.max(0, r), Math.max(0, g), Math.max(0, b)];
  return [r, g, b, Math.sqrt(rr * gg), Math.sqrt(gg * bb), Math.sqrt(bb * rr)];
}
