import type { LabelMask } from './label.ts';

/** One letter a label, in the order of `LABEL`: other, skin, hair, avoid. */
const LETTERS = '.sha';
/** Finer grids than this would claim more than a brush can say. */
const MOST_SIDE = 512;
/** Longest text that is read; a mask of a head on the search grid takes 1–8 thousand letters. */
export const MOST_MASK_TEXT = 60_000;

/** A mask as text, runs of cells row by row: "4x3:2s.5h4a" is two skin cells, one other, five hair, four to avoid. */
export function writeMask({ widthPx, heightPx, labels }: LabelMask): string {
  let text = `${widthPx}x${heightPx}:`;
  for (let from = 0; from < labels.length; ) {
    let to = from + 1;
    while (to < labels.length && labels[to] === labels[from]) to++;
    text += `${to - from > 1 ? to - from : ''}${LETTERS[labels[from]!]}`;
    from = to;
  }
  return text;
}

/** Reads what `writeMask` writes; null when the text is no mask or its runs do not fill the grid exactly. */
export function readMask(text: string): LabelMask | null {
  if (text.length > MOST_MASK_TEXT) return null;
  const head = /^([1-9]\d{0,2})x([1-9]\d{0,2}):/.exec(text);
  if (!head) return null;
  const [widthPx, heightPx] = [Number(head[1]), Number(head[2])];
  if (Math.max(widthPx, heightPx) > MOST_SIDE) return null;
  const labels = new Uint8Array(widthPx * heightPx);
  let filled = 0;
  let read = head[0].length;
  for (const [run, count, letter] of text.slice(read).matchAll(/([1-9]\d{0,5})?([.sha])/gy)) {
    const cells = count === undefined ? 1 : Number(count);
    labels.fill(LETTERS.indexOf(letter!), filled, filled + cells);
    filled += cells;
    read += run.length;
  }
  return read === text.length && filled === labels.length ? { widthPx, heightPx, labels } : null;
}
