import { previewWordsTexts } from '../language/texts/previewWords.ts';
import { HAIRLINE_MM, isBald, TEMPLE_MM } from './presetAreas.ts';
import type { PreviewGrid } from './previewGrid.ts';
import { type Light, lightSentence, type Treatment, treatmentSentence } from './previewLooks.ts';
import type { AreaPreset, TreatedArea } from './treatedArea.ts';

export const NO_AREA = previewWordsTexts.nothingTreated;
export const NOT_PAINTED = previewWordsTexts.noAreaIsPaintedYet;
const UNSURE = previewWordsTexts.allBareSkin;
const WHERE: Readonly<Record<AreaPreset, string | null>> = {
  auto: previewWordsTexts.bareSkinInsideHair,
  hairline: previewWordsTexts.stripAlongHair(HAIRLINE_MM),
  temples: previewWordsTexts.bothSides(TEMPLE_MM),
  crown: previewWordsTexts.middleOfTheBareScalp,
  none: null,
};
/** Less than this many pixels across, dots are no dots in the picture. */
const LEAST_DOT_PX = 1;

/** Where dots are set, in words; null where a person drew the whole area. */
function areaSentence(
  { scalp, size }: PreviewGrid,
  { preset, shapes }: TreatedArea,
  treatment: Treatment,
): string | null {
  const isDrawn = preset === 'none' || (preset === 'auto' && treatment === 'scar');
  if (isDrawn) return shapes.length === 0 ? NOT_PAINTED : null;
  if (preset !== 'auto') return WHERE[preset];
  if (treatment === 'density') return null;
  if (!isBald(scalp, size)) return WHERE.hairline;
  return scalp.isSure ? WHERE.auto : shapes.length > 0 ? null : UNSURE;
}

/** What has to be said with previews of a scalp, in order of weight. */
export function previewSentences(
  grid: PreviewGrid,
  asked: { readonly area: TreatedArea; readonly treatment: Treatment; readonly light: Light },
  /** Of a healed dot, in pixels of the picture. */
  dotPx: number,
): string[] {
  return [
    areaSentence(grid, asked.area, asked.treatment),
    treatmentSentence(asked.treatment),
    dotPx < LEAST_DOT_PX ? previewWordsTexts.dotUnderAPixel : null,
    lightSentence(asked.light),
  ].filter((sentence) => sentence !== null);
}
