import type { AreaShape } from './treatedArea.ts';

type Point = readonly [x: number, y: number];

/** Fills the cells whose middle lies inside a closed outline (even–odd rule). */
export function fillOutline(
  grid: Uint8Array,
  widthPx: number,
  heightPx: number,
  points: readonly Point[],
  value: number,
) {
  for (let y = 0; y < heightPx; y++) {
    const middle = y + 0.5;
    const crossings: number[] = [];
    for (let k = 0; k < points.length; k++) {
      const before = points[(k + points.length - 1) % points.length]!;
      const point = points[k]!;
      const isAbove = before[1] <= middle;
      if (isAbove === point[1] <= middle) continue;
      const along = (middle - before[1]) / (point[1] - before[1]);
      crossings.push(before[0] + along * (point[0] - before[0]));
    }
    crossings.sort((one, other) => one - other);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(widthPx, Math.ceil(crossings[k + 1]! - 0.5));
      if (to > from) grid.fill(value, y * widthPx + from, y * widthPx + to);
    }
  }
}

function brushSegment(
  grid: Uint8Array,
  [widthPx, heightPx]: readonly [number, number],
  [[x0, y0], [x1, y1]]: readonly [Point, Point],
  radius: number,
  value: number,
) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length2 = dx * dx + dy * dy;
  for (
    let y = Math.max(0, Math.floor(Math.min(y0, y1) - radius));
    y < Math.min(heightPx, Math.ceil(Math.max(y0, y1) + radius));
    y++
  )
    for (
      let x = Math.max(0, Math.floor(Math.min(x0, x1) - radius));
      x < Math.min(widthPx, Math.ceil(Math.max(x0, x1) + radius));
      x++
    ) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const along = length2 > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length2)) : 0;
      if ((px - along * dx) ** 2 + (py - along * dy) ** 2 <= radius * radius) grid[y * widthPx + x] = value;
    }
}

/** Draws shapes into a grid of 0 and 1 laid over the whole picture, in their order. */
export function drawShapes(grid: Uint8Array, widthPx: number, heightPx: number, shapes: readonly AreaShape[]): void {
  for (const { kind, brush, points } of shapes) {
    const value = kind === 'add' ? 1 : 0;
    const onGrid = points.map(([x, y]): Point => [(x / 1000) * widthPx, (y / 1000) * heightPx]);
    if (brush === null) {
      fillOutline(grid, widthPx, heightPx, onGrid, value);
      continue;
    }
    const radius = Math.max(0.7, (brush / 1000) * Math.max(widthPx, heightPx));
    onGrid.forEach((point, k) => {
      brushSegment(grid, [widthPx, heightPx], [onGrid[Math.max(0, k - 1)]!, point], radius, value);
    });
  }
}
