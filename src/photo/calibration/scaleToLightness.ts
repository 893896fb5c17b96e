import type { LabCovariance } from '../../colour/lab65.ts';

/**
 * Errors of light and of calibration are shares of the light, and Lab grows with its cube root: L* + 16, a* and b* all
 * by the same factor. So a covariance stated for L* 50 holds at another lightness after scaling by the square of
 * (L* + 16) / 66: the same wrong light moves dark skin less than fair skin.
 */
export function scaleToLightness(covarianceAt50: LabCovariance, lightness: number): LabCovariance {
  const factor = ((Math.max(0, lightness) + 16) / 66) ** 2;
  return covarianceAt50.map((value) => factor * value) as unknown as LabCovariance;
}
