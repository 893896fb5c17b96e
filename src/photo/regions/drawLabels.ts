import type { ForeignArea } from './findForeign.ts';
import { LABEL, type LabelMap } from './labelMap.ts';

/** One repeat of the patterns, in pixels of the drawing. */
const UNIT = 12;

/** Values beside those of `LABEL` in the drawing of a proposal. */
const DRAWN = { cloth: 4, tattoo: 5 } as const;

/** 0 nothing, 1 white, 2 black: the kinds differ by form, not by colour, so that they also differ in greyscale. */
function ink(label: number, x: number, y: number): 0 | 1 | 2 {
  if (label === LABEL.hair) {
    const along = (x + y) % UNIT;
    return along < 2 ? 1 : along < 4 ? 2 : 0;
  }
  if (label === LABEL.skin) {
    const dx = (x % UNIT) - UNIT / 2;
    const dy = (y % UNIT) - UNIT / 2;
    const distance = dx * dx + dy * dy;
    return distance < 2.5 ? 1 : distance < 8 ? 2 : 0;
  }
  if (label === LABEL.avoid) {
    const one = (x + y) % UNIT;
    const other = (x - y + UNIT * 4096) % UNIT;
    const nearest = Math.min(one, UNIT - one, other, UNIT - other);
    return nearest < 1 ? 2 : nearest < 2 ? 1 : 0;
  }
  if (label === DRAWN.cloth) {
    const down = y % (UNIT / 2);
    return down < 1 ? 1 : down < 2 ? 2 : 0;
  }
  if (label === DRAWN.tattoo) {
    const inner = Math.max(Math.abs((x % UNIT) - UNIT / 2), Math.abs((y % UNIT) - UNIT / 2));
    return inner === 3 ? 1 : inner === 4 ? 2 : 0;
  }
  return 0;
}

/**
 * Draws a label map as a see-through RGBA picture of `widthPx` × `heightPx`: hair as lines, skin as dots, avoid as
 * cross-hatch, cloth as level lines, tattoos as small squares, with a white line where two labels meet.
 */
export function drawLabels(
  map: LabelMap,
  widthPx: number,
  heightPx: number,
  foreign: readonly ForeignArea[] = [],
): Uint8Array {
  const labels = map.labels.slice();
  for (const { kind, mask } of foreign) for (let i = 0; i < mask.length; i++) if (mask[i]) labels[i] = DRAWN[kind];
  const rgba = new Uint8Array(4 * widthPx * heightPx);
  const labelOf = (x: number, y: number): number => {
    const column = Math.min(map.widthPx - 1, Math.floor(((x + 0.5) * map.widthPx) / widthPx));
    const row = Math.min(map.heightPx - 1, Math.floor(((y + 0.5) * map.heightPx) / heightPx));
    return labels[row * map.widthPx + column]!;
  };
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const label = labelOf(x, y);
      const edge =
        (x + 1 < widthPx && labelOf(x + 1, y) !== label) || (y + 1 < heightPx && labelOf(x, y + 1) !== label);
      const drawn = edge ? 1 : ink(label, x, y);
      if (drawn === 0) continue;
      const at = 4 * (y * widthPx + x);
      const grey = drawn === 1 ? 255 : 0;
      rgba[at] = grey;
      rgba[at + 1] = grey;
      rgba[at + 2] = grey;
      rgba[at + 3] = edge ? 255 : 190;
    }
  }
  return rgba;
}
