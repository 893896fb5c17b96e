import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { LABEL, type LabelMask } from '../../masks/label.ts';
import { bytesAt, giveBack, kernels, markRoom, takeRoom } from '../kernels.ts';
import { placeImage } from '../placedImage.ts';
import type { WorkingImage } from '../workingImage.ts';
import type { RegionNote } from './judgeScene.ts';

/** Two pictures in one file meet in lines that a camera does not make: straight along the pixels from edge to edge. */
export interface Seam {
  /** Where the pictures meet: a line across the whole photo, or the corner of a smaller picture laid over it. */
  readonly kind: 'sideBySide' | 'inset';
}

/** A seam lies this far inside, as shares of the photo's sides: captions and borders are no second picture. */
const MARGIN = 0.12;
/** Share of its length along which a seam stands out, and of each half of it; elsewhere alike things meet. */
const LEAST_SHARE = 0.25;
const LEAST_OF_HALF = 0.1;
/** More lines than this across the whole photo are blinds, tiles or ruled paper. */
const MOST_LINES = 2;
/** Lines nearer than this are two sides of one, px. */
const SAME_LINE_PX = 6;
/** An inset's sides together stand out along so much, as shares of their lengths. */
const LEAST_OF_CORNER = 0.8;
/** An inset's sides are at least this long, as shares of the photo's. */
const INSET_SIDE = 0.25;
/** A line crosses a head where it does so along this share of it. */
const LEAST_CROSSED = 0.1;
/** Hair beside hair hides part of a seam; of a line behind a head nothing shows on it. */
const LEAST_SHARE_ON_HEAD = 0.2;
/** Share of a picture that is head, at least; of an inset, which shows little else. */
const LEAST_HEAD = 0.05;
const LEAST_HEAD_OF_INSET = 0.35;
const HEAD_SAMPLES = 20;
/** Of many rows a part tells as much. */
const ROW_STEP = 4;
/** An edge stands out where it is this many times the ordinary step beside it. */
const STANDS_OUT = 2.2;
/** Step that grain alone makes, in the square root of light. */
const GRAIN = 0.012;
/** Steps beside an edge are looked at between these distances, px. */
const NEAR_PX = 3;
const FAR_PX = 12;

/**
 * Edges in every `ROW_STEP`th row of the image one after the other, or every such column when `turned`: 1 where a step
 * stands out. In square roots of light, nearly as seen, since equal steps of light count more in the dark; of red and
 * green, since blue is grain in most photos.
 */
function standingEdges({ widthPx, heightPx, rgb }: WorkingImage, turned: boolean): Uint8Array {
  const [stepX, stepY] = turned ? [ROW_STEP, 1] : [1, ROW_STEP];
  const [columns, rows] = [Math.floor(widthPx / stepX), Math.floor(heightPx / stepY)];
  const [across, lines] = turned ? [rows, columns] : [columns, rows];
  const [right, down] = turned ? [4 * rows, 4] : [4, 4 * columns];
  const mark = markRoom();
  const [reds, greens] = [takeRoom(4 * columns * rows), takeRoom(4 * columns * rows)];
  const room = takeRoom(12 * across + 128);
  const edges = takeRoom(columns * rows);
  const image = placeImage(rgb);
  kernels.readLines(image, widthPx, stepX, stepY, columns, rows, right, down, reds, greens);
  const out = bytesAt(edges, columns * rows).fill(0);
  kernels.findStandingEdges(reds, greens, across, lines, NEAR_PX, FAR_PX, STANDS_OUT, GRAIN, room, edges);
  giveBack(mark);
  return out.slice();
}

/** How many edges stand out above each place, its own row included: a run's count is a difference. */
function countDown(edges: Uint8Array, across: number): Uint16Array {
  const counts = new Uint16Array(edges);
  for (let i = across; i < counts.length; i++) counts[i]! += counts[i - across]!;
  return counts;
}

interface Edges {
  readonly across: number;
  readonly rows: number;
  readonly edges: Uint8Array;
  readonly counts: Uint16Array;
}

interface EdgeCounts extends Edges {
  /** Whether skin or hair lies at a place, as shares of width and rows. */
  readonly isHead: (u: number, v: number) => boolean;
}

/** Edges of photos that are still held: they are the same wherever the head is found. */
const edgesOf = new WeakMap<WorkingImage, { readonly upright: Edges; readonly level: Edges }>();

function readEdges(image: WorkingImage): { readonly upright: Edges; readonly level: Edges } {
  const known = edgesOf.get(image);
  if (known) return known;
  const read = (turned: boolean): Edges => {
    const across = turned ? image.heightPx : image.widthPx;
    const edges = standingEdges(image, turned);
    return { across, rows: edges.length / across, edges, counts: countDown(edges, across) };
  };
  const both = { upright: read(false), level: read(true) };
  edgesOf.set(image, both);
  return both;
}

function acrossHead(edges: Edges, head: LabelMask, turned: boolean): EdgeCounts {
  const isHead = (u: number, v: number): boolean => {
    const column = Math.floor((turned ? v : u) * head.widthPx);
    const row = Math.floor((turned ? u : v) * head.heightPx);
    const label = head.labels[row * head.widthPx + column];
    return label === LABEL.skin || label === LABEL.hair;
  };
  return { ...edges, isHead };
}

/**
 * A line through a head shows on the head too, or the head hides it: then it lies behind. Where it passes no head, there is
 * a head on either side.
 */
function partsHeads({ across, rows, edges, isHead }: EdgeCounts, x: number): boolean {
  const u = (x + 0.5) / across;
  const beside = 0.02;
  let [crossed, shown] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const v = (row + 0.5) / rows;
    if (!isHead(u - beside, v) || !isHead(u + beside, v)) continue;
    crossed++;
    shown += edges[row * across + x]!;
  }
  if (crossed > LEAST_CROSSED * rows) return shown > LEAST_SHARE_ON_HEAD * crossed;
  return headShare(isHead, 0, u, 0, 1) > LEAST_HEAD && headShare(isHead, u, 1, 0, 1) > LEAST_HEAD;
}

/** Share of a rectangle (shares of width and rows) that is skin or hair. */
function headShare(isHead: EdgeCounts['isHead'], left: number, right: number, top: number, bottom: number): number {
  let count = 0;
  for (let i = 0; i < HEAD_SAMPLES; i++)
    for (let j = 0; j < HEAD_SAMPLES; j++) {
      const [u, v] = [(i + 0.5) / HEAD_SAMPLES, (j + 0.5) / HEAD_SAMPLES];
      if (isHead(left + u * (right - left), top + v * (bottom - top))) count++;
    }
  return count / HEAD_SAMPLES ** 2;
}

/** Share of the rows from … to (shares 0–1 of all rows) in which the edge at x stands out. */
function shareOf({ across, rows, counts }: EdgeCounts, x: number, from: number, to: number): number {
  const [first, last] = [Math.floor(from * rows), Math.min(rows, Math.floor(to * rows))];
  const above = first > 0 ? counts[(first - 1) * across + x]! : 0;
  return last > first ? (counts[(last - 1) * across + x]! - above) / (last - first) : 0;
}

/** Finds where two pictures of heads were put together in one file; null in a photo as a camera takes it. */
export function findSeam(image: WorkingImage, head: LabelMask): Seam | null {
  const edges = readEdges(image);
  const [upright, level] = [acrossHead(edges.upright, head, false), acrossHead(edges.level, head, true)];
  if (hasWholeLine(upright) || hasWholeLine(level)) return { kind: 'sideBySide' };
  return hasInset(upright, level) ? { kind: 'inset' } : null;
}

function hasWholeLine(edges: EdgeCounts): boolean {
  const from = Math.ceil(MARGIN * edges.across);
  let [lines, last, parts] = [0, -SAME_LINE_PX, false];
  for (let x = from; x < edges.across - from; x++) {
    const halves = Math.min(shareOf(edges, x, 0, 0.5), shareOf(edges, x, 0.5, 1));
    if (shareOf(edges, x, 0, 1) < LEAST_SHARE || halves < LEAST_OF_HALF) continue;
    if (x - last >= SAME_LINE_PX) lines++;
    last = x;
    if (partsHeads(edges, x)) parts = true;
  }
  return parts && lines <= MOST_LINES;
}

/** Places well inside at which enough edges stand out for the shortest side of an inset. */
function sidesOfInset(edges: EdgeCounts): number[] {
  const from = Math.ceil(INSET_SIDE * edges.across);
  const places: number[] = [];
  for (let x = from; x < edges.across - from; x++)
    if (shareOf(edges, x, 0, 1) >= LEAST_SHARE * INSET_SIDE) places.push(x);
  return places;
}

/** A corner from which one line runs to the lower or upper edge and another to the left or right edge. */
function hasInset(upright: EdgeCounts, level: EdgeCounts): boolean {
  const ys = sidesOfInset(level);
  if (ys.length === 0) return false;
  return sidesOfInset(upright).some((x) => ys.some((y) => isCornerOfInset(upright, level, x, y)));
}

function isCornerOfInset(upright: EdgeCounts, level: EdgeCounts, x: number, y: number): boolean {
  const u = (x + 0.5) / upright.across;
  const v = (y + 0.5) / level.across;
  for (let corner = 0; corner < 4; corner++) {
    const [left, right] = corner & 1 ? [0, u] : [u, 1];
    const side = shareOf(level, y, left, right);
    if (side < LEAST_SHARE) continue;
    const [top, bottom] = corner & 2 ? [0, v] : [v, 1];
    const down = shareOf(upright, x, top, bottom);
    if (down < LEAST_SHARE || down + side < LEAST_OF_CORNER) continue;
    // A card or a window has lines like these, but no head in it.
    if (headShare(upright.isHead, left, right, top, bottom) > LEAST_HEAD_OF_INSET) return true;
  }
  return false;
}

/** What people are told of a seam. */
export function compositeNotes(seam: Seam | null): RegionNote[] {
  if (!seam) return [];
  return [
    {
      check: 'composite',
      level: 'fail',
      message: photoChecksTexts.holdsTwoPictures(seam.kind === 'inset'),
      fix: photoChecksTexts.sendOneOfThePictures,
    },
  ];
}
