/**
 * Turns linear sRGB as photographed into the corrected one, in place: interleaved, any number of pixels. A whole batch a
 * call, because a call a pixel costs as much as the arithmetic.
 */
export type PixelCorrection = (rgb: Float32Array) => void;

export const keepAsPhotographed: PixelCorrection = () => {};
