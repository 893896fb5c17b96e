import { chooseDots, type DotPlan, type DrawnDots, type FarDots } from './chooseDots.ts';
import { type DotKernel, SIZE_CLASSES, SIZE_HIGH, SIZE_LOW } from './dotKernel.ts';
import type { PictureBox } from './pictureBox.ts';
import type { DotTile } from './placeDots.ts';

/** A whole shadow in the integers of `DotShadows`. */
export const SHADOW_LEVELS = 4095;

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
  const { widthPx, heightPx, box } = plan;
  const { reachPx } = kernel;
  const dots = chooseDots(tile, plan, reachPx + 1);
  const bands: number[][] = Array.from({ length: Math.ceil(box.heightPx / BAND_ROWS) }, () => []);
  for (let n = 0; n < dots.count; n++) {
    const middle = Math.round(dots.y[n]! - 0.5) - box.top;
    const first = Math.max(0, Math.floor((middle - reachPx) / BAND_ROWS));
    const last = Math.min(bands.length - 1, Math.floor((middle + reachPx) / BAND_ROWS));
    for (let band = first; band <= last; band++) bands[band]!.push(n);
  }
  const near = new Float32Array(3 * box.widthPx * BAND_ROWS);
  const words = new Uint16Array(3 * box.widthPx);
  const farRows = farRowsOf(plan, dots.far, kernel.farShare);
  const weight = plan.bareSkin?.weight ?? null;
  for (let band = 0; band < bands.length; band++) {
    const top = band * BAND_ROWS;
    const bottom = Math.min(box.heightPx, top + BAND_ROWS);
    near.fill(0);
    for (const n of bands[band]!) stampDot(near, bottom - top, top, n, dots, tile, kernel, box);
    for (let row = top; row < bottom; row++) {
      joinRow(near, 3 * (row - top) * box.widthPx, farRows, box, weight, row, words);
      visit(row, words);
    }
  }
  const inside: number[] = [];
  for (let n = 0; n < dots.count; n++) {
    const [x, y] = [dots.x[n]!, dots.y[n]!];
    if (x >= 0 && y >= 0 && x < widthPx && y < heightPx) inside.push(x, y);
  }
  return Float32Array.from(inside);
}

/** Adds the stamp of dot `n` to the rows of a band that begins at row `top` of the box. */
function stampDot(
  near: Float32Array,
  rows: number,
  top: number,
  n: number,
  dots: DrawnDots,
  tile: DotTile,
  { reachPx, stamps, phases }: DotKernel,
  box: PictureBox,
): void {
  const x = dots.x[n]!;
  const y = dots.y[n]!;
  const nearestX = Math.round(x - 0.5);
  const nearestY = Math.round(y - 0.5);
  const phaseX = Math.min(phases - 1, Math.floor((x - nearestX) * phases));
  const phaseY = Math.min(phases - 1, Math.floor((y - nearestY) * phases));
  const relative = (tile.size[dots.kind[n]!]! - SIZE_LOW) / (SIZE_HIGH - SIZE_LOW);
  const size = Math.min(SIZE_CLASSES - 1, Math.max(0, Math.floor(relative * SIZE_CLASSES)));
  const stamp = stamps[(size * phases + phaseY) * phases + phaseX]!;
  const left = nearestX - box.left - reachPx;
  const above = nearestY - box.top - reachPx - top;
  addStamp(near, box.widthPx, rows, stamp, 2 * reachPx + 1, dots.strength[n]!, left, above);
}

/** Adds a stamp to some rows of a plane of three channels, with its upper left corner at (x, y), cut off at the plane's rim. */
function addStamp(
  plane: Float32Array,
  widthPx: number,
  heightPx: number,
  stamp: Float32Array,
  side: number,
  strength: number,
  x: number,
  y: number,
): void {
  const reach = side >> 1;
  const bottom = Math.min(side, heightPx - y);
  for (let row = Math.max(0, -y); row < bottom; row++) {
    // Stamps are round: beyond this nothing is left of them in the row, half a pixel for places within the pixel.
    const half = Math.min(reach, Math.ceil(Math.sqrt((reach + 1) ** 2 - (row - reach) ** 2)));
    const left = Math.max(0, -x, reach - half);
    const values = 3 * (Math.min(widthPx - x, reach + half + 1) - left);
    const from = 3 * (row * side + left);
    const to = 3 * ((y + row) * widthPx + x + left);
    for (let k = 0; k < values; k++) plane[to + k]! += strength * stamp[from + k]!;
  }
}

/** Where along cells each pixel of a line lies: the cell's middle before it, and how far on to the next, 0–1. */
function placeInCells(from: number, pixels: number, cellPx: number, cells: number) {
  const before = new Int32Array(pixels);
  const beyond = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const at = Math.min(cells - 1, Math.max(0, (from + i + 0.5) / cellPx - 0.5));
    before[i] = Math.min(cells - 2, Math.floor(at));
    beyond[i] = at - before[i]!;
  }
  return { before, beyond };
}

/** How the far dots are added to each row of the box. */
interface FarRows {
  readonly far: FarDots;
  readonly across: ReturnType<typeof placeInCells>;
  readonly down: ReturnType<typeof placeInCells>;
  readonly farShare: DotKernel['farShare'];
  /** One row of the coverage, worked on in place. */
  readonly line: Float32Array;
}

function farRowsOf({ box }: DotPlan, far: FarDots, farShare: DotKernel['farShare']): FarRows {
  const across = placeInCells(box.left, box.widthPx, far.cellPx, far.columns);
  const down = placeInCells(box.top, box.heightPx, far.cellPx, far.rows);
  return { far, across, down, farShare, line: new Float32Array(far.columns) };
}

/** Adds the far dots to one row of near ones, starting at `from` of the plane, and writes both into `words`. */
function joinRow(
  near: Float32Array,
  from: number,
  { far: { coverage, columns }, across, down, farShare, line }: FarRows,
  { from: first, to: last }: PictureBox,
  weight: Uint8Array | null,
  row: number,
  words: Uint16Array,
): void {
  const { before, beyond } = across;
  const [red, green, blue] = farShare;
  const above = down.before[row]! * columns;
  const ty = down.beyond[row]!;
  for (let k = 0; k < columns; k++) line[k] = coverage[above + k]! * (1 - ty) + coverage[above + columns + k]! * ty;
  const start = row * before.length;
  const end = last[row]!;
  for (let x = first[row]!, to = 3 * x, at = from + to; x < end; x++, to += 3, at += 3) {
    const bare = weight === null ? 255 : weight[start + x]!;
    const column = before[x]!;
    const around = line[column]! + beyond[x]! * (line[column + 1]! - line[column]!);
    if (bare === 0 || (around === 0 && near[at] === 0)) {
      words[to] = 0;
      words[to + 1] = 0;
      words[to + 2] = 0;
      continue;
    }
    const scale = bare * (SHADOW_LEVELS / 255);
    const r = scale * (near[at]! + red * around);
    const g = scale * (near[at + 1]! + green * around);
    const b = scale * (near[at + 2]! + blue * around);
    words[to] = r < scale ? r : scale;
    words[to + 1] = g < scale ? g : scale;
    words[to + 2] = b < scale ? b : scale;
  }
}
