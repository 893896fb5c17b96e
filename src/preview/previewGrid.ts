import type { LabelMask } from '../masks/label.ts';
import { findScalp, type Scalp, sampleRegions } from './findScalp.ts';
import type { GridSize } from './presetAreas.ts';

/** Longer side of the grid that areas are worked out on. */
const GRID_SIDE = 256;

/** What is known of a picture in few cells: where skin, hair and scalp are. */
export interface PreviewGrid {
  readonly size: GridSize;
  readonly labels: Uint8Array;
  readonly scalp: Scalp;
}

export function previewGrid(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  regions: LabelMask | null,
  pxPerMm: number,
): PreviewGrid {
  const factor = Math.min(1, GRID_SIDE / Math.max(widthPx, heightPx));
  const size: GridSize = {
    widthPx: Math.max(1, Math.round(widthPx * factor)),
    heightPx: Math.max(1, Math.round(heightPx * factor)),
    mmPerCell: 1 / factor / pxPerMm,
  };
  const labels = sampleRegions(regions, size.widthPx, size.heightPx);
  return { size, labels, scalp: findScalp(labels, size.widthPx, size.heightPx) };
}
