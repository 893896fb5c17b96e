/** An 8-bit sRGB picture, interleaved, row-major: `ImageData` of a canvas (4 channels) or raw pixels of a file (3). */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** The same size and kind with other pixels. */
export function pictureLike({ widthPx, heightPx, channels }: Picture, data: Picture['data']): Picture {
  return { widthPx, heightPx, channels, data };
}

/** Left and right exchanged, as people know themselves from the mirror. */
export function mirrorPicture(picture: Picture): Picture {
  const { widthPx, heightPx, channels, data } = picture;
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < heightPx; y++) {
    let to = y * widthPx * channels;
    for (let x = widthPx - 1; x >= 0; x--) {
      const from = (y * widthPx + x) * channels;
      for (let c = 0; c < channels; c++) out[to++] = data[from + c]!;
    }
  }
  return pictureLike(picture, out);
}
