import { LABEL, type Label, type LabelMask } from './label.ts';

type Point = readonly [x: number, y: number];

/** A copy with every cell painted whose middle lies within `radius` of the segment, in cells; at least the cell it starts in. */
export function paintSegment(mask: LabelMask, label: Label, from: Point, to: Point, radius: number): LabelMask {
  const { widthPx, heightPx } = mask;
  const labels = mask.labels.slice();
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length2 = dx * dx + dy * dy;
  const top = Math.max(0, Math.floor(Math.min(from[1], to[1]) - radius));
  const bottom = Math.min(heightPx - 1, Math.ceil(Math.max(from[1], to[1]) + radius));
  const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - radius));
  const right = Math.min(widthPx - 1, Math.ceil(Math.max(from[0], to[0]) + radius));
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]];
      const along = length2 > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length2)) : 0;
      if ((px - along * dx) ** 2 + (py - along * dy) ** 2 <= radius * radius) labels[y * widthPx + x] = label;
    }
  const [column, row] = [Math.floor(from[0]), Math.floor(from[1])];
  if (column >= 0 && row >= 0 && column < widthPx && row < heightPx) labels[row * widthPx + column] = label;
  return { widthPx, heightPx, labels };
}

/** A copy with a box of cells painted: all that it touches. */
export function paintBox(mask: LabelMask, label: Label, x: number, y: number, w: number, h: number): LabelMask {
  const { widthPx, heightPx } = mask;
  const labels = mask.labels.slice();
  const left = Math.max(0, Math.floor(x));
  const right = Math.min(widthPx, Math.ceil(x + w));
  for (let row = Math.max(0, Math.floor(y)); row < Math.min(heightPx, Math.ceil(y + h)); row++)
    if (right > left) labels.fill(label, row * widthPx + left, row * widthPx + right);
  return { widthPx, heightPx, labels };
}

/** A copy with this label alone; null where no cell has it. */
export function keepOnly(mask: LabelMask, label: Label): LabelMask | null {
  if (!mask.labels.includes(label)) return null;
  return { ...mask, labels: mask.labels.map((own) => (own === label ? own : LABEL.other)) };
}

function hasNeighbour({ widthPx, heightPx, labels }: LabelMask, i: number, is: (label: number) => boolean): boolean {
  const x = i % widthPx;
  return (
    (x > 0 && is(labels[i - 1]!)) ||
    (x < widthPx - 1 && is(labels[i + 1]!)) ||
    (i >= widthPx && is(labels[i - widthPx]!)) ||
    (i < widthPx * (heightPx - 1) && is(labels[i + widthPx]!))
  );
}

/** A copy whose areas of this label are one cell larger on all sides, where no other label lies. */
export function growLabel(mask: LabelMask, label: Label): LabelMask {
  const labels = mask.labels.map((own, i) =>
    own === LABEL.other && hasNeighbour(mask, i, (other) => other === label) ? label : own,
  );
  return { ...mask, labels };
}

/** A copy whose areas of this label are one cell smaller on all sides. */
export function shrinkLabel(mask: LabelMask, label: Label): LabelMask {
  const labels = mask.labels.map((own, i) =>
    own === label && hasNeighbour(mask, i, (other) => other !== label) ? LABEL.other : own,
  );
  return { ...mask, labels };
}

/** A copy without the connected area of one label that holds this cell; the same mask where none does. */
export function removeArea(mask: LabelMask, column: number, row: number): LabelMask {
  const { widthPx, heightPx } = mask;
  const start = row * widthPx + column;
  const label = mask.labels[start];
  if (column < 0 || row < 0 || column >= widthPx || row >= heightPx || label === LABEL.other) return mask;
  const labels = mask.labels.slice();
  const stack = [start];
  while (stack.length > 0) {
    const i = stack.pop()!;
    if (labels[i] !== label) continue;
    labels[i] = LABEL.other;
    const x = i % widthPx;
    if (x > 0) stack.push(i - 1);
    if (x < widthPx - 1) stack.push(i + 1);
    if (i >= widthPx) stack.push(i - widthPx);
    if (i < widthPx * (heightPx - 1)) stack.push(i + widthPx);
  }
  return { widthPx, heightPx, labels };
}
