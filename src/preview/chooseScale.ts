import { previewScaleTexts } from '../language/texts/previewWords.ts';
import type { LabelMask } from '../masks/label.ts';
import { mainHead, sampleRegions } from './findScalp.ts';

/** Pixels per mm of a picture, and a sentence that says where that comes from. */
export interface PictureScale {
  readonly pxPerMm: number;
  readonly basis: 'card' | 'head' | 'stubble' | 'assumed';
  readonly sentence: string;
}

/** Breadth of an adult head. */
const HEAD_MM = 155;
/** Width of a shaved hair. */
const HAIR_MM = 0.08;
/** What a photo without any clue is taken to show along its longer side. */
const ASSUMED_SIDE_MM = 180;
const GRID = 200;

/** Breadth of the head as a share of the picture's width; null where the picture cuts it off on both axes. */
function headShare(regions: LabelMask, widthPx: number, heightPx: number): number | null {
  const columns = GRID;
  const rows = Math.max(1, Math.round((GRID * heightPx) / widthPx));
  const head = mainHead(sampleRegions(regions, columns, rows), columns);
  const extents = (lines: number, along: number, at: (line: number, k: number) => number): number | null => {
    const widths: number[] = [];
    let cut = 0;
    for (let line = 0; line < lines; line++) {
      let [first, last] = [-1, -1];
      for (let k = 0; k < along; k++) if (head[at(line, k)]) [first, last] = [first < 0 ? k : first, k];
      if (first < 0) continue;
      widths.push(last - first + 1);
      if (first === 0 || last === along - 1) cut++;
    }
    if (widths.length < lines / 8 || cut > widths.length / 8) return null;
    widths.sort((one, other) => one - other);
    return widths[Math.floor(0.95 * (widths.length - 1))]!;
  };
  const across = extents(rows, columns, (line, k) => line * columns + k);
  const down = extents(columns, rows, (line, k) => k * columns + line);
  const found = [across, down].filter((value) => value !== null);
  return found.length === 0 ? null : Math.min(...found) / columns;
}

/**
 * The best scale there is: a card of known size, the breadth of a head seen whole, the width of stubble, an assumption.
 * @param known pixels per mm of this picture from a card, and width of a hair in its pixels, null where not measured
 */
export function chooseScale(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  regions: LabelMask | null,
  known: { readonly cardPxPerMm: number | null; readonly stubblePx: number | null },
): PictureScale {
  if (known.cardPxPerMm) {
    return { pxPerMm: known.cardPxPerMm, basis: 'card', sentence: previewScaleTexts.sizeFromCard };
  }
  const head = regions && headShare(regions, widthPx, heightPx);
  if (head) {
    const sentence = previewScaleTexts.sizeFromHead(HEAD_MM);
    return { pxPerMm: (head * widthPx) / HEAD_MM, basis: 'head', sentence };
  }
  if (known.stubblePx) {
    const sentence = previewScaleTexts.sizeFromStubble(HAIR_MM);
    return { pxPerMm: known.stubblePx / HAIR_MM, basis: 'stubble', sentence };
  }
  const sentence = previewScaleTexts.sizeAssumed(ASSUMED_SIDE_MM / 10);
  return { pxPerMm: Math.max(widthPx, heightPx) / ASSUMED_SIDE_MM, basis: 'assumed', sentence };
}
