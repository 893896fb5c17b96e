import type { RasterPhoto } from '../rasterPhoto.ts';
import type { LabelMap } from '../regions/labelMap.ts';
import type { WorkingImage } from '../workingImage.ts';

/** What the quality checks look at. */
export interface QualityInput {
  readonly raster: RasterPhoto;
  /** A reduced copy of `raster`. */
  readonly working: WorkingImage;
  /** Where skin and hair are. */
  readonly labels: LabelMap;
  /** A card or white reference corrects the light's colour, so that a cast does no harm. */
  readonly calibrated: boolean;
  /** Scale where a card or ruler tells it; without one the width of the head does. */
  readonly pixelsPerMm: number | null;
}
