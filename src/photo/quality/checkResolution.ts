import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { LABEL } from '../regions/labelMap.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';

/** Width of an adult head with hair, as seen from above or the front. */
const HEAD_MM = 155;
/** Diameter of a scalp hair. */
const HAIR_MM = 0.08;
/** Pixels per hair. Half a pixel: hair and skin between hairs merge. */
const WARN = 0.5;
const FAIL = 0.12;
/** Share of a side of the photo that the head must cover to count as cut off there: then its width tells no scale. */
const CUT_SHARE = 0.15;

/** Width of skin and hair together, displayed pixels, or null when they run out of the photo on both sides. */
export function headWidthPx({ labels }: QualityInput): number | null {
  const columns = new Uint32Array(labels.widthPx);
  for (let y = 0; y < labels.heightPx; y++) {
    for (let x = 0; x < labels.widthPx; x++) {
      const label = labels.labels[y * labels.widthPx + x]!;
      if (label === LABEL.skin || label === LABEL.hair) columns[x]! += 1;
    }
  }
  const covered = [...columns.keys()].filter((x) => columns[x]! > 0.05 * labels.heightPx);
  if (covered.length === 0) return null;
  const cut = (x: number): boolean => columns[x]! > CUT_SHARE * labels.heightPx;
  if (cut(0) && cut(labels.widthPx - 1)) return null;
  return (covered.at(-1)! - covered[0]! + 1) / labels.scale;
}

/** Whether hairs are large enough to be told from skin. */
export function checkResolution(input: QualityInput): QualityEntry {
  const head = headWidthPx(input);
  const pixelsPerMm = input.pixelsPerMm ?? (head === null ? null : head / HEAD_MM);
  const perHair = pixelsPerMm === null ? null : HAIR_MM * pixelsPerMm;
  if (perHair === null || perHair >= WARN) {
    const message = perHair === null ? photoChecksTexts.photoIsACloseup : photoChecksTexts.hairsAreLargeEnough;
    return { check: 'resolution', level: 'ok', message, fix: NOTHING_TO_DO };
  }
  return {
    check: 'resolution',
    level: perHair < FAIL ? 'fail' : 'warn',
    message: photoChecksTexts.hairTooNarrow(perHair.toFixed(1)),
    fix: photoChecksTexts.goCloserUntilTheHeadFills,
  };
}
