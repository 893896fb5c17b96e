import { halveImage } from '../halveImage.ts';
import type { Point, RasterPhoto } from '../rasterPhoto.ts';
import { reducePhoto, type WorkingImage } from '../workingImage.ts';
import { absence } from './cardAbsence.ts';
import type { CardAbsence, CardDetection, DetectedCard } from './cardDetection.ts';
import { type FlatSquare, findBrightSquares, findFlatSquares } from './findFlatSquares.ts';
import { growLattices } from './growLattice.ts';
import { multiplyHomographies } from './homography.ts';
import { type ChartPlacement, measurePitchPx, placeChart } from './placeChart.ts';
import { readCard } from './readCard.ts';
import { refineCard } from './refineCard.ts';

/** Longer side of the image that is searched. */
export const SEARCH_SIDE_PX = 1024;

/**
 * A card that fills much of the photo is already seen at half that size, in a quarter of the time; only where this coarse
 * look finds none is the whole image searched. Corners and colours come from the full resolution either way.
 */
const LEAST_COARSE_SIDE_PX = 400;

/** Colours of a real chart fit within this mean Lab distance; other things and other orientations start near 20. */
const MAX_MISFIT = 14;
/** The next best reading must fit this many times worse, or the orientation is not certain. */
const MIN_MARGIN = 1.5;
/** Smaller patches have no clean middle. */
const MIN_PITCH_PX = 6;

/**
 * Finds a 24-patch chart in a photo: flat squares, grids of them, the reading of a grid whose colours fit the chart,
 * then the patches' exact places at full resolution. The orientation comes from the colours alone and is refused when
 * another reading fits nearly as well. Of several cards the best fitting is returned and the others counted.
 * `working` saves a reduction when the caller has one of about `SEARCH_SIDE_PX`.
 */
export function detectCard(
  raster: RasterPhoto,
  working: WorkingImage = reducePhoto(raster, SEARCH_SIDE_PX),
): CardDetection {
  if (Math.max(working.widthPx, working.heightPx) >= 2 * LEAST_COARSE_SIDE_PX) {
    const coarse = halveImage(working);
    const large = searchSquares(findFlatSquares(coarse), coarse, raster);
    if (large.found) return large;
  }
  const flat = searchSquares(findFlatSquares(working), working, raster);
  if (flat.found || flat.reason !== 'none') return flat;
  return searchSquares(findBrightSquares(working), working, raster);
}

function searchSquares(squares: readonly FlatSquare[], working: WorkingImage, raster: RasterPhoto): CardDetection {
  const cards: DetectedCard[] = [];
  const misfits: number[] = [];
  let reason: CardAbsence = 'none';
  for (const lattice of growLattices(squares)) {
    const placements = placeChart(lattice, working);
    const best = placements[0];
    if (!best || best.misfit > MAX_MISFIT) continue;
    const outcome = readPlacement(raster, working.scale, best, placements[1]?.misfit ?? Number.POSITIVE_INFINITY);
    if (typeof outcome === 'string') {
      reason = outcome;
      continue;
    }
    if (cards.some((card) => overlaps(card, outcome))) continue;
    cards.push(outcome);
    misfits.push(best.misfit);
  }
  if (cards.length === 0) return absence(reason);
  const card = cards[misfits.indexOf(Math.min(...misfits))]!;
  return { found: true, card, otherCards: cards.length - 1 };
}

function readPlacement(
  raster: RasterPhoto,
  scale: number,
  best: ChartPlacement,
  nextMisfit: number,
): DetectedCard | CardAbsence {
  const margin = nextMisfit / best.misfit;
  if (margin < MIN_MARGIN) return 'ambiguous';
  if (best.mirrored) return 'mirrored';
  if (best.visible < 24) return 'partlyOutside';
  const toPhoto = multiplyHomographies([scale, 0, 0, 0, scale, 0, 0, 0, 1], best.toImage);
  if (measurePitchPx(toPhoto) < MIN_PITCH_PX) return 'tooSmall';
  const refined = refineCard(raster, toPhoto);
  if (!refined) return 'tooBlurred';
  return readCard(raster, refined, margin) ?? 'partlyOutside';
}

function overlaps(one: DetectedCard, other: DetectedCard): boolean {
  const [ax, ay] = middle(one);
  const [bx, by] = middle(other);
  return Math.hypot(ax - bx, ay - by) < 2 * Math.min(one.pitchPx, other.pitchPx);
}

function middle({ corners }: DetectedCard): Point {
  return [corners.reduce((sum, p) => sum + p[0], 0) / 4, corners.reduce((sum, p) => sum + p[1], 0) / 4];
}
