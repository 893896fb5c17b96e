/**
 * A decoded photo as the camera stored it: upright, interleaved RGB in its own encoding, with what is needed to
 * read any pixel as linear light. Full resolution; nothing is resampled or gamut-clipped.
 */
export interface RasterPhoto {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 3 × widthPx × heightPx code values, row-major. */
  readonly data: Uint8Array | Uint16Array;
  /** Code value -> linear device RGB 0–1; one table a channel, 256 or 65,536 entries. */
  readonly toLinear: readonly [Float32Array, Float32Array, Float32Array];
  /** Linear device RGB -> linear sRGB (D65), row-major 3×3, or null when the primaries are sRGB's. May leave 0–1. */
  readonly toSrgb: Float64Array | null;
}

/** [x, y, width, height] in displayed pixels (after orientation). */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** [x, y] in displayed pixels; pixel centres lie at .5. */
export type Point = readonly [x: number, y: number];
