import type { WorkingImage } from '../workingImage.ts';

/** Mean of every 2 × 2 block, in linear light; an odd last row or column is left out. */
export function halveImage({ widthPx, heightPx, scale, rgb }: WorkingImage): WorkingImage {
  const width = widthPx >> 1;
  const height = heightPx >> 1;
  const out = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++)
    averageRows(rgb, 6 * y * widthPx, 3 * widthPx, out, 3 * y * width, 3 * (y + 1) * width);
  return { widthPx: width, heightPx: height, scale: 2 * scale, rgb: out };
}

/** Blocks of the row of `row` numbers that begins at `from` and of the next one, into `out` from `to` up to `end`. */
function averageRows(rgb: Float32Array, from: number, row: number, out: Float32Array, to: number, end: number): void {
  for (let at = from, below = from + row; to < end; at += 6, below += 6, to += 3) {
    out[to] = 0.25 * (rgb[at]! + rgb[at + 3]! + rgb[below]! + rgb[below + 3]!);
    out[to + 1] = 0.25 * (rgb[at + 1]! + rgb[at + 4]! + rgb[below + 1]! + rgb[below + 4]!);
    out[to + 2] = 0.25 * (rgb[at + 2]! + rgb[at + 5]! + rgb[below + 2]! + rgb[below + 5]!);
  }
}
