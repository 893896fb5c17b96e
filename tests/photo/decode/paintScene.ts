/** Interleaved 8-bit RGB. */
export interface PaintedScene {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/** A picture in which every corner differs and no colour repeats regularly: it shows turns, mirrors and swapped channels. */
export function paintScene(widthPx: number, heightPx: number): PaintedScene {
  const data = new Uint8Array(3 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = 3 * (y * widthPx + x);
      data[at] = Math.round(40 + (180 * x) / widthPx);
      data[at + 1] = Math.round(40 + (180 * y) / heightPx);
      data[at + 2] = x < widthPx / 2 && y < heightPx / 2 ? 200 : 60;
    }
  }
  return { widthPx, heightPx, data };
}
