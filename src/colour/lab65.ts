declare const whitePoint: unique symbol;

/**
 * CIELAB under D65, 2° observer: the one Lab used inside Stipple. L* 0–100.
 * The brand keeps a D50 or 10° value from being passed by mistake; make one with `lab65()` or `adapt*` functions.
 */
export type Lab65 = readonly [L: number, a: number, b: number] & { readonly [whitePoint]: 'D65/2' };

export function lab65(L: number, a: number, b: number): Lab65 {
  return [L, a, b] as unknown as Lab65;
}

/** A symmetric 3×3 covariance in Lab, row-major, units of Lab squared. */
export type LabCovariance = readonly [number, number, number, number, number, number, number, number, number];
