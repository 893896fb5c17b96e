import { changeInKernels } from './changeInKernels.ts';
import { type Address, giveBack, kernels, markRoom, placeFloats } from './kernels.ts';

/** Fewer numbers are converted sooner than they are brought to the kernels. */
const FEW = 3 * 256;

/** Linear device RGB -> linear sRGB in place, interleaved; `m` is `RasterPhoto.toSrgb`. */
export function convertPrimaries(rgb: Float32Array, m: Float64Array): void {
  if (rgb.length < FEW) convertFew(rgb, m);
  else changeInKernels(rgb, (at) => convertMany(at, rgb.length / 3, m));
}

function convertMany(rgb: Address, pixels: number, m: Float64Array): void {
  const mark = markRoom();
  kernels.convertPrimaries(rgb, pixels, placeFloats(Float32Array.from(m)));
  giveBack(mark);
}

function convertFew(rgb: Float32Array, m: Float64Array): void {
  for (let i = 0; i < rgb.length; i += 3) {
    const r = rgb[i]!;
    const g = rgb[i + 1]!;
    const b = rgb[i + 2]!;
    rgb[i] = m[0]! * r + m[1]! * g + m[2]! * b;
    rgb[i + 1] = m[3]! * r + m[4]! * g + m[5]! * b;
    rgb[i + 2] = m[6]! * r + m[7]! * g + m[8]! * b;
  }
}
