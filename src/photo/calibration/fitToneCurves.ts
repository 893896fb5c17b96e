import type { LinearRgb } from '../../colour/xyzLab.ts';
import { type MonotoneCurve, makeMonotoneCurve } from './monotoneCurve.ts';
import { solveLinear } from './solveLinear.ts';

export type ToneModel = 'gain' | 'smooth' | 'knots';

export interface GreyStep {
  readonly measured: LinearRgb;
  readonly reference: LinearRgb;
}

type Curves = readonly [MonotoneCurve, MonotoneCurve, MonotoneCurve];

/** Closer steps than this share of the brightest carry no shape. */
const MIN_RISE = 0.004;

/**
 * One monotone curve a channel from the grey row, measured to reference, between square roots of linear values.
 * 'knots' passes through every step; 'smooth' is a parabola in logarithms held towards a power of one, which leaves
 * single steps' dirt and noise aside; 'gain' is a straight line, for photos without a tone curve. Null when fewer than three steps rise (one for 'gain').
 */
export function fitToneCurves(greys: readonly GreyStep[], model: ToneModel): Curves | null {
  const curves: MonotoneCurve[] = [];
  for (let channel = 0; channel < 3; channel++) {
    const points = greys
      .map(
        ({ measured, reference }) =>
          [Math.sqrt(Math.max(0, measured[channel]!)), Math.sqrt(reference[channel]!)] as const,
      )
      .sort((a, b) => a[0] - b[0]);
    const rising: (readonly [number, number])[] = [];
    for (const point of points) {
      const last = rising.at(-1) ?? [0, 0];
      if (point[0] > last[0] + MIN_RISE && point[1] > last[1] + MIN_RISE) rising.push(point);
    }
    if (rising.length < (model === 'gain' ? 1 : 3)) return null;
    if (model === 'gain') curves.push(alongLine(rising));
    else curves.push(model === 'knots' ? throughKnots(rising) : throughParabola(rising));
  }
  return curves as unknown as Curves;
}

function alongLine(points: readonly (readonly [number, number])[]): MonotoneCurve {
  const product = points.reduce((sum, [x, y]) => sum + x * y, 0);
  const square = points.reduce((sum, [x]) => sum + x * x, 0);
  return makeMonotoneCurve([0, 1], [0, product / square]);
}

function throughKnots(points: readonly (readonly [number, number])[]): MonotoneCurve {
  return makeMonotoneCurve([0, ...points.map((p) => p[0])], [0, ...points.map((p) => p[1])]);
}

/** Prior widths of the parabola's slope about 1 and of its bend, and the spread of single greys, all in logarithms. */
const SIGMA_SLOPE = 0.4;
const SIGMA_BEND = 0.15;
const SIGMA_GREY = 0.012;
const SMOOTH_KNOTS = 9;

function throughParabola(points: readonly (readonly [number, number])[]): MonotoneCurve {
  const normal = new Float64Array(9);
  const right = new Float64Array(3);
  const middle = Math.log(0.4);
  // Slope about 1 and bend about 0; the level is free.
  normal[4] = SIGMA_SLOPE ** -2;
  right[1] = SIGMA_SLOPE ** -2;
  normal[8] = SIGMA_BEND ** -2;
  for (const [x, y] of points) {
    const t = Math.log(x) - middle;
    const row = [1, t, t * t];
    // A fixed error of the light (flare, noise) weighs more in the dark.
    const weight = 1 / (SIGMA_GREY ** 2 + (0.003 / x) ** 2);
    for (let i = 0; i < 3; i++) {
      right[i]! += weight * row[i]! * Math.log(y);
      for (let j = 0; j < 3; j++) normal[3 * i + j]! += weight * row[i]! * row[j]!;
    }
  }
  const [level, slope, bend] = solveLinear(normal, right, 3)!;
  const from = Math.log(points[0]![0]);
  const to = Math.log(points.at(-1)![0]);
  const x = [0];
  const y = [0];
  for (let k = 0; k < SMOOTH_KNOTS; k++) {
    const at = from + ((to - from) * k) / (SMOOTH_KNOTS - 1);
    const t = at - middle;
    const value = Math.exp(level! + slope! * t + bend! * t * t);
    if (value <= y.at(-1)!) continue;
    x.push(Math.exp(at));
    y.push(value);
  }
  return x.length > 2 ? makeMonotoneCurve(x, y) : throughKnots(points);
}
