import type { Coefficients } from './skinReflectance.ts';

/**
 * Mean distance in mm between where light enters and leaves bare skin at one wavelength, from the diffusion length of
 * its dermis, 1/√(3μa(μa + μs')).
 */
export function exitRadiusMm(dermis: Coefficients): number {
  return 0.5 / Math.sqrt(3 * dermis.absorption * (dermis.absorption + dermis.scattering));
}
