import { LABEL, type LabelMask } from '../masks/label.ts';
import { maskOnGrid } from '../masks/maskOnGrid.ts';
import { fillOutline } from './drawShapes.ts';

/** Share of a side of the picture that is head where the picture cuts the head off. */
const CUT_SHARE = 0.12;
/** Less hair than this share of the head shows no end of the scalp. */
const LEAST_HAIR = 0.02;
/** Hair round nearly all skin of the head, as a rim of stubble does, leaves no forehead free: it shows no end either. */
const MOST_SURROUNDED = 0.85;

/** The regions on another grid; all skin where nothing is known. */
export function sampleRegions(regions: LabelMask | null, widthPx: number, heightPx: number): Uint8Array {
  return regions ? maskOnGrid(regions, widthPx, heightPx) : new Uint8Array(widthPx * heightPx).fill(LABEL.skin);
}

/** Marks the largest connected part of skin and hair: another part may be a hand or another person. */
export function mainHead(labels: Uint8Array, widthPx: number): Uint8Array {
  // 0 not head, 1 not reached yet, then the number of its part.
  const part = new Int32Array(labels.length);
  for (let i = 0; i < part.length; i++) part[i] = labels[i] === LABEL.skin || labels[i] === LABEL.hair ? 1 : 0;
  const stack = new Int32Array(labels.length);
  let [main, most, name] = [0, 0, 1];
  for (let start = 0; start < part.length; start++) {
    if (part[start] !== 1) continue;
    name++;
    const size = fillPart(part, start, name, widthPx, stack);
    if (size > most) [main, most] = [name, size];
  }
  const head = new Uint8Array(labels.length);
  for (let i = 0; i < head.length; i++) head[i] = main > 0 && part[i] === main ? 1 : 0;
  return head;
}

/** Names the cells connected with `start`; how many they are. */
function fillPart(part: Int32Array, start: number, name: number, widthPx: number, stack: Int32Array): number {
  let open = 1;
  let size = 0;
  stack[0] = start;
  part[start] = name;
  const reach = (i: number) => {
    if (part[i] !== 1) return;
    part[i] = name;
    stack[open++] = i;
  };
  while (open > 0) {
    const i = stack[--open]!;
    const x = i % widthPx;
    size++;
    if (x > 0) reach(i - 1);
    if (x < widthPx - 1) reach(i + 1);
    if (i >= widthPx) reach(i - widthPx);
    if (i + widthPx < part.length) reach(i + widthPx);
  }
  return size;
}

/** Convex outline round the marked cells, as cell corners. */
function hullOf(marked: Uint8Array, widthPx: number, heightPx: number): [number, number][] {
  const ends: [number, number][] = [];
  for (let y = 0; y < heightPx; y++) {
    const row = marked.subarray(y * widthPx, (y + 1) * widthPx);
    const [first, last] = [row.indexOf(1), row.lastIndexOf(1)];
    if (first < 0) continue;
    ends.push([first, y], [first, y + 1], [last + 1, y], [last + 1, y + 1]);
  }
  ends.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const half = (points: [number, number][]) => {
    const chain: [number, number][] = [];
    for (const point of points) {
      for (; chain.length >= 2; chain.pop()) {
        const [a, b] = [chain[chain.length - 2]!, chain[chain.length - 1]!];
        if ((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0) break;
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return ends.length === 0 ? [] : [...half(ends), ...half([...ends].reverse())];
}

/** Photos of a whole head show its top; one that cuts it off there and on two more sides is a part of the scalp. */
function isCloseUp(head: Uint8Array, widthPx: number, heightPx: number): boolean {
  const cuts = (length: number, at: (k: number) => number) => {
    let cells = 0;
    for (let k = 0; k < length; k++) cells += head[at(k)]!;
    return cells > CUT_SHARE * length;
  };
  const top = cuts(widthPx, (k) => k);
  const others = [
    cuts(widthPx, (k) => (heightPx - 1) * widthPx + k),
    cuts(heightPx, (k) => k * widthPx),
    cuts(heightPx, (k) => k * widthPx + widthPx - 1),
  ];
  return top && others.filter(Boolean).length >= 2;
}

/** Where a usual hairline lies below the top of a head seen from before, over the head's width, and how far it recedes. */
const HAIRLINE_BELOW_TOP = 0.62;
const RECESSION = 0.16;

/** What lies below a usual hairline where the picture's lower rim cuts bare skin, a forehead; null elsewhere. */
function foreheadOf(
  labels: Uint8Array,
  head: Uint8Array,
  widthPx: number,
  heightPx: number,
): ((i: number) => boolean) | null {
  const third = Math.floor(widthPx / 3);
  let skinBelow = 0;
  for (let x = third; x < 2 * third; x++) if (labels[(heightPx - 1) * widthPx + x] === LABEL.skin) skinBelow++;
  if (skinBelow < third / 2) return null;
  let [top, width, middle] = [-1, 0, 0];
  for (let y = 0; y < heightPx; y++) {
    const row = head.subarray(y * widthPx, (y + 1) * widthPx);
    const across = row.lastIndexOf(1) - row.indexOf(1) + 1;
    if (!row.includes(1)) continue;
    if (top < 0) top = y;
    if (across > width) [width, middle] = [across, (row.lastIndexOf(1) + row.indexOf(1)) / 2];
  }
  return (i) => {
    const aside = ((i % widthPx) - middle) / (width / 2);
    return Math.floor(i / widthPx) > top + width * (HAIRLINE_BELOW_TOP - RECESSION * aside * aside);
  };
}

/** Adds what lies above the area in each of its columns: with the forehead below, that is the top of the head. */
function fillUpwards(area: Uint8Array, head: Uint8Array, widthPx: number, heightPx: number): void {
  for (let x = 0; x < widthPx; x++) {
    let first = 0;
    while (first < heightPx && area[first * widthPx + x] === 0) first++;
    if (first === heightPx) continue;
    for (let y = 0; y < first; y++) area[y * widthPx + x] = head[y * widthPx + x]!;
  }
}

export interface Scalp {
  /** Bare scalp: 1 where dots of the full shaved look go. */
  readonly bare: Uint8Array;
  /** The head, hair included. */
  readonly head: Uint8Array;
  /** The area spanned by the hair, without a forehead; the whole head in a close-up or without hair. */
  readonly spanned: Uint8Array;
  /** False where nothing in the photo shows where the scalp ends and a forehead would begin. */
  readonly isSure: boolean;
}

/**
 * Which skin is scalp. Between the hair of a head seen from outside it is what the hair spans, and with the forehead below
 * the top of the head above that, so that a forehead stays free; a close-up is all scalp; a head without hair cannot be
 * told from a face.
 */
export function findScalp(labels: Uint8Array, widthPx: number, heightPx: number): Scalp {
  const head = mainHead(labels, widthPx);
  const bare = new Uint8Array(labels.length);
  const hair = new Uint8Array(labels.length);
  let [headCells, hairCells] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (head[i] === 0) continue;
    headCells++;
    if (labels[i] === LABEL.skin) bare[i] = 1;
    else if (labels[i] === LABEL.hair) hairCells += hair[i] = 1;
  }
  const closeUp = isCloseUp(head, widthPx, heightPx);
  if (closeUp || hairCells < LEAST_HAIR * headCells) return { bare, head, spanned: head, isSure: false };
  const spanned = new Uint8Array(labels.length);
  fillOutline(spanned, widthPx, heightPx, hullOf(hair, widthPx, heightPx), 1);
  const isForehead = foreheadOf(labels, head, widthPx, heightPx);
  if (isForehead) fillUpwards(spanned, head, widthPx, heightPx);
  let bareCells = 0;
  for (let i = 0; i < bare.length; i++) {
    if (isForehead?.(i)) spanned[i] = 0;
    if (spanned[i] === 0) bare[i] = 0;
    bareCells += bare[i]!;
  }
  return { bare, head, spanned, isSure: bareCells < MOST_SURROUNDED * (headCells - hairCells) };
}
