import type { PixelCorrection } from '../sampling/pixelCorrection.ts';
import type { Correction } from './correction.ts';
import { evaluateCurve, type MonotoneCurve } from './monotoneCurve.ts';

/** Entries per unit of a curve's table: between them a curve with a handful of knots is straight to 1e-6. */
const STEPS = 4096;
/** Square roots of linear light above this are rare and take the curve itself. */
const TABLE_END = 1.25;

const IDENTITY_CURVE: MonotoneCurve = { x: [0, 1], y: [0, 1], slope: [1, 1] };

function tabulate(curve: MonotoneCurve): Float64Array {
  return Float64Array.from({ length: STEPS * TABLE_END + 1 }, (_, i) => evaluateCurve(curve, i / STEPS));
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
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = linearPart(matrix);
  const [p0, p1, p2, p3, p4, p5, p6, p7, p8] = rootPart(matrix);
  if (!curves && matrix.length === 9)
    return (r, g, b, out) => {
      out[0] = m0 * r + m1 * g + m2 * b;
      out[1] = m3 * r + m4 * g + m5 * b;
      out[2] = m6 * r + m7 * g + m8 * b;
    };
  const [red, green, blue] = curves ?? [IDENTITY_CURVE, IDENTITY_CURVE, IDENTITY_CURVE];
  const tables = [tabulate(red), tabulate(green), tabulate(blue)] as const;
  return (r, g, b, out) => {
    const rootR = lookUp(tables[0], red, r);
    const rootG = lookUp(tables[1], green, g);
    const rootB = lookUp(tables[2], blue, b);
    const lr = rootR * Math.abs(rootR);
    const lg = rootG * Math.abs(rootG);
    const lb = rootB * Math.abs(rootB);
    const rg = Math.max(0, rootR) * Math.max(0, rootG);
    const gb = Math.max(0, rootG) * Math.max(0, rootB);
    const br = Math.max(0, rootB) * Math.max(0, rootR);
    out[0] = m0 * lr + m1 * lg + m2 * lb + p0 * rg + p1 * gb + p2 * br;
    out[1] = m3 * lr + m4 * lg + m5 * lb + p3 * rg + p4 * gb + p5 * br;
    out[2] = m6 * lr + m7 * lg + m8 * lb + p6 * rg + p7 * gb + p8 * br;
  };
}

type Nine = [number, number, number, number, number, number, number, number, number];

/** Coefficients of r, g, b, three rows. */
function linearPart(matrix: readonly number[]): Nine {
  const stride = matrix.length / 3;
  return Array.from({ length: 9 }, (_, i) => matrix[stride * Math.floor(i / 3) + (i % 3)]!) as Nine;
}

/** Coefficients of the roots, three rows; zeros in a linear correction. */
function rootPart(matrix: readonly number[]): Nine {
  return Array.from({ length: 9 }, (_, i) =>
    matrix.length === 18 ? matrix[6 * Math.floor(i / 3) + 3 + (i % 3)]! : 0,
  ) as Nine;
}
