import { sumOf } from './blocks';
import { ratioAt } from './skinColour';

const DIRECTIONS = 8;
/** Reach of a cut to either side of the shaft's middle, and its step, px. */
const REACH_PX = 5;
const STEP_PX = 0.5;
const SIDE = <i32>(REACH_PX / STEP_PX);
/** The middle is sought so many steps to either side. */
const SLACK = 2;
const CENTRE = SIDE + SLACK;
const CUT = 2 * CENTRE + 1;
/** A cut is the mean of so many parallel lines, px apart. */
const LINES = 3;
const LINES_APART_PX = 1.5;
/** A shaft goes on so far to both sides of a pixel, and is darkest within so far across it, px. */
const AHEAD_PX = 3;
const BESIDE_PX = 1.5;
const MARGIN_PX = 10;
/** Of the rows, one in so many is searched: shafts cross several. */
const ROW_STEP = 3;
/** Overshoot of sharpening, share of a cut's depth; more is a light hair beside it. */
const MOST_HALO: f32 = 0.2;
/** A cut is used only where light comes back on both sides to within this share of its depth. */
const LEFT_OVER: f32 = 0.25;
/** Smaller than any area. */
const TOO_NEAR: f32 = -1e9;

/** Bytes of a direction's ways: distances ahead, behind and to both sides. */
const WAYS: usize = 16;
/** Bytes of a point of a cut: the distance to a pixel, and from byte 16 on the shares of that and three more; and of a place. */
const POINT: usize = 32;
const PLACE: usize = POINT * LINES;

/** Bytes from a pixel to the one nearest to a point so far from it. */
function distanceTo(dx: f64, dy: f64, row: i32): i32 {
  return <i32>floor(dy + 0.5) * row + 4 * <i32>floor(dx + 0.5);
}

/**
 * Where to look about a pixel, for each direction: its ways, and for each place across it and each parallel line the pixel at
 * or before that point on both axes, which shares it with its three neighbours.
 */
function makeCompass(directions: usize, row: i32, ways: usize, point: usize): void {
  for (const end = ways + WAYS * DIRECTIONS; ways < end; ways += WAYS, directions += 16) {
    const x = load<f64>(directions);
    const y = load<f64>(directions, 8);
    store<i32>(ways, distanceTo(AHEAD_PX * x, AHEAD_PX * y, row));
    store<i32>(ways, distanceTo(-AHEAD_PX * x, -AHEAD_PX * y, row), 4);
    store<i32>(ways, distanceTo(-BESIDE_PX * y, BESIDE_PX * x, row), 8);
    store<i32>(ways, distanceTo(BESIDE_PX * y, -BESIDE_PX * x, row), 12);
    for (let place = -CENTRE; place <= CENTRE; place++)
      for (let line = -1; line <= 1; line++, point += POINT) {
        const across = <f64>place * STEP_PX;
        const along = <f64>line * LINES_APART_PX;
        const dx = along * x - across * y;
        const dy = along * y + across * x;
        store<i32>(point, <i32>floor(dy) * row + 4 * <i32>floor(dx));
        const right = <f32>(dx - floor(dx));
        const below = <f32>(dy - floor(dy));
        const both = right * below;
        const shares = f32x4(1 - right - below + both, right - both, below - both, both);
        v128.store(point, f32x4.div(shares, f32x4.splat(<f32>LINES)), 16);
      }
  }
}

/**
 * Directions of the shafts on whose middle lines four neighbouring pixels lie, where they go on to both sides; −1 for a
 * pixel where there is none.
 */
function directionsAt(response: usize, least: v128, ways: usize): v128 {
  const value = v128.load(response);
  let along = i32x4.splat(-1);
  let best = f32x4.splat(0);
  let isRidge = i32x4.splat(0);
  for (let k = 0; k < DIRECTIONS; k++, ways += 16) {
    const both = f32x4.add(v128.load(response + load<i32>(ways)), v128.load(response + load<i32>(ways, 4)));
    const beside = f32x4.pmax(v128.load(response + load<i32>(ways, 8)), v128.load(response + load<i32>(ways, 12)));
    const isBest = f32x4.gt(both, best);
    best = f32x4.pmax(best, both);
    along = v128.bitselect(i32x4.splat(k), along, isBest);
    isRidge = v128.bitselect(f32x4.ge(value, beside), isRidge, isBest);
  }
  const goesOn = f32x4.ge(best, f32x4.mul(f32x4.splat(1.3), value));
  return v128.or(along, v128.not(v128.and(v128.and(isRidge, goesOn), f32x4.ge(value, least))));
}

/** What the four pixels about a point give to the light there, and that to its place's. */
function readPoint(ratios: usize, row: usize, point: usize): v128 {
  const at = ratios + load<i32>(point);
  return f32x4.mul(v128.load64_lane(at + row, v128.load64_zero(at), 1), v128.load(point, 16));
}

/** Missing light at place `k` across a shaft: mean of the parallel lines, bilinear between pixels. */
function missingAt(ratios: usize, row: usize, places: usize, k: i32): f32 {
  const point = places + PLACE * k;
  const two = f32x4.add(readPoint(ratios, row, point), readPoint(ratios, row, point + POINT));
  const four = f32x4.add(two, readPoint(ratios, row, point + 2 * POINT));
  return 1 - sumOf(four);
}

/**
 * Fills the middle of a cut with missing light.
 * @returns the darkest place about its centre
 */
function findMiddle(ratios: usize, row: usize, places: usize, cut: usize): i32 {
  let middle = CENTRE;
  let most = missingAt(ratios, row, places, CENTRE);
  store<f32>(cut + 4 * CENTRE, most);
  for (let k = CENTRE - SLACK; k <= CENTRE + SLACK; k++) {
    if (k === CENTRE) continue;
    const missing = missingAt(ratios, row, places, k);
    store<f32>(cut + 4 * k, missing);
    if (missing <= most) continue;
    most = missing;
    middle = k;
  }
  return middle;
}

/**
 * Area of a cut if both sides were as the one that `step` leads to; `TOO_NEAR` where a neighbour lies too near. From the
 * middle outwards light only comes back: what darkens again is a neighbour. Sharpening overshoots, which belongs to the
 * shaft's area until it dies out.
 */
function areaOfSide(ratios: usize, row: usize, places: usize, cut: usize, middle: i32, step: i32): f32 {
  const depth = load<f32>(cut + 4 * middle);
  let low = depth;
  let sum = depth / 2;
  for (let k = middle + step; k !== middle + step * (SIDE + 1); k += step) {
    const isKnown = k >= CENTRE - SLACK && k <= CENTRE + SLACK;
    const here = isKnown ? load<f32>(cut + 4 * k) : missingAt(ratios, row, places, k);
    const isHalo = low < 0 && here > low;
    if (isHalo && here > 0) break;
    low = min(low, here);
    sum += max(-MOST_HALO * depth, isHalo ? here : low);
  }
  return low > LEFT_OVER * depth ? TOO_NEAR : <f32>(2 * STEP_PX) * sum;
}

/**
 * Cuts across the dark shafts of a patch, wherever their middle line shows a response of at least `least`.
 * @param directions that shafts may have, as unit vectors (x, y) in double precision
 * @param room 20,480 bytes
 * @param cuts room for five numbers each: depth, area and missing light of the three channels in its middle
 * @returns how many cuts there are
 */
export function traceShafts(
  response: usize,
  least: f32,
  ratios: usize,
  rgb: usize,
  widthPx: i32,
  heightPx: i32,
  levels: usize,
  gain: f32,
  directions: usize,
  room: usize,
  cuts: usize,
): i32 {
  const row: usize = 4 * widthPx;
  const points = room + WAYS * DIRECTIONS;
  const along = points + PLACE * CUT * DIRECTIONS;
  const cut = along + 16;
  makeCompass(directions, row, room, points);
  const lowest = f32x4.splat(least);
  const end = widthPx - MARGIN_PX;
  let count = 0;
  for (let y = MARGIN_PX; y < heightPx - MARGIN_PX; y += ROW_STEP)
    for (let left = MARGIN_PX; left < end; left += 4) {
      const four = directionsAt(response + y * row + 4 * left, lowest, room);
      v128.store(along, four);
      for (let shafts = ~i32x4.bitmask(four) & 15; shafts !== 0; shafts &= shafts - 1) {
        const x = left + ctz(shafts);
        if (x >= end) break;
        const at = ratios + y * row + 4 * x;
        const places = points + PLACE * CUT * load<u32>(along + 4 * (x - left));
        const middle = findMiddle(at, row, places, cut);
        const before = areaOfSide(at, row, places, cut, middle, -1);
        if (before === TOO_NEAR) continue;
        const after = areaOfSide(at, row, places, cut, middle, 1);
        if (after === TOO_NEAR) continue;
        const ratio = ratioAt(rgb, widthPx, heightPx, levels, gain, x, y);
        store<f32>(cuts, load<f32>(cut + 4 * middle));
        store<f32>(cuts, min(before, after), 4);
        v128.store(cuts, f32x4.sub(f32x4.splat(1), ratio), 8);
        cuts += 20;
        count++;
      }
    }
  return count;
}
