import { chooseDots, type DotPlan, type DrawnDots } from './chooseDots.ts';
import { type DotKernel, SIZE_CLASSES, SIZE_HIGH, SIZE_LOW } from './dotKernel.ts';
import { type FarRows, farLine, farRowsOf } from './farShadows.ts';
import { liftRow } from './findBareSkin.ts';
import type { PictureBox } from './pictureBox.ts';
import type { DotTile } from './placeDots.ts';

/** A whole shadow in the integers of `DotShadows`: a step changes no 8-bit code by a whole one. */
export const SHADOW_LEVELS = 1024;

/** How deep every pixel lies in the shadow of dots, whatever their pigment. Made once, coloured often. */
export interface DotShadows {
  readonly box: PictureBox;
  /** Red, green, blue of every pixel of the box: 0 none, `SHADOW_LEVELS` as under a closed layer. */
  readonly depth: Uint16Array;
  /** Middles of the dots drawn, in pixels: x, y, x, y … */
  readonly dots: Float32Array;
}

/** Rows worked on at a time: their sums stay in the processor's cache. */
const BAND_ROWS = 32;
/** Strength 1 in whole numbers: 16 bits of stamps and these 8 leave room for a hundred shadows on one pixel. */
const STRENGTH_STEPS = 256;

/**
 * One finished row of shadows, in words of three channels from the box's left; only the row's span of the box is set, and
 * the words are used again for the next row.
 */
export type RowOfShadows = (row: number, depth: Uint16Array) => void;

/** Draws the shadows of all dots and keeps them, for any number of colours. */
export function castShadows(tile: DotTile, kernel: DotKernel, plan: DotPlan): DotShadows {
  const { box } = plan;
  const depth = new Uint16Array(3 * box.widthPx * box.heightPx);
  const dots = castRows(tile, kernel, plan, (row, words) => {
    const [from, to] = [3 * box.from[row]!, 3 * box.to[row]!];
    depth.set(words.subarray(from, to), 3 * row * box.widthPx + from);
  });
  return { box, depth, dots };
}

/**
 * Draws the shadows of all dots row by row: stamps near by, the mean of the dots around for what lies farther.
 * @returns the middles of the dots, as in `DotShadows`
 */
export function castRows(tile: DotTile, kernel: DotKernel, plan: DotPlan, visit: RowOfShadows): Float32Array {
  const { box, bareSkin } = plan;
  const dots = chooseDots(tile, plan, kernel.reachPx + 1);
  const stamps = stampsOf(dots, tile, kernel, box);
  const { order, starts } = sortByBand(stamps, kernel.reachPx, box.heightPx);
  const near = new Int32Array(3 * box.widthPx * BAND_ROWS);
  const words = new Uint16Array(3 * box.widthPx);
  const farRows = farRowsOf(plan, dots.far, kernel.farShare);
  for (let band = 0; band < starts.length - 1; band++) {
    const top = band * BAND_ROWS;
    const rows = Math.min(box.heightPx - top, BAND_ROWS);
    near.fill(0);
    for (let k = starts[band]!; k < starts[band + 1]!; k++) {
      addStamp(near, box.widthPx, rows, top, stamps, order[k]!, kernel);
    }
    for (let row = top; row < top + rows; row++) {
      farLine(farRows, row);
      joinRow(near, 3 * (row - top) * box.widthPx, farRows, words, box.from[row]!, box.to[row]!);
      if (bareSkin) liftRow(bareSkin, row, words);
      visit(row, words);
    }
  }
  return middlesInside(dots, plan);
}

/** Which stamp each dot leaves where: columns and rows of its upper left corner, counted from the box's. */
interface Stamps {
  readonly left: Int32Array;
  readonly above: Int32Array;
  readonly kind: Int32Array;
  readonly strength: Int32Array;
}

function stampsOf(dots: DrawnDots, tile: DotTile, { reachPx, phases }: DotKernel, box: PictureBox): Stamps {
  const { count } = dots;
  const left = new Int32Array(count);
  const above = new Int32Array(count);
  const kind = new Int32Array(count);
  const strength = new Int32Array(count);
  for (let n = 0; n < count; n++) {
    const x = dots.x[n]!;
    const y = dots.y[n]!;
    const nearestX = Math.round(x - 0.5);
    const nearestY = Math.round(y - 0.5);
    const phaseX = Math.min(phases - 1, Math.floor((x - nearestX) * phases));
    const phaseY = Math.min(phases - 1, Math.floor((y - nearestY) * phases));
    const relative = (tile.size[dots.kind[n]!]! - SIZE_LOW) / (SIZE_HIGH - SIZE_LOW);
    const size = Math.min(SIZE_CLASSES - 1, Math.max(0, Math.floor(relative * SIZE_CLASSES)));
    left[n] = nearestX - box.left - reachPx;
    above[n] = nearestY - box.top - reachPx;
    kind[n] = (size * phases + phaseY) * phases + phaseX;
    strength[n] = Math.round(STRENGTH_STEPS * dots.strength[n]!);
  }
  return { left, above, kind, strength };
}

/** The stamps that touch each band of rows: `order` from `starts[band]` to before the next. A stamp may touch several. */
function sortByBand({ above }: Stamps, reachPx: number, heightPx: number) {
  const bands = Math.ceil(heightPx / BAND_ROWS);
  const firstOf = (n: number) => Math.max(0, Math.floor(above[n]! / BAND_ROWS));
  const lastOf = (n: number) => Math.min(bands - 1, Math.floor((above[n]! + 2 * reachPx) / BAND_ROWS));
  const starts = new Int32Array(bands + 1);
  for (let n = 0; n < above.length; n++) for (let band = firstOf(n); band <= lastOf(n); band++) starts[band + 1]!++;
  for (let band = 0; band < bands; band++) starts[band + 1]! += starts[band]!;
  const order = new Int32Array(starts[bands]!);
  const next = starts.slice();
  for (let n = 0; n < above.length; n++)
    for (let band = firstOf(n); band <= lastOf(n); band++) order[next[band]!++] = n;
  return { order, starts };
}

/** Adds stamp `n` to the `rows` rows of a band that begins at row `top` of the box, cut off at the band's rim. */
function addStamp(
  near: Int32Array,
  widthPx: number,
  rows: number,
  top: number,
  { left, above, kind, strength }: Stamps,
  n: number,
  { reachPx, stamps, halfWidths }: DotKernel,
): void {
  const side = 2 * reachPx + 1;
  const x = left[n]!;
  const y = above[n]! - top;
  const times = strength[n]!;
  const stamp = stamps[kind[n]!]!;
  const bottom = Math.min(side, rows - y);
  for (let row = Math.max(0, -y); row < bottom; row++) {
    const half = halfWidths[row]!;
    const first = Math.max(0, -x, reachPx - half);
    const end = 3 * (row * side + Math.min(widthPx - x, reachPx + half + 1));
    let to = 3 * ((y + row) * widthPx + x + first);
    // Three channels a turn: a third of the time of one.
    for (let from = 3 * (row * side + first); from < end; from += 3, to += 3) {
      near[to] = near[to]! + Math.imul(times, stamp[from]!);
      near[to + 1] = near[to + 1]! + Math.imul(times, stamp[from + 1]!);
      near[to + 2] = near[to + 2]! + Math.imul(times, stamp[from + 2]!);
    }
  }
}

/** Adds the far dots to one row of near ones, starting at `from` of `near`, and writes both into `words`. */
function joinRow(
  near: Int32Array,
  from: number,
  { line, across: { before, beyond }, share }: FarRows,
  words: Uint16Array,
  first: number,
  last: number,
): void {
  const red = share[0];
  const green = share[1];
  const blue = share[2];
  for (let x = first, to = 3 * x, at = from + to; x < last; x++, to += 3, at += 3) {
    const column = before[x]!;
    const here = line[column]!;
    const around = here + (Math.imul(line[column + 1]! - here, beyond[x]!) >> 8);
    words[to] = depthOf(near[at]! + Math.imul(around, red));
    words[to + 1] = depthOf(near[at + 1]! + Math.imul(around, green));
    words[to + 2] = depthOf(near[at + 2]! + Math.imul(around, blue));
  }
}

/** Shadows of 24 bits, rounded to `SHADOW_LEVELS`; one shadow on another is never more than a whole one. */
function depthOf(shadow: number): number {
  const level = (shadow + 8192) >> 14;
  return level < SHADOW_LEVELS ? level : SHADOW_LEVELS;
}

/** Middles of the dots that lie in the picture: x, y, x, y … */
function middlesInside({ x, y, count }: DrawnDots, { widthPx, heightPx }: DotPlan): Float32Array {
  const middles = new Float32Array(2 * count);
  let n = 0;
  for (let k = 0; k < count; k++) {
    if (x[k]! < 0 || y[k]! < 0 || x[k]! >= widthPx || y[k]! >= heightPx) continue;
    middles[n++] = x[k]!;
    middles[n++] = y[k]!;
  }
  return middles.subarray(0, n);
}
