import { LINEAR_SRGB_TO_XYZ as M } from '../../colour/srgb.ts';
import { D65_WHITE } from '../../colour/xyzLab.ts';

const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

function compress(t: number): number {
  return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
}

// The rows of the matrix divided by the white once, so that the loop has no division.
const [XR, XG, XB] = [M[0]! / D65_WHITE[0], M[1]! / D65_WHITE[0], M[2]! / D65_WHITE[0]];
const [YR, YG, YB] = [M[3]!, M[4]!, M[5]!];
const [ZR, ZG, ZB] = [M[6]! / D65_WHITE[2], M[7]! / D65_WHITE[2], M[8]! / D65_WHITE[2]];

/** Lab65 of n linear sRGB pixels (3n in, 3n out): the loop form of `linearSrgbToLab65`. */
export function labOfPixels(rgb: Float32Array): Float32Array {
  const lab = new Float32Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    const r = rgb[i]!;
    const g = rgb[i + 1]!;
    const b = rgb[i + 2]!;
    const fx = compress(XR * r + XG * g + XB * b);
    const fy = compress(YR * r + YG * g + YB * b);
    const fz = compress(ZR * r + ZG * g + ZB * b);
    lab[i] = 116 * fy - 16;
    lab[i + 1] = 500 * (fx - fy);
    lab[i + 2] = 200 * (fy - fz);
  }
  return lab;
}

/** L* alone of one linear sRGB pixel. */
export function lightnessOfLinear(r: number, g: number, b: number): number {
  return 116 * compress(YR * r + YG * g + YB * b) - 16;
}
