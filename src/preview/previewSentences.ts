import { HAIRLINE_MM, isBald, TEMPLE_MM } from './presetAreas.ts';
import type { PreviewGrid } from './previewGrid.ts';
import { type Light, lightSentence, type Treatment, treatmentSentence } from './previewLooks.ts';
import type { AreaPreset, TreatedArea } from './treatedArea.ts';

export const NO_AREA = 'Nothing is treated in this picture: no bare skin lies in the area. Paint the area to treat.';
export const NOT_PAINTED = 'No area is painted yet, so nothing is treated in this picture. Paint the area to treat.';
const UNSURE =
  'All bare skin of the head is painted, because nothing in the photo shows where the scalp ends. If a forehead or face is in the picture, mark the hairline to keep it free.';
const WHERE: Readonly<Record<AreaPreset, string | null>> = {
  auto: 'The bare skin that the hair surrounds is painted; a forehead outside it stays free.',
  hairline: `A strip of skin along the hair is painted, ${HAIRLINE_MM} mm wide, or where no hair shows along the lower edge of the bare scalp.`,
  temples: `The skin at both sides is painted, up to ${TEMPLE_MM} mm from the hair.`,
  crown: 'The middle of the bare scalp is painted.',
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
    dotPx < LEAST_DOT_PX
      ? 'A dot is smaller than a pixel of this photo, so dots run together into a tone here. A photo from nearer by shows them singly.'
      : null,
    lightSentence(asked.light),
  ].filter((sentence) => sentence !== null);
}
