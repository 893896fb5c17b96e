import type { Picture } from './picture.ts';

/** Seven rows a letter, as wide as it needs. */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  S: ['.###.', '#...#', '#....', '.###.', '....#', '#...#', '.###.'],
  i: ['#', '.', '#', '#', '#', '#', '#'],
  m: ['.....', '.....', '####.', '#.#.#', '#.#.#', '#.#.#', '#.#.#'],
  u: ['....', '....', '#..#', '#..#', '#..#', '#..#', '.###'],
  l: ['#', '#', '#', '#', '#', '#', '#'],
  a: ['....', '....', '.##.', '...#', '.###', '#..#', '.###'],
  t: ['...', '.#.', '###', '.#.', '.#.', '.#.', '.##'],
  o: ['....', '....', '.##.', '#..#', '#..#', '#..#', '.##.'],
  n: ['....', '....', '###.', '#..#', '#..#', '#..#', '#..#'],
};
const WORD = 'Simulation';
const ROWS = 7;
const PAD = 3;
/** The word takes about this share of the picture's width. */
const WIDTH_SHARE = 0.16;
const PLATE = 0.45;

/** The word as columns of 0 and 1, one unit between letters. */
function wordBitmap(): { columns: number; isInk: (column: number, row: number) => boolean } {
  const rows = Array.from({ length: ROWS }, (_, row) => [...WORD].map((letter) => GLYPHS[letter]![row]!).join('.'));
  const width = Math.max(...rows.map((row) => row.length));
  return { columns: width, isInk: (column, row) => rows[row]?.[column] === '#' };
}

/**
 * Writes "Simulation" into the pixels of both lower corners, white on darkened plates, so that no copy of the picture goes
 * without it, nor the half of it that a slider leaves. Changes `picture.data`.
 */
export function burnLabel({ widthPx, heightPx, channels, data }: Picture): void {
  const { columns, isInk } = wordBitmap();
  const unit = Math.max(1, Math.round((WIDTH_SHARE * widthPx) / columns));
  const plateWidth = (columns + 2 * PAD) * unit;
  const plateHeight = (ROWS + 2 * PAD) * unit;
  const margin = 2 * unit;
  const top = Math.max(0, heightPx - margin - plateHeight);
  for (const left of [margin, Math.max(margin + plateWidth, widthPx - margin - plateWidth)])
    for (let y = top; y < Math.min(heightPx, top + plateHeight); y++)
      for (let x = left; x < Math.min(widthPx, left + plateWidth); x++) {
        const at = (y * widthPx + x) * channels;
        const ink = isInk(Math.floor((x - left) / unit) - PAD, Math.floor((y - top) / unit) - PAD);
        for (let c = 0; c < 3; c++) data[at + c] = ink ? 255 : PLATE * data[at + c]! + 0.5;
      }
}
