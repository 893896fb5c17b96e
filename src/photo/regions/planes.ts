import { selectInPlace } from '../selectInPlace.ts';

/** One number a pixel of a reduced photo, row-major. */
export type Plane = Float32Array;

/**
 * Mean over a (2·radius + 1)² window, shrunk at the edges, one row a call from the first to the last. Running sums of the
 * columns, and of those along each row, so that any radius costs the same and each value is read and written once.
 * A class, because the compiled code of a closure is thrown away with it.
 */
export class BlurByRows {
  readonly #source: Plane;
  readonly #width: number;
  readonly #height: number;
  readonly #radius: number;
  readonly #sums: Float64Array;
  readonly #columns: Float64Array;
  readonly #gains: Float64Array;
  #y = 0;

  constructor(source: Plane, width: number, height: number, radius: number) {
    this.#source = source;
    this.#width = width;
    this.#height = height;
    this.#radius = radius;
    // Empty columns on both sides spare the loops the question where the row ends.
    this.#sums = new Float64Array(width + 2 * radius + 1);
    this.#columns = this.#sums.subarray(radius + 1, radius + 1 + width);
    this.#gains = new Float64Array(width);
    for (let x = 0; x < width; x++) this.#gains[x] = 1 / windowLength(x, width, radius);
    for (let row = 0; row < Math.min(radius, height); row++) slideWindow(source, row * width, -1, this.#columns);
  }

  /** Writes the next row of the blurred plane into `out` from `at` on. */
  next(out: Plane, at: number): void {
    const [y, width, radius] = [this.#y++, this.#width, this.#radius];
    slideWindow(this.#source, (y + radius) * width, (y - radius - 1) * width, this.#columns);
    blurRow(this.#sums, 2 * radius + 1, 1 / windowLength(y, this.#height, radius), this.#gains, out, at);
  }
}

/** The whole of a plane blurred by `BlurByRows`. */
export function boxBlur(source: Plane, width: number, height: number, radius: number): Plane {
  if (radius <= 0) return source.slice();
  const out = new Float32Array(source.length);
  const rows = new BlurByRows(source, width, height, radius);
  for (let at = 0; at < source.length; at += width) rows.next(out, at);
  return out;
}

/** How much of a window about `at` lies inside 0 … length − 1. */
function windowLength(at: number, length: number, radius: number): number {
  return Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1;
}

/** Adds the row that begins at `enter` and takes off the one at `leave`, where these exist. */
function slideWindow(source: Plane, enter: number, leave: number, columns: Float64Array): void {
  const width = columns.length;
  if (enter < source.length && leave >= 0) {
    for (let x = 0; x < width; x++) columns[x]! += source[enter + x]! - source[leave + x]!;
  } else if (enter < source.length) {
    for (let x = 0; x < width; x++) columns[x]! += source[enter + x]!;
  } else if (leave >= 0) {
    for (let x = 0; x < width; x++) columns[x]! -= source[leave + x]!;
  }
}

function blurRow(sums: Float64Array, span: number, gain: number, gains: Float64Array, out: Plane, at: number): void {
  let sum = 0;
  for (let x = 0; x < span; x++) sum += sums[x]!;
  for (let x = 0; x < gains.length; x++) {
    sum += sums[x + span]! - sums[x]!;
    out[at + x] = sum * gain * gains[x]!;
  }
}

/** Number of values a quantile is taken from. */
const QUANTILE_SAMPLES = 6_000;

/** The q-quantile of the values at which `chosen` is `value` (1 without it; all without `chosen`); NaN when none is. */
export function quantileWhere(source: Plane, q: number, chosen?: ArrayLike<number>, value = 1): number {
  const step = Math.max(1, Math.floor(source.length / QUANTILE_SAMPLES));
  const values = new Float32Array(Math.ceil(source.length / step));
  let count = 0;
  for (let i = 0; i < source.length; i += step) if (!chosen || chosen[i] === value) values[count++] = source[i]!;
  return count === 0 ? Number.NaN : selectInPlace(values.subarray(0, count), Math.round(q * (count - 1)));
}
