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

/** Parts of the room for a compass: distances ahead, behind and to both sides, and those to the points of cuts. */
const WAYS: usize = 16 * DIRECTIONS;
const POINTS: usize = 4 * DIRECTIONS * CUT * LINES;
const SHARES: usize = 4 * POINTS;

/** Bytes from a pixel to the one nearest to a point so far from it. */
function distanceTo(dx: f64, dy: f64, row: i32): i32 {
  return <i32>floor(dy + 0.5) * row + 4 * <i32>floor(dx + 0.5);
}

/**
 * Where to look about a pixel for each direction: `ways`, then for each place across it and each parallel line the distance
 * to the pixel at or before that point on both axes, then the shares of that pixel and its three neighbours.
 */
function makeCompass(directions: usize, row: i32, ways: usize): void {
  let point = ways + WAYS;
  let share = point + POINTS;
  for (const end = point; ways < end; ways += 16, directions += 16) {
    const x = load<f64>(directions);
    const y = load<f64>(directions, 8);
    store<i32>(ways, distanceTo(AHEAD_PX * x, AHEAD_PX * y, row));
    store<i32>(ways, distanceTo(-AHEAD_PX * x, -AHEAD_PX * y, row), 4);
    store<i32>(ways, distanceTo(-BESIDE_PX * y, BESIDE_PX * x, row), 8);
    store<i32>(ways, distanceTo(BESIDE_PX * y, -BESIDE_PX * x, row), 12);
    for (let place = -CENTRE; place <= CENTRE; place++)
      for (let line = -1; line <= 1; line++, point += 4, share += 16) {
        const across = <f64>place * STEP_PX;
        const along = <f64>line * LINES_APART_PX;
        const dx = along * x - across * y;
        const dy = along * y + across * x;
        store<i32>(point, <i32>floor(dy) * row + 4 * <i32>floor(dx));
        const right = <f32>(dx - floor(dx));
        const below = <f32>(dy - floor(dy));
        const both = right * below;
        v128.store(share, f32x4(1 - right - below + both, right - both, below - both, both));
      }
  }
}

/**
 * Direction of the shaft on whose middle line a pixel lies and that goes on to both sides; −1 where there is none.
 * @param ways for each direction the distances ahead, behind, to one side and to the other
 */
function directionAt(response: usize, ways: usize): i32 {
  const value = load<f32>(response);
  let along = 0;
  let best: f32 = 0;
  for (let k = 0, way = ways; k < DIRECTIONS; k++, way += 16) {
    const both = load<f32>(response + load<i32>(way)) + load<f32>(response + load<i32>(way, 4));
    if (both <= best) continue;
    along = k;
    best = both;
  }
  const way = ways + 16 * along;
  const isRidge = value >= load<f32>(response + load<i32>(way, 8)) && value >= load<f32>(response + load<i32>(way, 12));
  return isRidge && best >= <f32>1.3 * value ? along : -1;
}

/** Missing light at one place across a shaft: mean of the parallel lines, bilinear between pixels. */
function missingAt(ratios: usize, row: usize, points: usize, shares: usize): f32 {
  let sum = f32x4.splat(0);
  for (let line = 0; line < LINES; line++, points += 4, shares += 16) {
    const at = ratios + load<i32>(points);
    const four = v128.load64_lane(at + row, v128.load64_zero(at), 1);
    sum = f32x4.add(sum, f32x4.mul(four, v128.load(shares)));
  }
  const two = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 2, 3));
  return 1 - (f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1)) / <f32>LINES;
}

/** The darkest place about the centre of a cut. */
function findMiddle(cut: usize): i32 {
  let middle = CENTRE;
  for (let k = CENTRE - SLACK; k <= CENTRE + SLACK; k++)
    if (load<f32>(cut + 4 * k) > load<f32>(cut + 4 * middle)) middle = k;
  return middle;
}

/**
 * Area of a cut if both sides were as the one that `step` leads to; `TOO_NEAR` where a neighbour lies too near. From the middle
 * outwards light only comes back: what darkens again is a neighbour. Sharpening overshoots, which belongs to the shaft's
 * area until it dies out.
 */
function areaOfSide(cut: usize, step: i32, depth: f32): f32 {
  let low = depth;
  let sum = depth / 2;
  for (let k = 1; k <= SIDE; k++) {
    cut += 4 * step;
    const here = load<f32>(cut);
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
 * @param room 12,288 bytes
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
  makeCompass(directions, row, room);
  const points = room + WAYS;
  const shares = points + POINTS;
  const cut = shares + SHARES;
  let count = 0;
  for (let y = MARGIN_PX; y < heightPx - MARGIN_PX; y += ROW_STEP)
    for (let x = MARGIN_PX; x < widthPx - MARGIN_PX; x++) {
      const at: usize = 4 * (y * widthPx + x);
      if (load<f32>(response + at) < least) continue;
      const direction = directionAt(response + at, room);
      if (direction < 0) continue;
      for (let k = 0, n = LINES * CUT * direction; k < CUT; k++, n += LINES)
        store<f32>(cut + 4 * k, missingAt(ratios + at, row, points + 4 * n, shares + 16 * n));
      const middle = cut + 4 * findMiddle(cut);
      const depth = load<f32>(middle);
      const area = min(areaOfSide(middle, -1, depth), areaOfSide(middle, 1, depth));
      if (area === TOO_NEAR) continue;
      const missing = f32x4.sub(f32x4.splat(1), ratioAt(rgb, widthPx, heightPx, levels, gain, x, y));
      store<f32>(cuts, depth);
      store<f32>(cuts, area, 4);
      v128.store(cuts, missing, 8);
      cuts += 20;
      count++;
    }
  return count;
}
