import { invertMatrix3 } from './invertMatrix3.ts';
import type { LabCovariance } from './lab65.ts';

/** Inverse of a positive definite covariance. @throws RangeError when it has none */
export function invertCovariance(covariance: LabCovariance): LabCovariance {
  const { inverse, determinant } = invertMatrix3(covariance);
  if (!(determinant > 0))
    throw new RangeError(`Expected a positive definite covariance but its determinant is ${determinant}.`);
  return inverse as unknown as LabCovariance;
}
