/** Half widths of the white line and of the black one under it, in pixels. */
const WHITE = 1;
const BLACK = 3;

function dab(rgba: Uint8Array, widthPx: number, heightPx: number, x: number, y: number, half: number, grey: number) {
  for (let row = Math.max(0, y - half); row <= Math.min(heightPx - 1, y + half); row++) {
    for (let column = Math.max(0, x - half); column <= Math.min(widthPx - 1, x + half); column++) {
      rgba.set([grey, grey, grey, 255], 4 * (row * widthPx + column));
    }
  }
}

/** Draws a closed polygon into an RGBA picture: white on black, so that it shows on any photo. */
export function drawOutline(
  rgba: Uint8Array,
  widthPx: number,
  heightPx: number,
  corners: readonly (readonly [number, number])[],
): void {
  for (const [half, grey] of [
    [BLACK, 0],
    [WHITE, 255],
  ] as const) {
    corners.forEach(([x0, y0], i) => {
      const [x1, y1] = corners[(i + 1) % corners.length]!;
      const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0)));
      for (let step = 0; step <= steps; step++) {
        const x = Math.round(x0 + ((x1 - x0) * step) / steps);
        const y = Math.round(y0 + ((y1 - y0) * step) / steps);
        dab(rgba, widthPx, heightPx, x, y, half, grey);
      }
    });
  }
}
