import type { Point, RasterPhoto } from '../rasterPhoto.ts';
import type { CardPatch, DetectedCard } from './cardDetection.ts';
import { chartCorners } from './chartLayout.ts';
import { mapPoint } from './homography.ts';
import { markOddPatches } from './markOddPatches.ts';
import { measurePitchPx } from './placeChart.ts';
import type { RefinedCard } from './refineCard.ts';
import { samplePatches } from './samplePatches.ts';

/** Samples a chart whose place and orientation are settled; null when a patch is outside the photo. */
export function readCard(
  raster: RasterPhoto,
  { toPhoto, patchShare }: RefinedCard,
  margin: number,
): DetectedCard | null {
  const patches: CardPatch[] = [];
  for (const patch of samplePatches(raster, toPhoto)) {
    if (!patch) return null;
    patches.push(patch);
  }
  const corners = chartCorners(patchShare).map(([x, y]): Point => mapPoint(toPhoto, x, y)) as [
    Point,
    Point,
    Point,
    Point,
  ];
  const topEdgeTurn = Math.atan2(corners[1][1] - corners[0][1], corners[1][0] - corners[0][0]) / (Math.PI / 2);
  return {
    corners,
    rotationQuarterTurns: ((Math.round(topEdgeTurn) + 4) % 4) as 0 | 1 | 2 | 3,
    patches: markOddPatches(patches),
    margin,
    pitchPx: measurePitchPx(toPhoto),
  };
}
