import { floatsAt, giveBack, kernels, markRoom, placeFloats, takeRoom } from '../kernels.ts';
import { selectInPlace } from '../selectInPlace.ts';

/** One number a pixel of a reduced photo, row-major. */
export type Plane = Float32Array;

/**
 * Mean over a (2·radius + 1)² window, shrunk at the edges; any radius costs the same.
 * @param out takes the means and is returned; may be `source`
 */
export function boxBlur(
  source: Plane,
  width: number,
  height: number,
  radius: number,
  out: Plane = new Float32Array(source.length),
): Plane {
  const mark = markRoom();
  const [room, means] = [takeRoom(8 * (width + 2 * radius + 3)), takeRoom(4 * source.length)];
  kernels.boxBlur(placeFloats(source), width, height, Math.max(0, radius), room, means);
  giveBack(mark);
  out.set(floatsAt(means, source.length));
  return out;
}

/** 1 over how much of a window about each place lies inside 0 … length − 1. */
export function windowGains(length: number, radius: number): Float64Array {
  const gains = new Float64Array(length);
  for (let at = 0; at < length; at++)
    gains[at] = 1 / (Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1);
  return gains;
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
