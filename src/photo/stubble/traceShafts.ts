import type { Plane } from '../regions/planes.ts';
import type { LevelledPatch } from './levelSkin.ts';

/** A cut across a shaft, steeper side mirrored, so that the shadow beside it stays out. */
export interface ShaftCut {
  /** Missing light in its middle, as a share of the skin's. */
  readonly depth: number;
  /** Missing light across it, share × px: (1 − ratio of the fibre) · diameter, whatever the blur. */
  readonly area: number;
  /** Missing light of the three channels in its middle. */
  readonly depthRgb: readonly [number, number, number];
}

const DIRECTIONS = Array.from(
  { length: 8 },
  (_, k) => [Math.cos((k * Math.PI) / 8), Math.sin((k * Math.PI) / 8)] as const,
);
/** Reach of a cut to either side, and its step, px. */
const REACH_PX = 6;
const STEP_PX = 0.5;
const SIDE = REACH_PX / STEP_PX;
const MARGIN_PX = REACH_PX + 4;
/** Of the rows, one in so many is searched: shafts cross several. */
const ROW_STEP = 3;
/** Overshoot of sharpening, share of a cut's depth; more is a light hair beside it. */
const MOST_HALO = 0.2;
/** A cut is used only where light comes back on both sides to within this share of its depth. */
const LEFT_OVER = 0.25;

/** Cuts across the dark shafts of a patch wherever their middle line shows a response of at least `least`. */
export function traceShafts(patch: LevelledPatch, response: Plane, least: number): ShaftCut[] {
  const { widthPx: w, heightPx: h, ratioY } = patch;
  const cuts: ShaftCut[] = [];
  // Distances of the nearest pixels so far along and across each direction.
  const step = (dx: number, dy: number) => Math.round(dy) * w + Math.round(dx);
  const ahead = DIRECTIONS.map(([x, y]) => step(3 * x, 3 * y));
  const behind = DIRECTIONS.map(([x, y]) => step(-3 * x, -3 * y));
  const oneSide = DIRECTIONS.map(([x, y]) => step(-1.5 * y, 1.5 * x));
  const otherSide = DIRECTIONS.map(([x, y]) => step(1.5 * y, -1.5 * x));
  const line = new Float64Array(2 * SIDE + 5);
  for (let y = MARGIN_PX; y < h - MARGIN_PX; y += ROW_STEP)
    for (let x = MARGIN_PX, i = y * w + x; x < w - MARGIN_PX; x++, i++) {
      const value = response[i]!;
      if (value < least) continue;
      let [along, best] = [0, 0];
      for (let k = 0; k < DIRECTIONS.length; k++) {
        const both = response[i + ahead[k]!]! + response[i + behind[k]!]!;
        if (both > best) [along, best] = [k, both];
      }
      // On the middle line, and going on to both sides.
      if (best < 1.3 * value || value < response[i + oneSide[along]!]! || value < response[i + otherSide[along]!]!)
        continue;
      readAcross(ratioY, w, x, y, DIRECTIONS[along]!, line);
      const cut = foldCut(line);
      if (!cut) continue;
      const [red, green, blue] = patch.ratioAt(i);
      cuts.push({ ...cut, depthRgb: [1 - red, 1 - green, 1 - blue] });
    }
  return cuts;
}

/** Missing light along the normal, mean of three parallel lines, bilinear between pixels. */
function readAcross(
  ratioY: Plane,
  w: number,
  x: number,
  y: number,
  [tx, ty]: readonly [number, number],
  line: Float64Array,
): void {
  const middle = (line.length - 1) / 2;
  for (let k = 0; k < line.length; k++) {
    const off = (k - middle) * STEP_PX;
    let sum = 0;
    for (let l = -1; l <= 1; l++) {
      const px = x - off * ty + 1.5 * l * tx;
      const py = y + off * tx + 1.5 * l * ty;
      const [x0, y0] = [px | 0, py | 0];
      const [fx, fy] = [px - x0, py - y0];
      const i = y0 * w + x0;
      const upper = ratioY[i]! + fx * (ratioY[i + 1]! - ratioY[i]!);
      sum += upper + fy * (ratioY[i + w]! + fx * (ratioY[i + w + 1]! - ratioY[i + w]!) - upper);
    }
    line[k] = 1 - sum / 3;
  }
}

/** Depth and area of a cut; null where a neighbour lies too near. */
function foldCut(line: Float64Array): { depth: number; area: number } | null {
  const centre = (line.length - 1) / 2;
  let middle = centre;
  for (let k = centre - 2; k <= centre + 2; k++) if (line[k]! > line[middle]!) middle = k;
  const depth = line[middle]!;
  let area = Number.POSITIVE_INFINITY;
  for (const step of [-1, 1]) {
    // From the middle outwards light only comes back: what darkens again is a neighbour. Sharpening overshoots, which
    // belongs to the shaft's area until it dies out.
    let low = depth;
    let sum = depth / 2;
    for (let k = 1; k <= SIDE - 2; k++) {
      const here = line[middle + step * k]!;
      if (low < 0 && here > low) {
        if (here > 0) break;
        sum += Math.max(-MOST_HALO * depth, here);
        continue;
      }
      low = Math.min(low, here);
      sum += Math.max(-MOST_HALO * depth, low);
    }
    if (low > LEFT_OVER * depth) return null;
    area = Math.min(area, 2 * STEP_PX * sum);
  }
  return { depth, area };
}
