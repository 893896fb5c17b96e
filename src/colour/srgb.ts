/** sRGB transfer curve and primaries (IEC 61966-2-1); XYZ is D65/2° with Y = 1 for white. */

/** Linear sRGB -> XYZ, row-major. */
export const LINEAR_SRGB_TO_XYZ: readonly number[] = [
  0.41239079926595934, 0.357584339383878, 0.1804807884018343, 0.21263900587151027, 0.715168678767756,
  0.07219231536073371, 0.01933081871559182, 0.11919477979462598, 0.9505321522496607,
];

/** XYZ -> linear sRGB, row-major. */
export const XYZ_TO_LINEAR_SRGB: readonly number[] = [
  3.2409699419045226, -1.537383177570094, -0.4986107602930034, -0.9692436362808796, 1.8759675015077202,
  0.04155505740717559, 0.05563007969699366, -0.20397695888897652, 1.0569715142428786,
];

/** Encoded 0–1 -> linear; mirrored below zero so that out-of-gamut values survive. */
export function srgbToLinear(encoded: number): number {
  const v = Math.abs(encoded);
  return Math.sign(encoded) * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
}

/** Linear -> encoded 0–1; mirrored below zero. */
export function linearToSrgb(linear: number): number {
  const v = Math.abs(linear);
  return Math.sign(linear) * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
}

/** Linear value of each 8-bit sRGB code. */
export const SRGB8_TO_LINEAR: Float32Array = Float32Array.from({ length: 256 }, (_, code) => srgbToLinear(code / 255));

/** Nearest 8-bit code of a linear value, clamped to 0–255. */
export function linearToSrgb8(linear: number): number {
  return Math.round(255 * linearToSrgb(Math.min(1, Math.max(0, linear))));
}
