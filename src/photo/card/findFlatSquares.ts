import { type Address, bytesAt, doublesAt, giveBack, integersAt, kernels, markRoom, takeRoom } from '../kernels.ts';
import { placeBeside } from '../placedImage.ts';
import type { WorkingImage } from '../workingImage.ts';

/** A region of one colour whose shape could be a patch seen in perspective. */
export interface FlatSquare {
  readonly x: number;
  readonly y: number;
  /** Side of the square of the same area, working pixels, after undoing the loss at its edges. */
  readonly sidePx: number;
  /** Second central moments, corrected in the same way. */
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Steps of the square-root-encoded image (0–255) that end a flat region: fine for soft edges, coarse for noise. */
const EDGE_STEPS = [7, 13, 24];
/** 255 minus the square-root-encoded brightest channel that ends a bright region. */
const DARKNESS_LEVELS = [120, 145, 165, 185, 200, 212];
const MIN_AREA_PX = 9;

/**
 * Finds regions without edges that are about as full as a parallelogram of their own spread: a uniform parallelogram
 * has area 12·√det(covariance), a ragged region less. Sorted top to bottom by their first row.
 */
export function findFlatSquares(image: WorkingImage): FlatSquare[] {
  const mark = markRoom();
  // The edge measure spans three pixels, so every region has lost about one pixel all round.
  const squares = collectSquares(placeEdges(image), image, EDGE_STEPS, 2);
  giveBack(mark);
  return squares;
}

/**
 * Finds regions brighter than their frame at one of several levels: the second try, for patches that are printed
 * coarsely, soiled or written on and therefore not flat.
 */
export function findBrightSquares(image: WorkingImage): FlatSquare[] {
  const mark = markRoom();
  const squares = collectSquares(placeDarkness(image), image, DARKNESS_LEVELS, 0);
  giveBack(mark);
  return squares;
}

/** @param plane one byte a pixel, 255 along the rim; its caller gives back what room is taken */
function collectSquares(
  plane: Address,
  { widthPx, heightPx }: WorkingImage,
  levels: readonly number[],
  lostPx: number,
): FlatSquare[] {
  const maxAreaPx = (Math.min(widthPx, heightPx) / 3) ** 2;
  const mostRuns = (widthPx + 1) >> 1;
  const rowBytes = RUN_BYTES * mostRuns;
  const runs = takeRoom(2 * rowBytes);
  // Regions begin with a run; of this room only what there are is ever touched.
  const parents = takeRoom(4 * mostRuns * heightPx);
  const sums = takeRoom(8 * SUMS * mostRuns * heightPx);
  const found: FlatSquare[] = [];
  for (const level of levels) {
    const count = kernels.findRegions(plane, widthPx, heightPx, level, runs, rowBytes, parents, sums);
    for (const square of describeRegions(
      integersAt(parents, count),
      doublesAt(sums, SUMS * count),
      maxAreaPx,
      lostPx,
    )) {
      const twin = findTwin(found, square);
      if (twin < 0) found.push(square);
      else if (found[twin]!.sidePx < square.sidePx && square.sidePx < 1.5 * found[twin]!.sidePx) found[twin] = square;
    }
  }
  return found;
}

function describeRegions(parents: Int32Array, sums: Float64Array, maxAreaPx: number, lostPx: number): FlatSquare[] {
  const squares: FlatSquare[] = [];
  for (let region = 0; region < parents.length; region++) {
    if (parents[region] !== region) continue;
    const square = describe(sums, SUMS * region, maxAreaPx, lostPx);
    if (square) squares.push(square);
  }
  return squares;
}

/** Index of a square in about the same place, or −1. */
function findTwin(found: readonly FlatSquare[], { x, y, sidePx }: FlatSquare): number {
  for (let i = 0; i < found.length; i++) {
    const dx = found[i]!.x - x;
    const dy = found[i]!.y - y;
    if (dx * dx + dy * dy < (sidePx * sidePx) / 16) return i;
  }
  return -1;
}

/** 255 minus the brightest channel, square-root-encoded; 255 along the rim of the photo. */
function placeDarkness({ widthPx, heightPx, rgb }: WorkingImage): Address {
  const place = takeRoom(widthPx * heightPx);
  const darkness = bytesAt(place, widthPx * heightPx).fill(255);
  for (let y = 1; y < heightPx - 1; y++) {
    for (let i = y * widthPx + 1; i < (y + 1) * widthPx - 1; i++) {
      const brightest = Math.max(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!, 0);
      darkness[i] = 255 - Math.min(255, Math.round(255 * Math.sqrt(brightest)));
    }
  }
  return place;
}

/** Largest change across a pixel, of any channel in either direction, in square-root-encoded steps of 0–255. */
function placeEdges({ widthPx, heightPx, rgb }: WorkingImage): Address {
  const edges = takeRoom(widthPx * heightPx);
  kernels.findEdges(placeBeside(rgb), widthPx, heightPx, takeRoom(rgb.length), edges);
  return edges;
}

/** n, Σx, Σy, Σx², Σxy, Σy² of each region. */
const SUMS = 6;
const RUN_BYTES = 12;

function describe(sums: Float64Array, at: number, maxAreaPx: number, lostPx: number): FlatSquare | null {
  const area = sums[at]!;
  if (area < MIN_AREA_PX || area > maxAreaPx) return null;
  const x = sums[at + 1]! / area;
  const y = sums[at + 2]! / area;
  const xx = sums[at + 3]! / area - x * x + 1 / 12;
  const xy = sums[at + 4]! / area - x * y;
  const yy = sums[at + 5]! / area - y * y + 1 / 12;
  const determinant = xx * yy - xy * xy;
  const fullness = area / (12 * Math.sqrt(determinant));
  if (!(fullness > 0.8 && fullness < 1.12)) return null;
  // Longest to shortest spread: a square seen at 60° has 2:1, that is 4:1 in variance.
  const trace = xx + yy;
  const root = Math.sqrt(Math.max(0, trace * trace - 4 * determinant));
  if (trace + root > 5.5 * (trace - root)) return null;
  const sidePx = Math.sqrt(area) + lostPx;
  const grown = (sidePx / (sidePx - lostPx)) ** 2;
  return { x: x + 0.5, y: y + 0.5, sidePx, xx: xx * grown, xy: xy * grown, yy: yy * grown };
}
