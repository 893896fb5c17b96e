import { type DotKernel, SIZE_CLASSES, SIZE_HIGH, SIZE_LOW } from './dotKernel.ts';
import type { BareSkin } from './findBareSkin.ts';
import type { DotTile } from './placeDots.ts';
import { smoothNoise } from './seededNoise.ts';

/** A whole shadow in the integers of `DotShadows`. */
export const SHADOW_LEVELS = 4095;

/** How deep every pixel lies in the shadow of dots, whatever their pigment. Made once, coloured often. */
export interface DotShadows {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green, blue of every pixel: 0 none, `SHADOW_LEVELS` as under a closed layer. */
  readonly depth: Uint16Array;
  /** Middles of the dots drawn, in pixels: x, y, x, y … */
  readonly dots: Float32Array;
}

export interface DotPlan {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pxPerMm: number;
  /** Share of the density in each cell of a grid over the picture; null where all is 1. */
  readonly share: { readonly widthPx: number; readonly heightPx: number; readonly values: Float32Array } | null;
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

/** Mean over 3 × 3 cells, twice, of what lies inside the grid. */
function blurCells(values: Float32Array, columns: number, rows: number): Float32Array {
  let from = values;
  for (let pass = 0; pass < 2; pass++) {
    const to = new Float32Array(from.length);
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        let sum = 0;
        let cells = 0;
        for (let j = Math.max(0, y - 1); j <= Math.min(rows - 1, y + 1); j++)
          for (let i = Math.max(0, x - 1); i <= Math.min(columns - 1, x + 1); i++) {
            sum += from[j * columns + i]!;
            cells++;
          }
        to[y * columns + x] = sum / cells;
      }
    from = to;
  }
  return from;
}

/** Calls `visit` with the place (pixels) and index of every dot of the tiles that may touch the picture. */
function forEachDot(tile: DotTile, plan: DotPlan, marginPx: number, visit: (x: number, y: number, k: number) => void) {
  const side = 10 * Math.sqrt(tile.count / plan.fullDensityPerCm2) * plan.pxPerMm;
  const [cos, sin] = [Math.cos(TURN), Math.sin(TURN)];
  const { widthPx, heightPx } = plan;
  const corners = [0, widthPx].flatMap((x) =>
    [0, heightPx].map((y) => [x * cos + y * sin, y * cos - x * sin] as const),
  );
  const range = (axis: 0 | 1) => {
    const values = corners.map((corner) => corner[axis]);
    return [Math.floor((Math.min(...values) - marginPx) / side), Math.floor((Math.max(...values) + marginPx) / side)];
  };
  const [firstColumn, lastColumn] = range(0);
  const [firstRow, lastRow] = range(1);
  const last = Math.min(tile.count, Math.ceil((tile.count * plan.densityPerCm2) / plan.fullDensityPerCm2));
  for (let row = firstRow!; row <= lastRow!; row++)
    for (let column = firstColumn!; column <= lastColumn!; column++)
      for (let k = 0; k < last; k++) {
        const u = (column + tile.x[k]!) * side;
        const v = (row + tile.y[k]!) * side;
        const x = u * cos - v * sin;
        const y = u * sin + v * cos;
        if (x > -marginPx && y > -marginPx && x < widthPx + marginPx && y < heightPx + marginPx) visit(x, y, k);
      }
}

/** Draws the shadows of all dots: stamps near by, the mean of the dots around for what lies farther. */
export function castShadows(tile: DotTile, kernel: DotKernel, plan: DotPlan): DotShadows {
  const { widthPx, heightPx, pxPerMm, share, bareSkin, diameterMm, patchiness, seed } = plan;
  const { reachPx, stamps, farShare, phases } = kernel;
  const near = new Float32Array(3 * widthPx * heightPx);
  const cellPx = Math.max(1, FAR_CELL_MM * pxPerMm);
  const columns = Math.ceil(widthPx / cellPx) + 1;
  const rows = Math.ceil(heightPx / cellPx) + 1;
  const cells = new Float32Array(columns * rows);
  const discPx = (Math.PI * (diameterMm * pxPerMm) ** 2) / 4;
  const rankScale = plan.fullDensityPerCm2 / plan.densityPerCm2 / tile.count;
  const side = 2 * reachPx + 1;
  const drawn: number[] = [];
  forEachDot(tile, plan, reachPx + 1, (x, y, k) => {
    const rank = (k + 0.5) * rankScale;
    const insideX = Math.min(widthPx - 1, Math.max(0, Math.floor(x)));
    const insideY = Math.min(heightPx - 1, Math.max(0, Math.floor(y)));
    if (share) {
      const cell =
        Math.floor(((insideY + 0.5) * share.heightPx) / heightPx) * share.widthPx +
        Math.floor(((insideX + 0.5) * share.widthPx) / widthPx);
      if (rank >= share.values[cell]!) return;
    } else if (rank >= 1) return;
    const isInside = x >= 0 && y >= 0 && x < widthPx && y < heightPx;
    if (bareSkin && bareSkin[insideY * widthPx + insideX]! < 128) return;
    const uneven = patchiness === 0 ? 0 : smoothNoise(x / pxPerMm / PATCH_MM, y / pxPerMm / PATCH_MM, seed + 77);
    const strength = Math.max(0, tile.strength[k]! * (1 + patchiness * 1.4 * uneven));
    if (isInside) {
      drawn.push(x, y);
      const cellX = Math.min(columns - 1, Math.floor(x / cellPx));
      cells[Math.min(rows - 1, Math.floor(y / cellPx)) * columns + cellX]! += strength * discPx * tile.size[k]! ** 2;
    }
    const middleX = Math.round(x - 0.5);
    const middleY = Math.round(y - 0.5);
    const phaseX = Math.min(phases - 1, Math.floor((x - middleX) * phases));
    const phaseY = Math.min(phases - 1, Math.floor((y - middleY) * phases));
    const sizeClass = Math.floor(((tile.size[k]! - SIZE_LOW) / (SIZE_HIGH - SIZE_LOW)) * SIZE_CLASSES);
    const size = Math.min(SIZE_CLASSES - 1, Math.max(0, sizeClass));
    const stamp = stamps[(size * phases + phaseY) * phases + phaseX]!;
    const left = Math.max(0, middleX - reachPx);
    const right = Math.min(widthPx - 1, middleX + reachPx);
    for (let j = Math.max(0, middleY - reachPx); j <= Math.min(heightPx - 1, middleY + reachPx); j++) {
      let from = 3 * ((j - middleY + reachPx) * side + left - middleX + reachPx);
      let to = 3 * (j * widthPx + left);
      for (const end = 3 * (j * widthPx + right + 1); to < end; to++, from++) near[to]! += strength * stamp[from]!;
    }
  });
  const coverage = blurCells(cells, columns, rows).map((value) => value / (cellPx * cellPx));
  return {
    widthPx,
    heightPx,
    depth: joinShadows(near, plan, { coverage, columns, rows, cellPx, farShare }),
    dots: Float32Array.from(drawn),
  };
}

interface FarDots {
  readonly coverage: Float32Array;
  readonly columns: number;
  readonly rows: number;
  readonly cellPx: number;
  readonly farShare: readonly [number, number, number];
}

function joinShadows(near: Float32Array, { widthPx, heightPx, bareSkin }: DotPlan, far: FarDots): Uint16Array {
  const { coverage, columns, rows, cellPx, farShare } = far;
  const depth = new Uint16Array(near.length);
  const [red, green, blue] = farShare;
  for (let y = 0, i = 0; y < heightPx; y++) {
    const cellY = Math.min(rows - 1, Math.max(0, (y + 0.5) / cellPx - 0.5));
    const row = Math.min(rows - 2, Math.floor(cellY));
    const ty = cellY - row;
    for (let x = 0; x < widthPx; x++, i++) {
      const bare = bareSkin ? bareSkin[i]! / 255 : 1;
      if (bare === 0) continue;
      const cellX = Math.min(columns - 1, Math.max(0, (x + 0.5) / cellPx - 0.5));
      const column = Math.min(columns - 2, Math.floor(cellX));
      const tx = cellX - column;
      const at = row * columns + column;
      const around =
        (coverage[at]! * (1 - tx) + coverage[at + 1]! * tx) * (1 - ty) +
        (coverage[at + columns]! * (1 - tx) + coverage[at + columns + 1]! * tx) * ty;
      const to = 3 * i;
      if (around === 0 && near[to] === 0) continue;
      const scale = bare * SHADOW_LEVELS;
      depth[to] = Math.min(SHADOW_LEVELS, scale * (near[to]! + red * around) + 0.5);
      depth[to + 1] = Math.min(SHADOW_LEVELS, scale * (near[to + 1]! + green * around) + 0.5);
      depth[to + 2] = Math.min(SHADOW_LEVELS, scale * (near[to + 2]! + blue * around) + 0.5);
    }
  }
  return depth;
}
