import type { Box } from '../rasterPhoto.ts';
import { findComponents } from './components.ts';
import type { ForeignArea, ForeignKind } from './findForeign.ts';
import type { LabelMap } from './labelMap.ts';

/** The box around each part of an area, displayed pixels. */
export function boxesOfForeign(
  { widthPx, heightPx, scale }: LabelMap,
  { kind, mask }: ForeignArea,
): { kind: ForeignKind; box: [number, number, number, number] }[] {
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  const bounds = sizes.map(() => ({ left: widthPx, top: heightPx, right: 0, bottom: 0 }));
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, i++) {
      if (of[i] === 0) continue;
      const part = bounds[of[i]!]!;
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x + 1);
      part.top = Math.min(part.top, y);
      part.bottom = Math.max(part.bottom, y + 1);
    }
  return bounds.slice(1).map(({ left, top, right, bottom }) => {
    const box: Box = [left, top, right - left, bottom - top];
    return { kind, box: box.map((cells) => Math.round(cells / scale)) as [number, number, number, number] };
  });
}
