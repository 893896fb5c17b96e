import { changeInKernels } from '../changeInKernels.ts';
import { convertPrimaries } from '../convertPrimaries.ts';
import { giveBack, kernels, markRoom, placeFloats } from '../kernels.ts';
import type { PixelCorrection } from '../sampling/pixelCorrection.ts';
import type { Correction } from './correction.ts';
import { evaluateCurve, type MonotoneCurve } from './monotoneCurve.ts';

/** Entries per unit of a curve's table: between them a curve with a handful of knots is straight to 1e-6. */
const STEPS = 4096;
/** Square roots of linear light go up to here; beyond, where a curve has no knots, its table goes on straight as it does. */
const TABLE_END = 1.25;
const ENTRIES = STEPS * TABLE_END;

const IDENTITY_CURVE: MonotoneCurve = { x: [0, 1], y: [0, 1], slope: [1, 1] };

/** Each root after the curve and the rise to the next, from `start` on. */
function tabulate(curve: MonotoneCurve, tables: Float32Array, start: number): void {
  let root = evaluateCurve(curve, 0);
  for (let i = 0; i < ENTRIES; i++) {
    const next = evaluateCurve(curve, (i + 1) / STEPS);
    tables[start + 2 * i] = root;
    tables[start + 2 * i + 1] = next - root;
    root = next;
  }
}

/**
 * `applyCorrection` for very many pixels: the curves become tables of roots, whose products are the root-polynomial's
 * terms, so that no further root is taken. Some corrections are never used: the tables are made when one is.
 */
export function prepareCorrection({ curves, matrix }: Correction): PixelCorrection {
  const linear = linearPart(matrix);
  if (!curves && matrix.length === 9) return (rgb) => convertPrimaries(rgb, linear);
  const coefficients = Float32Array.of(...linear, ...rootPart(matrix));
  let tables: Float32Array | null = null;
  return (rgb) => {
    tables ??= tabulateAll(curves ?? [IDENTITY_CURVE, IDENTITY_CURVE, IDENTITY_CURVE]);
    correctInPlace(tables, coefficients, rgb);
  };
}

function tabulateAll(curves: NonNullable<Correction['curves']>): Float32Array {
  const tables = new Float32Array(2 * 3 * ENTRIES);
  for (let channel = 0; channel < 3; channel++) tabulate(curves[channel as 0 | 1 | 2], tables, 2 * channel * ENTRIES);
  return tables;
}

function correctInPlace(tables: Float32Array, coefficients: Float32Array, rgb: Float32Array): void {
  changeInKernels(rgb, (at) => {
    const mark = markRoom();
    kernels.correct(at, rgb.length / 3, placeFloats(tables), ENTRIES, STEPS, placeFloats(coefficients));
    giveBack(mark);
  });
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
