import { type BareSkin, isSkinAt } from './findBareSkin.ts';
import type { PictureBox } from './pictureBox.ts';
import type { DotTile } from './placeDots.ts';
import { smoothNoise } from './seededNoise.ts';

/** What dots to draw where. */
export interface DotPlan {
  readonly widthPx: number;
  readonly heightPx: number;
  /** The part of the picture that dots can darken; what is outside is left alone. */
  readonly box: PictureBox;
  readonly pxPerMm: number;
  /** Share of the density in each cell of a grid over the picture; null where all is 1. */
  readonly share: { readonly widthPx: number; readonly heightPx: number; readonly values: Float32Array } | null;
  /** Of the box. */
  readonly bareSkin: BareSkin | null;
  /** Density that a whole tile stands for; changing it moves the dots. */
  readonly fullDensityPerCm2: number;
  /** Density to draw where `share` is 1. */
  readonly densityPerCm2: number;
  readonly diameterMm: number;
  /** How much uptake varies from place to place, 0–1. */
  readonly patchiness: number;
  readonly seed: number;
}

/** Tiles lie askew, so that no row of them runs along the picture. */
const TURN = 0.41;
/** Cells in which the mean of far dots is taken, mm. */
const FAR_CELL_MM = 1;
/** Length of the patches in which a scar takes more or less pigment, mm. */
const PATCH_MM = 4;

/** Mean of each value and its neighbours in a line of `count` values `step` apart, of those the line has. */
function blurLine(from: Float32Array, to: Float32Array, start: number, step: number, count: number): void {
  let [before, here] = [0, from[start]!];
  for (let k = 0, at = start; k < count; k++, at += step) {
    const after = k + 1 < count ? from[at + step]! : 0;
    to[at] = (before + here + after) / ((k > 0 ? 1 : 0) + 1 + (k + 1 < count ? 1 : 0));
    before = here;
    here = after;
  }
}

/** Mean over 3 × 3 cells, twice, of what lies inside the grid. Works on `values`. */
function blurCells(values: Float32Array, columns: number, rows: number): Float32Array {
  const between = new Float32Array(values.length);
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < rows; y++) blurLine(values, between, y * columns, 1, columns);
    for (let x = 0; x < columns; x++) blurLine(between, values, x, columns, rows);
  }
  return values;
}

/**
 * Whether the share at a place of the grid is more than the dot's rank, 0–1. It is smooth between cells, and nothing in a
 * cell that has none.
 */
function isWanted(
  { widthPx, heightPx, values }: NonNullable<DotPlan['share']>,
  x: number,
  y: number,
  rank: number,
): boolean {
  const own =
    Math.min(heightPx - 1, Math.max(0, Math.floor(y))) * widthPx + Math.min(widthPx - 1, Math.max(0, Math.floor(x)));
  if (values[own] === 0) return false;
  const left = Math.min(widthPx - 1, Math.max(0, Math.floor(x - 0.5)));
  const top = Math.min(heightPx - 1, Math.max(0, Math.floor(y - 0.5)));
  const right = Math.min(widthPx - 1, left + 1);
  const below = Math.min(heightPx - 1, top + 1);
  const tx = Math.min(1, Math.max(0, x - 0.5 - left));
  const ty = Math.min(1, Math.max(0, y - 0.5 - top));
  const upper = values[top * widthPx + left]! * (1 - tx) + values[top * widthPx + right]! * tx;
  const lower = values[below * widthPx + left]! * (1 - tx) + values[below * widthPx + right]! * tx;
  return upper * (1 - ty) + lower * ty > rank;
}

/** Where tiles lie that may touch the plan's box, and how their places are turned into the picture's. */
function tilesOver(tile: DotTile, { fullDensityPerCm2, pxPerMm, box }: DotPlan, marginPx: number) {
  const side = 10 * Math.sqrt(tile.count / fullDensityPerCm2) * pxPerMm;
  const [cos, sin] = [Math.cos(TURN), Math.sin(TURN)];
  const left = box.left - marginPx;
  const top = box.top - marginPx;
  const right = box.left + box.widthPx + marginPx;
  const bottom = box.top + box.heightPx + marginPx;
  const corners = [left, right].flatMap((x) =>
    [top, bottom].map((y) => [x * cos + y * sin, y * cos - x * sin] as const),
  );
  const range = (axis: 0 | 1) => {
    const values = corners.map((corner) => corner[axis]);
    return [Math.floor(Math.min(...values) / side), Math.floor(Math.max(...values) / side)] as const;
  };
  return { side, cos, sin, left, top, right, bottom, columns: range(0), rows: range(1) };
}

/** The places of the tiles' dots that may touch the plan's box: x, y and index in the tile, in turn. */
function placesOver(tile: DotTile, plan: DotPlan, marginPx: number): Float32Array {
  const { side, cos, sin, left, top, right, bottom, columns, rows } = tilesOver(tile, plan, marginPx);
  const last = Math.min(tile.count, Math.ceil((tile.count * plan.densityPerCm2) / plan.fullDensityPerCm2));
  const places = new Float32Array(3 * last * (columns[1] - columns[0] + 1) * (rows[1] - rows[0] + 1));
  let n = 0;
  for (let row = rows[0]; row <= rows[1]; row++)
    for (let column = columns[0]; column <= columns[1]; column++)
      for (let k = 0; k < last; k++) {
        const u = (column + tile.x[k]!) * side;
        const v = (row + tile.y[k]!) * side;
        const x = u * cos - v * sin;
        const y = u * sin + v * cos;
        if (x <= left || y <= top || x >= right || y >= bottom) continue;
        places[n] = x;
        places[n + 1] = y;
        places[n + 2] = k;
        n += 3;
      }
  return places.subarray(0, n);
}

/** The dots to draw, each with what its stamp needs. */
export interface DrawnDots {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly strength: Float32Array;
  /** Of the tile: index of the dot. */
  readonly kind: Int32Array;
  readonly count: number;
  /** Mean coverage by all dots in the cells of a grid, for what lies far. */
  readonly far: FarDots;
}

export interface FarDots {
  readonly coverage: Float32Array;
  readonly columns: number;
  readonly rows: number;
  readonly cellPx: number;
}

/** The dots of a plan: evenly spread, thinned where the share says so, none on hair. `marginPx` outside they still count. */
export function chooseDots(tile: DotTile, plan: DotPlan, marginPx: number): DrawnDots {
  const { widthPx, heightPx, box, pxPerMm, share, bareSkin, diameterMm, patchiness, seed } = plan;
  const cellPx = Math.max(1, FAR_CELL_MM * pxPerMm);
  const columns = Math.ceil(widthPx / cellPx) + 1;
  const rows = Math.ceil(heightPx / cellPx) + 1;
  const cells = new Float32Array(columns * rows);
  const discPx = (Math.PI * (diameterMm * pxPerMm) ** 2) / 4;
  const rankScale = plan.fullDensityPerCm2 / plan.densityPerCm2 / tile.count;
  const places = placesOver(tile, plan, marginPx);
  const most = places.length / 3;
  const xs = new Float32Array(most);
  const ys = new Float32Array(most);
  const strengths = new Float32Array(most);
  const kinds = new Int32Array(most);
  let count = 0;
  for (let n = 0; n < places.length; n += 3) {
    const x = places[n]!;
    const y = places[n + 1]!;
    const k = places[n + 2]!;
    const rank = (k + 0.5) * rankScale;
    if (rank >= 1) continue;
    if (share && !isWanted(share, (x / widthPx) * share.widthPx, (y / heightPx) * share.heightPx, rank)) continue;
    const column = Math.min(box.widthPx - 1, Math.max(0, Math.floor(x) - box.left));
    const row = Math.min(box.heightPx - 1, Math.max(0, Math.floor(y) - box.top));
    if (bareSkin && !isSkinAt(bareSkin, column, row)) continue;
    const uneven = patchiness === 0 ? 0 : smoothNoise(x / pxPerMm / PATCH_MM, y / pxPerMm / PATCH_MM, seed + 77);
    const strength = Math.max(0, tile.strength[k]! * (1 + patchiness * 1.4 * uneven));
    xs[count] = x;
    ys[count] = y;
    strengths[count] = strength;
    kinds[count] = k;
    count++;
    if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) continue;
    cells[Math.floor(y / cellPx) * columns + Math.floor(x / cellPx)]! += strength * discPx * tile.size[k]! ** 2;
  }
  const coverage = blurCells(cells, columns, rows);
  for (let k = 0; k < coverage.length; k++) coverage[k] = coverage[k]! / (cellPx * cellPx);
  return {
    x: xs.subarray(0, count),
    y: ys.subarray(0, count),
    strength: strengths.subarray(0, count),
    kind: kinds.subarray(0, count),
    count,
    far: { coverage, columns, rows, cellPx },
  };
}
