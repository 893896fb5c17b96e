import type { Label, LabelMask } from './label.ts';

/** Right, down, left, up. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** Per corner of the grid, a bit for each direction in which an edge of the area leaves it, the area to its right. */
function edgesOf({ widthPx, heightPx, labels }: LabelMask, label: Label): Uint8Array {
  const across = widthPx + 1;
  const out = new Uint8Array(across * (heightPx + 1));
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const i = y * widthPx + x;
      if (labels[i] !== label) continue;
      const corner = y * across + x;
      if (y === 0 || labels[i - widthPx] !== label) out[corner]! |= 1;
      if (x === widthPx - 1 || labels[i + 1] !== label) out[corner + 1]! |= 2;
      if (y === heightPx - 1 || labels[i + widthPx] !== label) out[corner + across + 1]! |= 4;
      if (x === 0 || labels[i - 1] !== label) out[corner + across]! |= 8;
    }
  return out;
}

/**
 * The outlines of all cells with a label as the `d` of an SVG path, in units in which the whole grid is `width` × `height`.
 * Loops go round their area clockwise and round its holes the other way; '' where no cell has the label.
 */
export function outlineMask(mask: LabelMask, label: Label, width: number, height: number): string {
  const across = mask.widthPx + 1;
  const out = edgesOf(mask, label);
  const toX = (x: number) => Math.round((x * width) / mask.widthPx);
  const toY = (y: number) => Math.round((y * height) / mask.heightPx);
  let path = '';
  for (let start = 0; start < out.length; start++) {
    while (out[start]! & 1) {
      let [x, y] = [start % across, Math.floor(start / across)];
      path += `M${toX(x)} ${toY(y)}`;
      let direction = 0;
      do {
        const [dx, dy] = STEPS[direction]!;
        // A straight run is one line.
        do {
          out[y * across + x]! &= ~(1 << direction);
          x += dx;
          y += dy;
        } while (out[y * across + x]! & (1 << direction) && !turnsRight(out[y * across + x]!, direction));
        path += dx === 0 ? `V${toY(y)}` : `H${toX(x)}`;
        direction = nextDirection(out[y * across + x]!, direction);
      } while (direction >= 0);
      path += 'Z';
    }
  }
  return path;
}

const turnsRight = (edges: number, direction: number): boolean => (edges & (1 << ((direction + 1) % 4))) !== 0;

/** Right turns first, so that cells that touch only at a corner stay apart; −1 where the loop has closed. */
function nextDirection(edges: number, direction: number): number {
  for (const turn of [1, 0, 3]) {
    const next = (direction + turn) % 4;
    if (edges & (1 << next)) return next;
  }
  return -1;
}
