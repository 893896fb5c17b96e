import type { RasterPhoto } from '../rasterPhoto.ts';
import type { PixelCorrection } from '../sampling/pixelCorrection.ts';

/** Nodes along each channel: 32 steps, between which a correction is as good as straight. */
const NODES = 33;

/**
 * A correction of stored code values by a table of nodes, filled where colours occur: some corrections cost much more than
 * the eight look-ups. Returns a function that writes the linear sRGB of the pixel at `at` to `out`.
 */
export function tabulateCorrection(
  { data, toLinear: [toR, toG, toB], toSrgb: m }: RasterPhoto,
  correction: PixelCorrection,
): (at: number, out: Float64Array) => void {
  const table = new Float32Array(3 * NODES ** 3).fill(Number.NaN);
  const last = toR.length - 1;
  const step = last / (NODES - 1);
  const scratch = new Float64Array(3);
  const fill = (r: number, g: number, b: number, node: number): void => {
    const [red, green, blue] = [r, g, b].map((k, c) => [toR, toG, toB][c]![Math.min(last, Math.round(k * step))]!) as [
      number,
      number,
      number,
    ];
    if (m)
      correction(
        m[0]! * red + m[1]! * green + m[2]! * blue,
        m[3]! * red + m[4]! * green + m[5]! * blue,
        m[6]! * red + m[7]! * green + m[8]! * blue,
        scratch,
      );
    else correction(red, green, blue, scratch);
    for (let c = 0; c < 3; c++) table[node + c] = scratch[c]!;
  };
  // Between nodes light is interpolated in linear light, not in codes.
  const lower = new Uint8Array(last + 1);
  const shares = [toR, toG, toB].map((to) => {
    const share = new Float32Array(last + 1);
    for (let code = 0; code <= last; code++) {
      const k = Math.min(NODES - 2, Math.floor(code / step));
      lower[code] = k;
      const [from, until] = [to[Math.round(k * step)]!, to[Math.min(last, Math.round((k + 1) * step))]!];
      share[code] = until > from ? (to[code]! - from) / (until - from) : 0;
    }
    return share;
  });
  const [shareR, shareG, shareB] = shares as [Float32Array, Float32Array, Float32Array];
  return (at, out) => {
    const codeR = data[at]!;
    const codeG = data[at + 1]!;
    const codeB = data[at + 2]!;
    const r = lower[codeR]!;
    const g = lower[codeG]!;
    const b = lower[codeB]!;
    const fr = shareR[codeR]!;
    const fg = shareG[codeG]!;
    const fb = shareB[codeB]!;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let corner = 0; corner < 8; corner++) {
      const i = corner >> 2;
      const j = (corner >> 1) & 1;
      const k = corner & 1;
      const weight = (i ? fr : 1 - fr) * (j ? fg : 1 - fg) * (k ? fb : 1 - fb);
      if (weight === 0) continue;
      const node = 3 * (((r + i) * NODES + g + j) * NODES + b + k);
      if (Number.isNaN(table[node]!)) fill(r + i, g + j, b + k, node);
      red += weight * table[node]!;
      green += weight * table[node + 1]!;
      blue += weight * table[node + 2]!;
    }
    out[0] = red;
    out[1] = green;
    out[2] = blue;
  };
}
