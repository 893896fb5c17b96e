import { type Lab65, lab65 } from '../../colour/lab65.ts';

/** Skin’s a*, b* from L* and the spread about them: quadratic fit to 4,392 reflectance spectra. */
export function skinLocus(L: number): Lab65 {
  return lab65(L, -26.1 + 1.541 * L - 0.0157 * L * L, -19.6 + 1.348 * L - 0.0127 * L * L);
}

export const SIGMA_SKIN_A = 2.89;
export const SIGMA_SKIN_B = 2.27;
