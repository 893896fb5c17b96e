import type { MatchResult } from '../app/matchResult.ts';
import { ENGLISH } from '../language/english.ts';
import { LABEL } from '../masks/label.ts';
import { readMask } from '../masks/maskText.ts';
import type { Box } from '../photo/rasterPhoto.ts';
import { KIND_NAMES, KINDS } from './matchPages.ts';

type Patches = Record<(typeof KINDS)[number], Box[]>;

export const NOTHING_MARKED = ENGLISH.photo.addAtLeastOnePatch;
const BROKEN_MASK = ENGLISH.photo.thePaintedAreasDidNotArrive;

/** At least this many rows are offered, so that patches can be typed without JavaScript. */
const LEAST_ROWS = 3;
const MOST_ROWS = 40;

export const AXES = [
  { key: 'x', text: 'left' },
  { key: 'y', text: 'top' },
  { key: 'w', text: 'width' },
  { key: 'h', text: 'height' },
] as const;

/** The number rows of each kind: its patches and at least one empty row. */
export function rowsOf(regions: MatchResult['regions']) {
  return Object.fromEntries(
    KINDS.map((kind) => {
      const rows: (readonly number[] | null)[] = [...regions[kind]];
      do rows.push(null);
      while (rows.length < LEAST_ROWS);
      return [kind, rows];
    }),
  );
}

/** What was typed, row by row, so that a refused form loses nothing. */
export function typedRows(body: unknown) {
  const fields = body as Record<string, unknown>;
  const textsOf = (kind: string, row: number) => AXES.map(({ key }) => String(fields[`${kind}.${row}.${key}`] ?? ''));
  return Object.fromEntries(
    KINDS.map((kind) => {
      let count = LEAST_ROWS;
      for (let row = 0; row < MOST_ROWS; row++) if (textsOf(kind, row).some((text) => text !== '')) count = row + 2;
      return [kind, Array.from({ length: count }, (_, row) => textsOf(kind, row))];
    }),
  );
}

/**
 * Patches from the number fields, and from a tap on the photo without JavaScript, and what was painted. Text when something
 * is wrong.
 */
export function readRegions(
  body: unknown,
  photo: { widthPx: number; heightPx: number },
): (Patches & { mask?: string }) | string {
  const fields = body as Record<string, unknown>;
  const patches = readPatches(fields, photo);
  const mask = typeof fields.mask === 'string' ? fields.mask : '';
  if (typeof patches === 'string' || mask === '') return patches;
  const painted = readMask(mask);
  if (!painted) return BROKEN_MASK;
  return painted.labels.some((label) => label !== LABEL.other) ? { ...patches, mask } : patches;
}

function readPatches(fields: Record<string, unknown>, photo: { widthPx: number; heightPx: number }): Patches | string {
  const patches: Patches = { hair: [], skin: [], avoid: [] };
  for (const kind of KINDS) {
    for (let row = 0; row < MOST_ROWS; row++) {
      const texts = AXES.map((axis) => String(fields[`${kind}.${row}.${axis.key}`] ?? '').trim());
      if (texts.every((text) => text === '')) continue;
      const box = texts.map(Number);
      const [x, y, w, h] = box as [number, number, number, number];
      const inside = x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= photo.widthPx && y + h <= photo.heightPx;
      if (texts.includes('') || !box.every(Number.isInteger) || !inside) {
        return ENGLISH.photo.patchMustBeFourWholeNumbers(KIND_NAMES[kind], row + 1, photo.widthPx, photo.heightPx);
      }
      patches[kind].push([x, y, w, h]);
    }
  }
  return applyTap(fields, photo, patches);
}

function applyTap(
  fields: Record<string, unknown>,
  photo: { widthPx: number; heightPx: number },
  patches: Patches,
): Patches {
  const shownWidth = Number(fields.tapWidth);
  const x = (Number(fields['tap.x']) * photo.widthPx) / shownWidth;
  const y = (Number(fields['tap.y']) * photo.widthPx) / shownWidth;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return patches;
  const kind = String(fields.kind);
  if (kind === 'remove') {
    const holds = ([left, top, w, h]: Box) => x >= left && y >= top && x < left + w && y < top + h;
    for (const each of KINDS) patches[each] = patches[each].filter((box) => !holds(box));
    return patches;
  }
  const side = Math.round(Math.min(photo.widthPx, photo.heightPx) / 10);
  const left = Math.round(Math.min(photo.widthPx - side, Math.max(0, x - side / 2)));
  const top = Math.round(Math.min(photo.heightPx - side, Math.max(0, y - side / 2)));
  if (kind === 'hair' || kind === 'skin' || kind === 'avoid') patches[kind].push([left, top, side, side]);
  return patches;
}
