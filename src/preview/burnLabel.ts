import { previewWordsTexts } from '../language/texts/previewWords.ts';
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
const WORD = previewWordsTexts.simulation;
const ROWS = 7;
const PAD = 3;
/** The word takes about this share of the picture's width. */
const WIDTH_SHARE = 0.16;
const PLATE = 0.45;

/** The word as rows of cells, one cell between letters. */
const ROWS_OF_WORD = Array.from({ length: ROWS }, (_, row) =>
  [...WORD].map((letter) => GLYPHS[letter]![row]!).join('.'),
);
const COLUMNS = ROWS_OF_WORD[0]!.length;

/**
 * Writes "Simulation" into the pixels of both lower corners, white on darkened plates, so that no copy of the picture goes
 * without it, nor the half of it that a slider leaves. Changes `picture.data`.
 */
export function burnLabel(picture: Picture): void {
  const { widthPx, heightPx } = picture;
  const unit = Math.max(1, Math.round((WIDTH_SHARE * widthPx) / COLUMNS));
  const plateWidth = (COLUMNS + 2 * PAD) * unit;
  const margin = 2 * unit;
  const top = Math.max(0, heightPx - margin - (ROWS + 2 * PAD) * unit);
  for (const left of [margin, Math.max(margin + plateWidth, widthPx - margin - plateWidth)])
    for (let row = 0; row < ROWS + 2 * PAD; row++)
      for (let column = 0; column < COLUMNS + 2 * PAD; column++) {
        const isInk = ROWS_OF_WORD[row - PAD]?.[column - PAD] === '#';
        burnCell(picture, left + column * unit, top + row * unit, unit, isInk);
      }
}

/** Makes one cell of the plate white or dark, as far as the picture goes. */
function burnCell({ widthPx, heightPx, channels, data }: Picture, x: number, y: number, unit: number, isInk: boolean) {
  const right = Math.min(widthPx, x + unit);
  for (let line = y; line < Math.min(heightPx, y + unit); line++)
    for (let column = x; column < right; column++) {
      const at = (line * widthPx + column) * channels;
      for (let c = at; c < at + 3; c++) data[c] = isInk ? 255 : Math.round(PLATE * data[c]!);
    }
}
