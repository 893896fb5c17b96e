/** Linear device RGB -> linear sRGB in place, interleaved; `m` is `RasterPhoto.toSrgb`. */
export function convertPrimaries(rgb: Float32Array, m: Float64Array): void {
  for (let i = 0; i < rgb.length; i += 3) {
    const r = rgb[i]!;
    const g = rgb[i + 1]!;
    const b = rgb[i + 2]!;
    rgb[i] = m[0]! * r + m[1]! * g + m[2]! * b;
    rgb[i + 1] = m[3]! * r + m[4]! * g + m[5]! * b;
    rgb[i + 2] = m[6]! * r + m[7]! * g + m[8]! * b;
  }
}
