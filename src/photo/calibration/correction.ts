import { evaluateCurve, type MonotoneCurve } from './monotoneCurve.ts';

/**
 * How linear sRGB as read from a photo becomes linear sRGB of the scene under D65 with Y as absolute reflectance.
 * Plain data: it can be stored as JSON and applied anywhere.
 */
export interface Correction {
  /** One curve a channel between square roots of linear values, or null for none. */
  readonly curves: readonly [MonotoneCurve, MonotoneCurve, MonotoneCurve] | null;
  /**
   * Row-major, three rows of 3 or 6 coefficients: of r, g, b, and then of √(r·g), √(g·b), √(b·r), the root-polynomial of
   * degree 2 (Finlayson, Mackiewicz & Hurlbert 2015), which like the linear one commutes with exposure.
   */
  readonly matrix: readonly number[];
}

export const IDENTITY_CORRECTION: Correction = { curves: null, matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] };

/** Writes the corrected colour into `out`; negative inputs count as 0 where a root is taken. */
export function applyCorrection(
  { curves, matrix }: Correction,
  r: number,
  g: number,
  b: number,
  out: Float64Array | number[],
): void {
  if (curves) {
    r = evaluateSquared(curves[0], r);
    g = evaluateSquared(curves[1], g);
    b = evaluateSquared(curves[2], b);
  }
  if (matrix.length === 9) {
    for (let i = 0; i < 3; i++) out[i] = matrix[3 * i]! * r + matrix[3 * i + 1]! * g + matrix[3 * i + 2]! * b;
    return;
  }
  const rr = Math.max(0, r);
  const gg = Math.max(0, g);
  const bb = Math.max(0, b);
  const rg = Math.sqrt(rr * gg);
  const gb = Math.sqrt(gg * bb);
  const br = Math.sqrt(bb * rr);
  for (let i = 0; i < 3; i++) {
    const k = 6 * i;
    out[i] =
      matrix[k]! * r +
      matrix[k + 1]! * g +
      matrix[k + 2]! * b +
      matrix[k + 3]! * rg +
      matrix[k + 4]! * gb +
      matrix[k + 5]! * br;
  }
}

/** A curve between square roots, applied to a linear value; odd, so that values below 0 stay below 0. */
function evaluateSquared(curve: MonotoneCurve, linear: number): number {
  const root = evaluateCurve(curve, Math.sqrt(Math.abs(linear)));
  return Math.sign(linear) * root * Math.abs(root);
}
