/** Rows of a 3×3 matrix, one after the other. */
type Matrix3 = readonly number[];

/** Inverse by cofactors, with the determinant it was divided by: 0 means that there is none. */
export function invertMatrix3(matrix: Matrix3): { readonly inverse: Matrix3; readonly determinant: number } {
  const [a, b, c, d, e, f, g, h, i] = matrix as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
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
  return { inverse: cofactors.map((cofactor) => cofactor / determinant), determinant };
}
