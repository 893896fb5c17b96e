import { rootOf } from './rootOf';
import { ratioAt } from './skinColour';

/** Bytes of a stretch of marked pixels in a row: its first, the one after its last, its row, its part. */
const RUN: usize = 16;
/**
 * Bytes of a part: the part it belongs to, or itself; then, in double precision, pixels and the sums of x, y, x², y², xy
 * and missing light, the strongest response; of its middle: pixels, red, green and blue.
 */
const PART: usize = 104;
const PIXELS: usize = 8;
const MISSING: usize = 56;
const STRONGEST: usize = 64;
const MIDDLE: usize = 72;

function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** The older of two parts, which has the smaller number, takes in the other. */
function join(parts: usize, one: u32, other: u32): u32 {
  const a = rootOf(parts, PART, one);
  const b = rootOf(parts, PART, other);
  store<u32>(parts + PART * max(a, b), min(a, b));
  return min(a, b);
}

/** Adds a run's pixels to its part. */
function addRun(part: usize, response: usize, ratios: usize, sign: f32, first: i32, after: i32, y: i32): void {
  let sumX = 0;
  let sumXx = 0;
  let sumMissing: f32 = 0;
  let strongest: f32 = 0;
  for (let x = first; x < after; x++) {
    const missing: f32 = 1 - load<f32>(ratios + 4 * x);
    sumX += x;
    sumXx += x * x;
    sumMissing += abs(missing);
    strongest = max(strongest, sign * load<f32>(response + 4 * x));
  }
  const pixels = after - first;
  add(part + PIXELS, pixels);
  add(part + 16, sumX);
  add(part + 24, pixels * y);
  add(part + 32, sumXx);
  add(part + 40, pixels * y * y);
  add(part + 48, sumX * y);
  add(part + MISSING, sumMissing);
  store<f64>(part + STRONGEST, max(load<f64>(part + STRONGEST), strongest));
}

function addMiddle(sums: usize, pixels: i32, ratios: v128): void {
  add(sums, pixels);
  add(sums + 8, f32x4.extract_lane(ratios, 0));
  add(sums + 16, f32x4.extract_lane(ratios, 1));
  add(sums + 24, f32x4.extract_lane(ratios, 2));
}

/** Adds what the parts were found to be made of to the oldest of each, and gives that to the runs' parts. */
function gather(parts: usize, count: u32): void {
  for (let part: u32 = 0; part < count; part++) {
    const root = rootOf(parts, PART, part);
    if (root === part) continue;
    const from = parts + PART * part;
    const to = parts + PART * root;
    store<u32>(from, root);
    for (let at = PIXELS; at <= MISSING; at += 8) add(to + at, load<f64>(from + at));
    store<f64>(to + STRONGEST, max(load<f64>(to + STRONGEST), load<f64>(from + STRONGEST)));
  }
}

/** What turns the bits of four pixels that exceed a threshold into those that are looked for. */
const MARKED = 0;
const BARE = 15;

/**
 * First pixel from `x` on, in a row, that exceeds a threshold, or does not, as `turn` says; `widthPx`
 * where there is none.
 */
function nextPixel(row: usize, x: i32, widthPx: i32, sign: v128, threshold: v128, turn: i32): i32 {
  for (; x < widthPx; x += 4) {
    const found = turn ^ i32x4.bitmask(f32x4.gt(f32x4.mul(sign, v128.load(row + 4 * x)), threshold));
    if (found !== 0) return min(widthPx, x + ctz(found));
  }
  return widthPx;
}

/**
 * 4-connected parts of a patch where its response, times `sign`, exceeds a threshold, in the order of their first pixels.
 * @param middle share of its part's strongest response that a pixel of its middle has
 * @param least pixels; smaller parts are left out
 * @param runs room for as many as there may be: every second pixel; `parts` likewise
 * @returns how many parts there are, from `parts` on
 */
export function findParts(
  response: usize,
  sign: f32,
  threshold: f32,
  ratios: usize,
  rgb: usize,
  widthPx: i32,
  heightPx: i32,
  levels: usize,
  gain: f32,
  middle: f64,
  least: f64,
  runs: usize,
  parts: usize,
): u32 {
  const row: usize = 4 * widthPx;
  const signs = f32x4.splat(sign);
  const thresholds = f32x4.splat(threshold);
  let count: u32 = 0;
  let end = runs;
  let above = runs;
  for (let y = 0; y < heightPx; y++) {
    const here = response + y * row;
    const afterAbove = end;
    let x = nextPixel(here, 0, widthPx, signs, thresholds, MARKED);
    while (x < widthPx) {
      const after = nextPixel(here, x + 1, widthPx, signs, thresholds, BARE);
      while (above < afterAbove && load<i32>(above, 4) <= x) above += RUN;
      let part = count;
      for (let run = above; run < afterAbove && load<i32>(run) < after; run += RUN)
        part = part === count ? rootOf(parts, PART, load<u32>(run, 12)) : join(parts, part, load<u32>(run, 12));
      if (part === count) {
        memory.fill(parts + PART * part, 0, PART);
        store<u32>(parts + PART * part, part);
        count++;
      }
      store<i32>(end, x);
      store<i32>(end, after, 4);
      store<i32>(end, y, 8);
      store<u32>(end, part, 12);
      end += RUN;
      addRun(parts + PART * part, here, ratios + y * row, sign, x, after, y);
      x = nextPixel(here, after + 1, widthPx, signs, thresholds, MARKED);
    }
    above = afterAbove;
  }
  gather(parts, count);
  for (let run = runs; run < end; run += RUN) {
    const part = parts + PART * load<u32>(parts + PART * load<u32>(run, 12));
    if (load<f64>(part + PIXELS) < least) continue;
    const lowest = middle * load<f64>(part + STRONGEST);
    const y = load<i32>(run, 8);
    let pixels = 0;
    let sum = f32x4.splat(0);
    for (let x = load<i32>(run); x < load<i32>(run, 4); x++) {
      if (sign * load<f32>(response + y * row + 4 * x) < lowest) continue;
      pixels++;
      sum = f32x4.add(sum, ratioAt(rgb, widthPx, heightPx, levels, gain, x, y));
    }
    addMiddle(part + MIDDLE, pixels, sum);
  }
  return keepLarge(parts, count, least);
}

/** Moves whole parts of enough pixels to the front. */
function keepLarge(parts: usize, count: u32, least: f64): u32 {
  let kept: u32 = 0;
  for (let part: u32 = 0; part < count; part++) {
    const from = parts + PART * part;
    if (load<u32>(from) !== part || load<f64>(from + PIXELS) < least) continue;
    memory.copy(parts + PART * kept++, from, PART);
  }
  return kept;
}
