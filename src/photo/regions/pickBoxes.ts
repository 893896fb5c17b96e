import type { Box } from '../rasterPhoto.ts';
import type { LABEL, Label, LabelMap } from './labelMap.ts';

const BOXES = 3;

/** Largest all-`label` square ending at each pixel (dynamic programming), with already used pixels barred. */
function largestSquare(map: LabelMap, label: Label, used: Uint8Array): { x: number; y: number; side: number } {
  const { widthPx, heightPx, labels } = map;
  let previous = new Uint16Array(widthPx + 1);
  let best = { x: 0, y: 0, side: 0 };
  for (let y = 0; y < heightPx; y++) {
    const current = new Uint16Array(widthPx + 1);
    for (let x = 0; x < widthPx; x++) {
      const i = y * widthPx + x;
      if (labels[i] !== label || used[i]) continue;
      const side = Math.min(current[x]!, previous[x + 1]!, previous[x]!) + 1;
      current[x + 1] = side;
      if (side > best.side) best = { x: x - side + 1, y: y - side + 1, side };
    }
    previous = current;
  }
  return best;
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
