import { chooseDots, type DotPlan, type FarDots } from './chooseDots.ts';
import { type DotKernel, SIZE_CLASSES, SIZE_HIGH, SIZE_LOW } from './dotKernel.ts';
import type { PictureBox } from './picture.ts';
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

/** Draws the shadows of all dots: stamps near by, the mean of the dots around for what lies farther. */
export function castShadows(tile: DotTile, kernel: DotKernel, plan: DotPlan): DotShadows {
  const { widthPx, heightPx, box } = plan;
  const { reachPx, stamps, phases } = kernel;
  const dots = chooseDots(tile, plan, reachPx + 1);
  const bands: number[][] = Array.from({ length: Math.ceil(box.heightPx / BAND_ROWS) }, () => []);
  for (let n = 0; n < dots.count; n++) {
    const middle = Math.round(dots.y[n]! - 0.5) - box.top;
    const first = Math.max(0, Math.floor((middle - reachPx) / BAND_ROWS));
    const last = Math.min(bands.length - 1, Math.floor((middle + reachPx) / BAND_ROWS));
    for (let band = first; band <= last; band++) bands[band]!.push(n);
  }
  const side = 2 * reachPx + 1;
  const near = new Float32Array(3 * box.widthPx * BAND_ROWS);
  const depth = new Uint16Array(3 * box.widthPx * box.heightPx);
  const join = shadowJoiner(plan, dots.far, kernel.farShare, depth);
  bands.forEach((list, band) => {
    const top = band * BAND_ROWS;
    const bottom = Math.min(box.heightPx, top + BAND_ROWS);
    near.fill(0);
    for (const n of list) {
      const x = dots.x[n]!;
      const y = dots.y[n]!;
      const strength = dots.strength[n]!;
      const nearestX = Math.round(x - 0.5);
      const nearestY = Math.round(y - 0.5);
      const phaseX = Math.min(phases - 1, Math.floor((x - nearestX) * phases));
      const phaseY = Math.min(phases - 1, Math.floor((y - nearestY) * phases));
      const middleX = nearestX - box.left;
      const middleY = nearestY - box.top;
      const relative = (tile.size[dots.kind[n]!]! - SIZE_LOW) / (SIZE_HIGH - SIZE_LOW);
      const size = Math.min(SIZE_CLASSES - 1, Math.max(0, Math.floor(relative * SIZE_CLASSES)));
      const stamp = stamps[(size * phases + phaseY) * phases + phaseX]!;
      const left = Math.max(0, middleX - reachPx);
      const right = Math.min(box.widthPx - 1, middleX + reachPx);
      for (let j = Math.max(top, middleY - reachPx); j < Math.min(bottom, middleY + reachPx + 1); j++) {
        let from = 3 * ((j - middleY + reachPx) * side + left - middleX + reachPx);
        let to = 3 * ((j - top) * box.widthPx + left);
        for (const end = to + 3 * (right - left + 1); to < end; to++, from++) near[to]! += strength * stamp[from]!;
      }
    }
    join(near, top, bottom);
  });
  const inside: number[] = [];
  for (let n = 0; n < dots.count; n++) {
    const [x, y] = [dots.x[n]!, dots.y[n]!];
    if (x >= 0 && y >= 0 && x < widthPx && y < heightPx) inside.push(x, y);
  }
  return { box, depth, dots: Float32Array.from(inside) };
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

/** Makes a function that adds the far dots to some rows of near ones and writes both into `depth`. */
function shadowJoiner(
  { box, bareSkin }: DotPlan,
  { coverage, columns, rows, cellPx }: FarDots,
  [red, green, blue]: DotKernel['farShare'],
  depth: Uint16Array,
): (near: Float32Array, top: number, bottom: number) => void {
  const weight = bareSkin?.weight ?? null;
  const across = placeInCells(box.left, box.widthPx, cellPx, columns);
  const down = placeInCells(box.top, box.heightPx, cellPx, rows);
  const line = new Float32Array(columns);
  return (near, top, bottom) => {
    for (let y = top, from = 0; y < bottom; y++) {
      const above = down.before[y]! * columns;
      const ty = down.beyond[y]!;
      for (let k = 0; k < columns; k++) line[k] = coverage[above + k]! * (1 - ty) + coverage[above + columns + k]! * ty;
      for (let x = 0, i = y * box.widthPx; x < box.widthPx; x++, i++, from += 3) {
        const bare = weight ? weight[i]! : 255;
        if (bare === 0) continue;
        const column = across.before[x]!;
        const around = line[column]! + across.beyond[x]! * (line[column + 1]! - line[column]!);
        if (around === 0 && near[from] === 0) continue;
        const to = 3 * i;
        const scale = (bare * SHADOW_LEVELS) / 255;
        const r = near[from]! + red * around;
        const g = near[from + 1]! + green * around;
        const b = near[from + 2]! + blue * around;
        depth[to] = r < 1 ? scale * r + 0.5 : scale;
        depth[to + 1] = g < 1 ? scale * g + 0.5 : scale;
        depth[to + 2] = b < 1 ? scale * b + 0.5 : scale;
      }
    }
  };
}
