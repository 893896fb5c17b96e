import type { Box } from '../rasterPhoto.ts';
import type { LABEL, Label, LabelMap } from './labelMap.ts';

const BOXES = 3;

/**
 * Largest all-`label` square ending at each pixel (dynamic programming), with already used pixels barred. `sides` holds
 * those of the row above, each overwritten by its own row's.
 */
function largestSquare(map: LabelMap, label: Label, used: Uint8Array): { x: number; y: number; side: number } {
  const { widthPx, heightPx, labels } = map;
  const sides = new Uint16Array(widthPx + 1);
  let [bestX, bestY, best] = [0, 0, 0];
  for (let y = 0; y < heightPx; y++) {
    const x = growSquares(labels, label, used, y * widthPx, sides, best);
    if (x < 0) continue;
    best = sides[x + 1]!;
    [bestX, bestY] = [x - best + 1, y - best + 1];
  }
  return { x: bestX, y: bestY, side: best };
}

/** The sides of the squares that end in the row that begins at `row`; where the first of the largest is, −1 if none is above `best`. */
function growSquares(
  labels: Uint8Array,
  label: number,
  used: Uint8Array,
  row: number,
  sides: Uint16Array,
  best: number,
): number {
  let found = -1;
  let left = 0;
  let aboveLeft = 0;
  for (let x = 0; x < sides.length - 1; x++) {
    const above = sides[x + 1]!;
    left = labels[row + x] === label && !used[row + x] ? Math.min(left, above, aboveLeft) + 1 : 0;
    sides[x + 1] = left;
    aboveLeft = above;
    if (left <= best) continue;
    best = left;
    found = x;
  }
  return found;
}

/** A few squares well inside the areas with this label, largest first, in displayed pixels; none where it hardly occurs. */
export function pickBoxes(map: LabelMap, label: typeof LABEL.skin | typeof LABEL.hair): Box[] {
  const used = new Uint8Array(map.labels.length);
  const boxes: Box[] = [];
  const least = Math.max(3, Math.round(0.012 * Math.max(map.widthPx, map.heightPx)));
  let first = 0;
  while (boxes.length < BOXES) {
    const { x, y, side } = largestSquare(map, label, used);
    if (side < least || side < 0.25 * first) break;
    first = Math.max(first, side);
    // Away from the edge of the area, where the other material mixes in, and not so large that shading dominates.
    const inset = Math.min(Math.floor(side / 4), Math.max(1, Math.round(0.15 * side)));
    const across = Math.min(side - 2 * inset, Math.round(0.25 * Math.max(map.widthPx, map.heightPx)));
    const left = x + Math.floor((side - across) / 2);
    const top = y + Math.floor((side - across) / 2);
    boxes.push([
      Math.round(left / map.scale),
      Math.round(top / map.scale),
      Math.round(across / map.scale),
      Math.round(across / map.scale),
    ]);
    for (let j = y; j < y + side; j++) used.fill(1, j * map.widthPx + x, j * map.widthPx + x + side);
  }
  return boxes;
}
