import { LABEL, type Label } from '../../masks/label.ts';

export { LABEL, type Label };

/** Labels of a photo on a reduced grid, row-major. */
export interface LabelMap {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Map pixels per displayed pixel (≤ 1): displayed (x, y) lies in map pixel (⌊x·scale⌋, ⌊y·scale⌋). */
  readonly scale: number;
  readonly labels: Uint8Array;
}

/** Label of the map pixel that holds displayed position (x, y); positions outside give `other`. */
export function labelAt(map: LabelMap, x: number, y: number): Label {
  const column = Math.floor(x * map.scale);
  const row = Math.floor(y * map.scale);
  if (column < 0 || row < 0 || column >= map.widthPx || row >= map.heightPx) return LABEL.other;
  return map.labels[row * map.widthPx + column] as Label;
}

/** The same labels on the displayed grid, one byte a pixel, nearest neighbour. */
export function enlargeLabels(map: LabelMap, widthPx: number, heightPx: number): Uint8Array {
  const out = new Uint8Array(widthPx * heightPx);
  const column = new Int32Array(widthPx);
  for (let x = 0; x < widthPx; x++) column[x] = Math.min(map.widthPx - 1, Math.floor((x + 0.5) * map.scale));
  for (let y = 0; y < heightPx; y++) {
    const row = Math.min(map.heightPx - 1, Math.floor((y + 0.5) * map.scale)) * map.widthPx;
    for (let x = 0; x < widthPx; x++) out[y * widthPx + x] = map.labels[row + column[x]!]!;
  }
  return out;
}
