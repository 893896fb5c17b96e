import type { LabCovariance } from '../../colour/lab65.ts';

/** What a calibration leaves uncertain, stated for a colour of L* 50. */
export interface CalibrationDoubt {
  readonly at50: LabCovariance;
  /** Growth of the sd of L* for each L* below 50: where tones are not known, shadows may be deepened by any amount. */
  readonly shadowSlope?: number;
}

/**
 * Errors of light and of calibration are shares of the light, and Lab grows with its cube root: L* + 16, a* and b* all
 * by the same factor. So a covariance stated for L* 50 grows with the square of (L* + 16) / 66 towards lighter colours.
 * Towards darker ones it stays: light mirrored or strayed into a dark colour is the same as into a fair one, and makes
 * up for what shrinks (rendered heads of dark skin were off by as much).
 */
export function scaleToLightness({ at50, shadowSlope = 0 }: CalibrationDoubt, lightness: number): LabCovariance {
  const share = (Math.max(0, lightness) + 16) / 66;
  const factor = Math.max(1, share) ** 2;
  const deeper = shadowSlope * Math.max(0, 50 - lightness);
  const sdL = Math.sqrt(at50[0]) + deeper;
  return at50.map((value, i) => factor * (i === 0 ? sdL ** 2 : value)) as unknown as LabCovariance;
}
