import type { Point, RasterPhoto } from '../rasterPhoto.ts';
import { reducePhoto, type WorkingImage } from '../workingImage.ts';
import type { CardAbsence, CardDetection, CardPatch, DetectedCard } from './cardDetection.ts';
import { chartCorners } from './chartLayout.ts';
import { type FlatSquare, findBrightSquares, findFlatSquares } from './findFlatSquares.ts';
import { growLattices } from './growLattice.ts';
import { mapPoint, multiplyHomographies } from './homography.ts';
import { markOddPatches } from './markOddPatches.ts';
import { type ChartPlacement, measurePitchPx, placeChart } from './placeChart.ts';
import { type LinearReader, openLinearReader } from './readLinear.ts';
import { type RefinedCard, refineCard } from './refineCard.ts';
import { samplePatches } from './samplePatches.ts';

/** Longer side of the image that is searched. */
export const SEARCH_SIDE_PX = 1024;

/** Colours of a real chart fit within this mean Lab distance; other things and other orientations start near 20. */
const MAX_MISFIT = 14;
/** The next best reading must fit this many times worse, or the orientation is not certain. */
const MIN_MARGIN = 1.5;
/** Smaller patches have no clean middle. */
const MIN_PITCH_PX = 6;

const MESSAGES: Readonly<Record<CardAbsence, string>> = {
  none: 'No colour card was found in the photo. Lay a 24-patch card flat beside the head, all of it in view, and retake.',
  partlyOutside: 'Part of the colour card is outside the photo. Retake with the whole card in view.',
  tooSmall:
    'The colour card is too small in the photo to measure its patches. Move it or the camera closer and retake.',
  ambiguous:
    'Something like a colour card was found, but its patches do not tell which way round it lies. Clean it or move it out of glare and retake, or place its corners by hand.',
  mirrored:
    'The photo is mirrored, so its card reads the wrong way round. Turn off mirroring in the camera and retake.',
  tooBlurred:
    'The colour card is too blurred to find its patches. Hold the camera still, focus on the card and retake.',
};

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
  const reader = openLinearReader(raster);
  const flat = searchSquares(findFlatSquares(working), working, reader);
  if (flat.found || flat.reason !== 'none') return flat;
  return searchSquares(findBrightSquares(working), working, reader);
}

function searchSquares(squares: readonly FlatSquare[], working: WorkingImage, reader: LinearReader): CardDetection {
  const cards: DetectedCard[] = [];
  const misfits: number[] = [];
  let reason: CardAbsence = 'none';
  for (const lattice of growLattices(squares)) {
    const placements = placeChart(lattice, working);
    const best = placements[0];
    if (!best || best.misfit > MAX_MISFIT) continue;
    const outcome = readPlacement(reader, working.scale, best, placements[1]?.misfit ?? Number.POSITIVE_INFINITY);
    if (typeof outcome === 'string') {
      reason = outcome;
      continue;
    }
    if (cards.some((card) => overlaps(card, outcome))) continue;
    cards.push(outcome);
    misfits.push(best.misfit);
  }
  if (cards.length === 0) return { found: false, reason, message: MESSAGES[reason] };
  const card = cards[misfits.indexOf(Math.min(...misfits))]!;
  return { found: true, card, otherCards: cards.length - 1 };
}

function readPlacement(
  reader: LinearReader,
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
  const refined = refineCard(reader, toPhoto);
  if (!refined) return 'tooBlurred';
  return readCard(reader, refined, margin) ?? 'partlyOutside';
}

/** Samples a chart whose place and orientation are settled; null when a patch is outside the photo. */
export function readCard(
  reader: LinearReader,
  { toPhoto, patchShare }: RefinedCard,
  margin: number,
): DetectedCard | null {
  const patches: CardPatch[] = [];
  for (const patch of samplePatches(reader, toPhoto)) {
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

function overlaps(one: DetectedCard, other: DetectedCard): boolean {
  const [ax, ay] = middle(one);
  const [bx, by] = middle(other);
  return Math.hypot(ax - bx, ay - by) < 2 * Math.min(one.pitchPx, other.pitchPx);
}

function middle({ corners }: DetectedCard): Point {
  return [corners.reduce((sum, p) => sum + p[0], 0) / 4, corners.reduce((sum, p) => sum + p[1], 0) / 4];
}
