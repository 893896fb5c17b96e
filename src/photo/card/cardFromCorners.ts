import type { Point, RasterPhoto } from '../rasterPhoto.ts';
import { absence } from './cardAbsence.ts';
import type { CardDetection } from './cardDetection.ts';
import { chartCorners, USUAL_PATCH_SHARE } from './chartLayout.ts';
import { fitHomography, type Homography, mapPoint } from './homography.ts';
import { measureChartMisfit } from './matchChartColours.ts';
import { readCard } from './readCard.ts';
import { refineCard } from './refineCard.ts';
import { samplePatches } from './samplePatches.ts';

/** A person vouches for the place, so colours may fit less well than in a search. */
const MAX_MISFIT = 18;
const MIN_MARGIN = 1.3;
/** Farther than this (in pitches) the refined lattice has run away from the corners that were placed. */
const MAX_DRIFT = 0.35;

/**
 * Reads a card whose four corner patches a person marked at their outer corners, in any order: colours decide which
 * corner is which, and the edges of the patches correct small slips of the hand.
 */
export function cardFromCorners(raster: RasterPhoto, corners: readonly [Point, Point, Point, Point]): CardDetection {
  const clockwise = sortClockwise(corners);
  const readings = [0, 1, 2, 3].flatMap((turn) =>
    [false, true].map((mirrored) => {
      const turned = clockwise.map((_, i) => clockwise[(i + turn) % 4]!);
      const ordered = mirrored ? [turned[1]!, turned[0]!, turned[3]!, turned[2]!] : turned;
      return judge(raster, ordered, mirrored);
    }),
  );
  const usable = readings.filter((reading) => reading !== null).sort((a, b) => a.misfit - b.misfit);
  const [best, next] = usable;
  if (!best) return absence('partlyOutside');
  if (best.misfit > MAX_MISFIT) return absence('none');
  const margin = (next?.misfit ?? Number.POSITIVE_INFINITY) / best.misfit;
  if (margin < MIN_MARGIN) return absence('ambiguous');
  if (best.mirrored) return absence('mirrored');
  const refined = refineCard(raster, best.toPhoto);
  const placed = { toPhoto: best.toPhoto, patchShare: USUAL_PATCH_SHARE, residualPitches: 0 };
  const card = readCard(raster, refined && drift(refined.toPhoto, best.toPhoto) < MAX_DRIFT ? refined : placed, margin);
  return card ? { found: true, card, otherCards: 0 } : absence('partlyOutside');
}

interface Reading {
  readonly toPhoto: Homography;
  readonly misfit: number;
  readonly mirrored: boolean;
}

function judge(raster: RasterPhoto, corners: readonly Point[], mirrored: boolean): Reading | null {
  const from = chartCorners(USUAL_PATCH_SHARE);
  const toPhoto = fitHomography(corners.map((to, i) => ({ from: from[i]!, to })));
  if (!toPhoto) return null;
  const patches = samplePatches(raster, toPhoto);
  if (patches.some((patch) => patch === null)) return null;
  const rgb = Float64Array.from(patches.flatMap((patch) => patch!.rgb));
  const usable = patches.map((patch) => patch!.fault === undefined || patch!.fault === 'clipped');
  return { toPhoto, mirrored, misfit: measureChartMisfit(rgb, usable) };
}

/** As seen on screen, y down. */
function sortClockwise(corners: readonly Point[]): Point[] {
  const cx = corners.reduce((sum, p) => sum + p[0], 0) / 4;
  const cy = corners.reduce((sum, p) => sum + p[1], 0) / 4;
  return [...corners].sort((a, b) => Math.atan2(a[1] - cy, a[0] - cx) - Math.atan2(b[1] - cy, b[0] - cx));
}

/** Largest move of a corner between two maps, in pitches. */
function drift(one: Homography, other: Homography): number {
  const pitch = Math.hypot(...subtract(mapPoint(other, 2.5, 2), mapPoint(other, 3.5, 2)));
  const moves = chartCorners(1).map(([x, y]) => Math.hypot(...subtract(mapPoint(one, x, y), mapPoint(other, x, y))));
  return Math.max(...moves) / pitch;
}

function subtract(p: Point, q: Point): [number, number] {
  return [p[0] - q[0], p[1] - q[1]];
}
