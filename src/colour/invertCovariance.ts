import type { LabCovariance } from './lab65.ts';

/** Inverse of a positive definite 3×3 by cofactors. @throws RangeError when it has none */
export function invertCovariance([a, b, c, d, e, f, g, h, i]: LabCovariance): LabCovariance {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!(determinant > 0))
    throw new RangeError(`Expected a positive definite covariance but its determinant is ${determinant}.`);
  const cofactors = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  return cofactors.map((value) => value / determinant) as unknown as LabCovariance;
}
