import type { Plane } from '../regions/planes.ts';
import { type LevelledPatch, readRatio } from './levelSkin.ts';
import type { ShaftCuts } from './shaftCuts.ts';

const DIRECTIONS = 8;
/** Reach of a cut to either side of the shaft's middle, and its step, px. */
const REACH_PX = 5;
const STEP_PX = 0.5;
const SIDE = REACH_PX / STEP_PX;
/** The middle is sought so many steps to either side. */
const SLACK = 2;
const CENTRE = SIDE + SLACK;
const CUT = 2 * CENTRE + 1;
/** A cut is the mean of so many parallel lines, px apart. */
const LINES = 3;
const LINES_APART_PX = 1.5;
const MARGIN_PX = 10;
/** Of the rows, one in so many is searched: shafts cross several. */
const ROW_STEP = 3;
/** Overshoot of sharpening, share of a cut's depth; more is a light hair beside it. */
const MOST_HALO = 0.2;
/** A cut is used only where light comes back on both sides to within this share of its depth. */
const LEFT_OVER = 0.25;

/** Where to look about a pixel for each direction a shaft may have, in patches of one width. */
interface Compass {
  readonly widthPx: number;
  /** Distances to the nearest pixels so far along and across each direction. */
  readonly ahead: Int32Array;
  readonly behind: Int32Array;
  readonly oneSide: Int32Array;
  readonly otherSide: Int32Array;
  /**
   * For each direction, place across it and parallel line: distance to the pixel at or before that point on both axes,
   * and how far on the point lies, 0–1.
   */
  readonly points: Int32Array;
  readonly shareX: Float64Array;
  readonly shareY: Float64Array;
}

function makeCompass(widthPx: number): Compass {
  const [ahead, behind] = [new Int32Array(DIRECTIONS), new Int32Array(DIRECTIONS)];
  const [oneSide, otherSide] = [new Int32Array(DIRECTIONS), new Int32Array(DIRECTIONS)];
  const points = new Int32Array(DIRECTIONS * CUT * LINES);
  const [shareX, shareY] = [new Float64Array(points.length), new Float64Array(points.length)];
  const step = (dx: number, dy: number) => Math.round(dy) * widthPx + Math.round(dx);
  for (let k = 0, n = 0; k < DIRECTIONS; k++) {
    const x = Math.cos((k * Math.PI) / DIRECTIONS);
    const y = Math.sin((k * Math.PI) / DIRECTIONS);
    ahead[k] = step(3 * x, 3 * y);
    behind[k] = step(-3 * x, -3 * y);
    oneSide[k] = step(-1.5 * y, 1.5 * x);
    otherSide[k] = step(1.5 * y, -1.5 * x);
    for (let place = -CENTRE; place <= CENTRE; place++)
      for (let line = -1; line <= 1; line++, n++) {
        const across = place * STEP_PX;
        const along = line * LINES_APART_PX;
        const dx = along * x - across * y;
        const dy = along * y + across * x;
        points[n] = Math.floor(dy) * widthPx + Math.floor(dx);
        shareX[n] = dx - Math.floor(dx);
        shareY[n] = dy - Math.floor(dy);
      }
  }
  return { widthPx, ahead, behind, oneSide, otherSide, points, shareX, shareY };
}

/** Room for the cut that is being read. */
const middles = new Float64Array(CUT);
const ratio = new Float64Array(3);

/** Adds the cuts across the dark shafts of a patch wherever their middle line shows a response of at least `least`. */
export function traceShafts(patch: LevelledPatch, response: Plane, least: number, cuts: ShaftCuts): void {
  const { widthPx: w, heightPx: h, ratioY } = patch;
  const compass = makeCompass(w);
  for (let y = MARGIN_PX; y < h - MARGIN_PX; y += ROW_STEP)
    for (let x = MARGIN_PX, i = y * w + x; x < w - MARGIN_PX; x++, i++) {
      if (response[i]! < least) continue;
      const direction = directionAt(response, i, compass);
      if (direction < 0) continue;
      const first = direction * CUT;
      const middle = findMiddle(ratioY, i, compass, first, middles);
      const depth = middles[middle]!;
      const before = areaOfSide(ratioY, i, compass, first, middle, -1, depth, middles);
      if (Number.isNaN(before)) continue;
      const after = areaOfSide(ratioY, i, compass, first, middle, 1, depth, middles);
      if (Number.isNaN(after)) continue;
      readRatio(patch, x, y, ratio);
      cuts.add(depth, Math.min(before, after), ratio);
    }
}

/** Direction of the shaft on whose middle line pixel `i` lies and that goes on to both sides; −1 where there is none. */
function directionAt(response: Plane, i: number, { ahead, behind, oneSide, otherSide }: Compass): number {
  const value = response[i]!;
  let along = 0;
  let best = 0;
  for (let k = 0; k < DIRECTIONS; k++) {
    const both = response[i + ahead[k]!]! + response[i + behind[k]!]!;
    if (both <= best) continue;
    along = k;
    best = both;
  }
  if (best < 1.3 * value || value < response[i + oneSide[along]!]! || value < response[i + otherSide[along]!]!)
    return -1;
  return along;
}

/** Missing light at one place across a shaft: mean of the parallel lines, bilinear between pixels. */
function missingAt(ratioY: Plane, i: number, compass: Compass, place: number): number {
  const { points, shareX, shareY, widthPx } = compass;
  let sum = 0;
  for (let n = LINES * place; n < LINES * place + LINES; n++) {
    const at = i + points[n]!;
    const share = shareX[n]!;
    const upper = ratioY[at]! + share * (ratioY[at + 1]! - ratioY[at]!);
    const lower = ratioY[at + widthPx]! + share * (ratioY[at + widthPx + 1]! - ratioY[at + widthPx]!);
    sum += upper + shareY[n]! * (lower - upper);
  }
  return 1 - sum / LINES;
}

/** The darkest place about the centre of a cut; fills `middles` with the missing light of those asked. */
function findMiddle(ratioY: Plane, i: number, compass: Compass, first: number, middles: Float64Array): number {
  let middle = CENTRE;
  middles[CENTRE] = missingAt(ratioY, i, compass, first + CENTRE);
  for (let k = CENTRE - SLACK; k <= CENTRE + SLACK; k++) {
    if (k !== CENTRE) middles[k] = missingAt(ratioY, i, compass, first + k);
    if (middles[k]! > middles[middle]!) middle = k;
  }
  return middle;
}

/**
 * Area of a cut if both sides were as the one that `step` leads to; NaN where a neighbour lies too near. From the middle
 * outwards light only comes back: what darkens again is a neighbour. Sharpening overshoots, which belongs to the shaft's
 * area until it dies out.
 */
function areaOfSide(
  ratioY: Plane,
  i: number,
  compass: Compass,
  first: number,
  middle: number,
  step: number,
  depth: number,
  middles: Float64Array,
): number {
  let low = depth;
  let sum = depth / 2;
  for (let k = 1; k <= SIDE; k++) {
    const place = middle + step * k;
    const known = place >= CENTRE - SLACK && place <= CENTRE + SLACK;
    const here = known ? middles[place]! : missingAt(ratioY, i, compass, first + place);
    if (low < 0 && here > low) {
      if (here > 0) break;
      sum += Math.max(-MOST_HALO * depth, here);
      continue;
    }
    low = Math.min(low, here);
    sum += Math.max(-MOST_HALO * depth, low);
  }
  return low > LEFT_OVER * depth ? Number.NaN : 2 * STEP_PX * sum;
}
