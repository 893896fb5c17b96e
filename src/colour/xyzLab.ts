import { type Lab65, lab65 } from './lab65.ts';
import { LINEAR_SRGB_TO_XYZ as M, XYZ_TO_LINEAR_SRGB as N } from './srgb.ts';

export type Xyz = readonly [X: number, Y: number, Z: number];
export type LinearRgb = readonly [r: number, g: number, b: number];

/** D65/2° white of the sRGB standard's chromaticity (.3127, .3290), Y = 1. */
export const D65_WHITE: Xyz = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];
/** D50/2° white (ICC profile connection space chromaticity .3457, .3585), Y = 1. */
export const D50_WHITE: Xyz = [0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585];

const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

function compress(t: number): number {
  return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
}

function expand(f: number): number {
  const cube = f * f * f;
  return cube > EPSILON ? cube : (116 * f - 16) / KAPPA;
}

/** CIE 15:2018 equations for any white point; the caller knows which. */
export function xyzToLab([X, Y, Z]: Xyz, white: Xyz): [number, number, number] {
  const fx = compress(X / white[0]);
  const fy = compress(Y / white[1]);
  const fz = compress(Z / white[2]);
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

export function labToXyz([L, a, b]: readonly [number, number, number], white: Xyz): Xyz {
  const fy = (L + 16) / 116;
  return [white[0] * expand(fy + a / 500), white[1] * expand(fy), white[2] * expand(fy - b / 200)];
}

export function xyzToLab65(xyz: Xyz): Lab65 {
  return lab65(...xyzToLab(xyz, D65_WHITE));
}

export function lab65ToXyz(lab: Lab65): Xyz {
  return labToXyz(lab, D65_WHITE);
}

export function linearSrgbToXyz([r, g, b]: LinearRgb): Xyz {
  return [M[0]! * r + M[1]! * g + M[2]! * b, M[3]! * r + M[4]! * g + M[5]! * b, M[6]! * r + M[7]! * g + M[8]! * b];
}

export function xyzToLinearSrgb([X, Y, Z]: Xyz): LinearRgb {
  return [N[0]! * X + N[1]! * Y + N[2]! * Z, N[3]! * X + N[4]! * Y + N[5]! * Z, N[6]! * X + N[7]! * Y + N[8]! * Z];
}

export function linearSrgbToLab65(rgb: LinearRgb): Lab65 {
  return xyzToLab65(linearSrgbToXyz(rgb));
}

/** May leave 0–1 for colours outside sRGB. */
export function lab65ToLinearSrgb(lab: Lab65): LinearRgb {
  return xyzToLinearSrgb(lab65ToXyz(lab));
}
