import { bytesAt, giveBack, kernels, markRoom, placeFloats, takeRoom } from '../kernels.ts';
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
  // The edge measure spans three pixels, so every region has lost about one pixel all round.
  return collectSquares(measureEdges(image), image, EDGE_STEPS, 2);
}

/**
 * Finds regions brighter than their frame at one of several levels: the second try, for patches that are printed
 * coarsely, soiled or written on and therefore not flat.
 */
export function findBrightSquares(image: WorkingImage): FlatSquare[] {
  return collectSquares(measureDarkness(image), image, DARKNESS_LEVELS, 0);
}

function collectSquares(
  plane: Uint8Array,
  image: WorkingImage,
  levels: readonly number[],
  lostPx: number,
): FlatSquare[] {
  const maxAreaPx = (Math.min(image.widthPx, image.heightPx) / 3) ** 2;
  const labels = roomFor(Math.ceil((image.widthPx * image.heightPx) / PIXELS_A_LABEL) + image.widthPx);
  const found: FlatSquare[] = [];
  for (const level of levels) {
    for (const square of labelRegions(plane, image.widthPx, image.heightPx, level, maxAreaPx, lostPx, labels)) {
      const twin = findTwin(found, square);
      if (twin < 0) found.push(square);
      else if (found[twin]!.sidePx < square.sidePx && square.sidePx < 1.5 * found[twin]!.sidePx) found[twin] = square;
    }
  }
  return found;
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
function measureDarkness({ widthPx, heightPx, rgb }: WorkingImage): Uint8Array {
  const darkness = new Uint8Array(widthPx * heightPx).fill(255);
  for (let y = 1; y < heightPx - 1; y++) {
    for (let i = y * widthPx + 1; i < (y + 1) * widthPx - 1; i++) {
      const brightest = Math.max(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!, 0);
      darkness[i] = 255 - Math.min(255, Math.round(255 * Math.sqrt(brightest)));
    }
  }
  return darkness;
}

/** Largest change across a pixel, of any channel in either direction, in square-root-encoded steps of 0–255. */
function measureEdges({ widthPx, heightPx, rgb }: WorkingImage): Uint8Array {
  const mark = markRoom();
  const image = placeFloats(rgb);
  const [codes, edges] = [takeRoom(rgb.length), takeRoom(widthPx * heightPx)];
  kernels.findEdges(image, widthPx, heightPx, codes, edges);
  giveBack(mark);
  return bytesAt(edges, widthPx * heightPx).slice();
}

/** n, Σx, Σy, Σx², Σxy, Σy² of each label. */
const SUMS = 6;
/** Room for one label in so many pixels is enough for most photos; it is doubled where it is not. */
const PIXELS_A_LABEL = 8;

/** Labels of runs that touch, joined: the parent of each label, and what has been summed over it. */
interface Labels {
  parent: Int32Array;
  sums: Float64Array;
}

function roomFor(labels: number): Labels {
  return { parent: new Int32Array(labels), sums: new Float64Array(SUMS * labels) };
}

function doubleRoom(labels: Labels): void {
  const { parent, sums } = labels;
  labels.parent = new Int32Array(2 * parent.length);
  labels.parent.set(parent);
  labels.sums = new Float64Array(2 * sums.length);
  labels.sums.set(sums);
}

function rootOf(parent: Int32Array, label: number): number {
  while (parent[label] !== label) {
    parent[label] = parent[parent[label]!]!;
    label = parent[label]!;
  }
  return label;
}

/** `other` becomes part of `label`; both are roots. */
function join(parent: Int32Array, sums: Float64Array, label: number, other: number): void {
  parent[other] = label;
  for (let m = 0; m < SUMS; m++) sums[SUMS * label + m]! += sums[SUMS * other + m]!;
}

/** Connected regions of values under `step` as squares: moments of runs, 4-connected, by union of runs of neighbouring rows. */
function labelRegions(
  plane: Uint8Array,
  widthPx: number,
  heightPx: number,
  step: number,
  maxAreaPx: number,
  lostPx: number,
  labels: Labels,
): FlatSquare[] {
  const mostRuns = widthPx >> 1;
  // Start, end (exclusive) and label of the runs of this row and of the one above.
  let runs = new Int32Array(3 * mostRuns + 3);
  let above = runs.slice();
  let aboveEnd = 0;
  let count = 0;
  for (let y = 1; y < heightPx - 1; y++) {
    const end = findRuns(plane, y * widthPx, widthPx, step, runs);
    if (count + mostRuns > labels.parent.length) doubleRoom(labels);
    count = joinRuns(runs, end, above, aboveEnd, labels.parent, labels.sums, count, y);
    [runs, above] = [above, runs];
    aboveEnd = end;
  }
  const squares: FlatSquare[] = [];
  for (let label = 0; label < count; label++) {
    if (labels.parent[label] !== label) continue;
    const square = describe(labels.sums, SUMS * label, maxAreaPx, lostPx);
    if (square) squares.push(square);
  }
  return squares;
}

/** Starts and ends of runs of values under `step` in the row that begins at `row`; the rim, which is 255, ends the last. */
function findRuns(plane: Uint8Array, row: number, widthPx: number, step: number, runs: Int32Array): number {
  let end = 0;
  for (let x = 1; x < widthPx - 1; x++) {
    if (plane[row + x]! >= step) continue;
    runs[end] = x;
    while (plane[row + x]! < step) x++;
    runs[end + 1] = x;
    end += 3;
  }
  return end;
}

/** Gives the runs of row `y` the labels of those above that they touch, or new ones from `count` on; how many there are then. */
function joinRuns(
  runs: Int32Array,
  end: number,
  above: Int32Array,
  aboveEnd: number,
  parent: Int32Array,
  sums: Float64Array,
  count: number,
  y: number,
): number {
  for (let run = 0, next = 0; run < end; run += 3) {
    const start = runs[run]!;
    const stop = runs[run + 1]!;
    let label = -1;
    while (next < aboveEnd && above[next + 1]! <= start) next += 3;
    for (let k = next; k < aboveEnd && above[k]! < stop; k += 3) {
      const other = rootOf(parent, above[k + 2]!);
      if (label < 0) label = other;
      else if (label !== other) join(parent, sums, label, other);
    }
    if (label < 0) {
      label = count++;
      parent[label] = label;
      sums.fill(0, SUMS * label, SUMS * count);
    }
    addRun(sums, SUMS * label, start, stop, y);
    runs[run + 2] = label;
  }
  return count;
}

function addRun(sums: Float64Array, at: number, start: number, end: number, y: number): void {
  const n = end - start;
  const first = ((start + end - 1) * n) / 2;
  const last = end - 1;
  const second = (last * (last + 1) * (2 * last + 1) - (start - 1) * start * (2 * start - 1)) / 6;
  sums[at]! += n;
  sums[at + 1]! += first;
  sums[at + 2]! += n * y;
  sums[at + 3]! += second;
  sums[at + 4]! += first * y;
  sums[at + 5]! += n * y * y;
}

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
