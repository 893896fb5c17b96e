import type { LabelMask } from './label.ts';

/** Labels of the same picture on another grid, nearest cell. */
export function maskOnGrid(mask: LabelMask, widthPx: number, heightPx: number): Uint8Array {
  const labels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const row = Math.floor(((y + 0.5) * mask.heightPx) / heightPx) * mask.widthPx;
    for (let x = 0; x < widthPx; x++)
      labels[y * widthPx + x] = mask.labels[row + Math.floor(((x + 0.5) * mask.widthPx) / widthPx)]!;
  }
  return labels;
}
