import { selectInPlace } from '../selectInPlace.ts';

/** One number a pixel of a reduced photo, row-major. */
export type Plane = Float32Array;

/**
 * Mean over a (2·radius + 1)² window, shrunk at the edges. Running sums of the columns, and of those along each row, so
 * that any radius costs the same and each value is read and written once.
 */
export function boxBlur(source: Plane, width: number, height: number, radius: number): Plane {
  if (radius <= 0) return source.slice();
  const out = new Float32Array(source.length);
  const sums = startWindow(source, width, height, radius);
  const gains = windowGains(width, radius);
  const gainsDown = windowGains(height, radius);
  for (let y = 0, at = 0; y < height; y++, at += width) {
    slideWindow(source, width, y, radius, sums);
    blurRow(sums, radius, gainsDown[y]!, gains, out, at);
  }
  return out;
}

/** 1 over how much of a window about each place lies inside 0 … length − 1. */
export function windowGains(length: number, radius: number): Float64Array {
  const gains = new Float64Array(length);
  for (let at = 0; at < length; at++)
    gains[at] = 1 / (Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1);
  return gains;
}

/**
 * Sums of the columns in a window that is still above the plane; `slideWindow` brings it to row 0. Empty columns, radius + 1
 * before and radius after them, spare loops along a row the question where it ends.
 */
export function startWindow(source: Plane, width: number, height: number, radius: number): Float64Array {
  const sums = new Float64Array(width + 2 * radius + 1);
  for (let row = 0; row < Math.min(radius, height); row++) slideWindow(source, width, row - radius, radius, sums);
  return sums;
}

/** Moves the window from the row before `y` to it: a row enters and one leaves, where these exist. */
export function slideWindow(source: Plane, width: number, y: number, radius: number, sums: Float64Array): void {
  const first = radius + 1;
  const enter = (y + radius) * width - first;
  const leave = (y - radius - 1) * width - first;
  const end = first + width;
  const enters = enter + end <= source.length;
  if (enters && y > radius) {
    for (let x = first; x < end; x++) sums[x]! += source[enter + x]! - source[leave + x]!;
  } else if (enters) {
    for (let x = first; x < end; x++) sums[x]! += source[enter + x]!;
  } else if (y > radius) {
    for (let x = first; x < end; x++) sums[x]! -= source[leave + x]!;
  }
}

function blurRow(sums: Float64Array, radius: number, gain: number, gains: Float64Array, out: Plane, at: number): void {
  const span = 2 * radius + 1;
  let sum = 0;
  for (let x = 0; x < span; x++) sum += sums[x]!;
  for (let x = 0; x < gains.length; x++) {
    sum += sums[x + span]! - sums[x]!;
    out[at + x] = sum * gain * gains[x]!;
  }
}

/** Number of values a quantile is taken from. */
const QUANTILE_SAMPLES = 6_000;
/** Room for them; a plane has less than twice as many where not every value is taken. */
const sampled = new Float32Array(2 * QUANTILE_SAMPLES);

/** The q-quantile of the values at which `chosen` is `value`; NaN when none is. */
export function quantileWhere(source: Plane, q: number, chosen: Uint8Array, value = 1): number {
  const step = Math.max(1, Math.floor(source.length / QUANTILE_SAMPLES));
  let count = 0;
  for (let i = 0; i < source.length; i += step) if (chosen[i] === value) sampled[count++] = source[i]!;
  return count === 0 ? Number.NaN : selectInPlace(sampled.subarray(0, count), Math.round(q * (count - 1)));
}
