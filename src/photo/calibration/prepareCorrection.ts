import { convertPrimaries } from '../convertPrimaries.ts';
import type { PixelCorrection } from '../sampling/pixelCorrection.ts';
import type { Correction } from './correction.ts';
import { evaluateCurve, type MonotoneCurve } from './monotoneCurve.ts';

/** Entries per unit of a curve's table: between them a curve with a handful of knots is straight to 1e-6. */
const STEPS = 4096;
/** Square roots of linear light above this are rare and take the curve itself. */
const TABLE_END = 1.25;

const IDENTITY_CURVE: MonotoneCurve = { x: [0, 1], y: [0, 1], slope: [1, 1] };

function tabulate(curve: MonotoneCurve): Float64Array {
  const table = new Float64Array(STEPS * TABLE_END + 1);
  for (let i = 0; i < table.length; i++) table[i] = evaluateCurve(curve, i / STEPS);
  return table;
}

/** Signed square root of a linear value after the curve. */
function lookUp(table: Float64Array, curve: MonotoneCurve, linear: number): number {
  const size = Math.sqrt(Math.abs(linear));
  const at = size * STEPS;
  const i = at | 0;
  const root = i < table.length - 1 ? table[i]! + (at - i) * (table[i + 1]! - table[i]!) : evaluateCurve(curve, size);
  return linear < 0 ? -root : root;
}

/**
 * `applyCorrection` for very many pixels: the curves become tables of roots, whose products are the root-polynomial's
 * terms, so that no further root is taken.
 */
export function prepareCorrection({ curves, matrix }: Correction): PixelCorrection {
  const linear = linearPart(matrix);
  if (!curves && matrix.length === 9) return (rgb) => convertPrimaries(rgb, linear);
  const [red, green, blue] = curves ?? [IDENTITY_CURVE, IDENTITY_CURVE, IDENTITY_CURVE];
  const [toRed, toGreen, toBlue] = [tabulate(red), tabulate(green), tabulate(blue)];
  const prepared = { red, green, blue, toRed, toGreen, toBlue, linear, roots: rootPart(matrix) };
  return (rgb) => correctInPlace(prepared, rgb);
}

interface Prepared {
  readonly red: MonotoneCurve;
  readonly green: MonotoneCurve;
  readonly blue: MonotoneCurve;
  readonly toRed: Float64Array;
  readonly toGreen: Float64Array;
  readonly toBlue: Float64Array;
  readonly linear: Float64Array;
  readonly roots: Float64Array;
}

/** A function of its own, because the compiled code of a closure is thrown away with it. */
function correctInPlace(prepared: Prepared, rgb: Float32Array): void {
  const { red, green, blue, toRed, toGreen, toBlue, linear, roots: p } = prepared;
  for (let i = 0; i < rgb.length; i += 3) {
    const rootR = lookUp(toRed, red, rgb[i]!);
    const rootG = lookUp(toGreen, green, rgb[i + 1]!);
    const rootB = lookUp(toBlue, blue, rgb[i + 2]!);
    const rg = Math.max(0, rootR) * Math.max(0, rootG);
    const gb = Math.max(0, rootG) * Math.max(0, rootB);
    const br = Math.max(0, rootB) * Math.max(0, rootR);
    const r = rootR * Math.abs(rootR);
    const g = rootG * Math.abs(rootG);
    const b = rootB * Math.abs(rootB);
    rgb[i] = linear[0]! * r + linear[1]! * g + linear[2]! * b + p[0]! * rg + p[1]! * gb + p[2]! * br;
    rgb[i + 1] = linear[3]! * r + linear[4]! * g + linear[5]! * b + p[3]! * rg + p[4]! * gb + p[5]! * br;
    rgb[i + 2] = linear[6]! * r + linear[7]! * g + linear[8]! * b + p[6]! * rg + p[7]! * gb + p[8]! * br;
  }
}

/** Coefficients of r, g, b, three rows. */
function linearPart(matrix: readonly number[]): Float64Array {
  const stride = matrix.length / 3;
  return Float64Array.from({ length: 9 }, (_, i) => matrix[stride * Math.floor(i / 3) + (i % 3)]!);
}

/** Coefficients of the roots, three rows; zeros in a linear correction. */
function rootPart(matrix: readonly number[]): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) =>
    matrix.length === 18 ? matrix[6 * Math.floor(i / 3) + 3 + (i % 3)]! : 0,
  );
}
