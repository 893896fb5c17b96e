import type { LabCovariance } from '../../colour/lab65.ts';

/** What a calibration leaves uncertain, stated for a colour of L* 50. */
export interface CalibrationDoubt {
  readonly at50: LabCovariance;
  /** Growth of the sd of L* for each L* below 50: where tones are not known, shadows may be deepened by any amount. */
  readonly shadowSlope?: number;
}

/**
 * Errors of light and of calibration are shares of the light, and Lab grows with its cube root: L* + 16, a* and b* all
 * by the same factor. So a covariance stated for L* 50 holds at another lightness after scaling by the square of
 * (L* + 16) / 66: the same wrong light moves dark skin less than fair skin. Below L* 50 it shrinks only by its root:
 * light mirrored or strayed into a dark colour is the same as into a fair one.
 */
export function scaleToLightness({ at50, shadowSlope = 0 }: CalibrationDoubt, lightness: number): LabCovariance {
  const share = (Math.max(0, lightness) + 16) / 66;
  const factor = share < 1 ? share : share ** 2;
  const deeper = shadowSlope * Math.max(0, 50 - lightness);
  const sdL = Math.sqrt(at50[0]) + deeper;
  return at50.map((value, i) => factor * (i === 0 ? sdL ** 2 : value)) as unknown as LabCovariance;
}
