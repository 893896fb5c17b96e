/** Maps a linear sRGB colour as photographed to the corrected one, written to `out[0..2]`. */
export type PixelCorrection = (r: number, g: number, b: number, out: Float64Array) => void;

export const keepAsPhotographed: PixelCorrection = (r, g, b, out) => {
  out[0] = r;
  out[1] = g;
  out[2] = b;
};
