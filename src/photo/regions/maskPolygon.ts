import type { Point } from '../rasterPhoto.ts';

/** The polygon scaled about the mean of its corners. */
export function growPolygon(polygon: readonly Point[], factor: number): Point[] {
  const cx = polygon.reduce((sum, [x]) => sum + x, 0) / polygon.length;
  const cy = polygon.reduce((sum, [, y]) => sum + y, 0) / polygon.length;
  return polygon.map(([x, y]) => [cx + factor * (x - cx), cy + factor * (y - cy)] as const);
}

/** Sets the pixels of `mask` whose centres lie in `polygon` (mask pixels; even–odd rule, scan line by scan line). */
export function fillPolygon(
  mask: Uint8Array,
  widthPx: number,
  heightPx: number,
  polygon: readonly Point[],
  value: number,
): void {
  for (let row = 0; row < heightPx; row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    polygon.forEach(([x0, y0], i) => {
      const [x1, y1] = polygon[(i + 1) % polygon.length]!;
      if (y0 > y !== y1 > y) crossings.push(x0 + ((x1 - x0) * (y - y0)) / (y1 - y0));
    });
    crossings.sort((p, q) => p - q);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(widthPx, Math.ceil(crossings[k + 1]! - 0.5));
      if (to > from) mask.fill(value, row * widthPx + from, row * widthPx + to);
    }
  }
}
