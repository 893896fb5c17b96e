import type { WorkingImage } from '../workingImage.ts';

/** Mean of every 2 × 2 block, in linear light; an odd last row or column is left out. */
export function halveImage({ widthPx, heightPx, scale, rgb }: WorkingImage): WorkingImage {
  const width = widthPx >> 1;
  const height = heightPx >> 1;
  const out = new Float32Array(3 * width * height);
  const row = 3 * widthPx;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 2 * (y * row + 3 * x);
      const to = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        const at = from + c;
        out[to + c] = (rgb[at]! + rgb[at + 3]! + rgb[at + row]! + rgb[at + row + 3]!) / 4;
      }
    }
  }
  return { widthPx: width, heightPx: height, scale: 2 * scale, rgb: out };
}
