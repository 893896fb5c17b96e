import { addRow } from './boxBlur';

/** Pixels of a block's side: the level of skin is smooth over several hairs. */
const SIDE = 4;

/** Block before whose middle pixel `at` of a row or column lies, −1 before the first's. */
export function blockBefore(at: i32): i32 {
  return ((at + 2) >> 2) - 1;
}

/** How far a pixel lies on from that middle to the next, 0–1. */
export function shareAfter(at: i32): f32 {
  return 0.25 * <f32>((at + 2) & 3) + 0.125;
}

export function sumOf(four: v128): f32 {
  const two = f32x4.add(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}

/** Which of four neighbouring pixels tell something: not those that are clipped, nor those from `inside` on. */
export function known(clipped: usize, inside: i32): v128 {
  const marks = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(clipped)));
  return v128.and(i32x4.eq(marks, i32x4.splat(0)), i32x4.gt_s(i32x4.splat(inside), i32x4(0, 1, 2, 3)));
}

/**
 * Cuts luminance into blocks of 4 × 4.
 * @param nowhere stands for pixels that tell nothing
 * @param values sixteen numbers a block: the pixels of the chessboard's one colour, then those of the other
 * @param sums a pair of numbers a block: how many pixels tell something, and the sum of their luminance
 */
export function cutIntoBlocks(
  luminance: usize,
  clipped: usize,
  widthPx: i32,
  heightPx: i32,
  nowhere: f32,
  values: usize,
  sums: usize,
): void {
  const elsewhere = f32x4.splat(nowhere);
  for (let top = 0; top < heightPx; top += SIDE)
    for (let left = 0; left < widthPx; left += SIDE, sums += 8, values += 64) {
      let count = f32x4.splat(0);
      let total = f32x4.splat(0);
      let above = elsewhere;
      for (let row = 0; row < SIDE; row++) {
        let value = elsewhere;
        if (top + row < heightPx) {
          const at: usize = (top + row) * widthPx + left;
          const light = v128.load(luminance + 4 * at);
          const tells = known(clipped + at, widthPx - left);
          count = f32x4.add(count, v128.and(tells, f32x4.splat(1)));
          total = f32x4.add(total, v128.and(tells, light));
          value = v128.bitselect(light, elsewhere, tells);
        }
        if (row & 1) {
          v128.store(values + 8 * (row - 1), v128.shuffle<f32>(above, value, 0, 2, 5, 7));
          v128.store(values + 8 * (row + 3), v128.shuffle<f32>(above, value, 1, 3, 4, 6));
        }
        above = value;
      }
      store<f32>(sums, sumOf(count));
      store<f32>(sums, sumOf(total), 4);
    }
}

/** A bell about a level (a fourth power, close to a Gaussian's and cheaper); `narrow` is 1 over its reach. */
export function bellAt(value: v128, level: v128, narrow: v128): v128 {
  const apart = f32x4.mul(f32x4.sub(value, level), narrow);
  const bell = f32x4.pmax(f32x4.splat(0), f32x4.sub(f32x4.splat(1), f32x4.mul(apart, apart)));
  const square = f32x4.mul(bell, bell);
  return f32x4.mul(square, square);
}

/**
 * Sums over the pixels of each block of their weights about its level, and of luminance times them.
 * @param pixels of each block are asked: all sixteen or the first eight
 * @param all counts and sums of `cutIntoBlocks`
 * @param reach at which share of the level a pixel has no weight
 * @param least weight that every pixel that tells something has besides
 */
export function sumAboutLevel(
  values: usize,
  pixels: i32,
  all: usize,
  level: usize,
  blocks: i32,
  reach: f32,
  least: f32,
  sums: usize,
): void {
  for (const end = level + 4 * <usize>blocks; level < end; level += 4, all += 8, sums += 8, values += 64) {
    const middle = v128.load32_splat(level);
    const narrow = f32x4.splat(1 / (reach * load<f32>(level)));
    let total = f32x4.splat(0);
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < 4 * <usize>pixels; at += 16) {
      const value = v128.load(values + at);
      const weight = bellAt(value, middle, narrow);
      total = f32x4.add(total, weight);
      sum = f32x4.add(sum, f32x4.mul(weight, value));
    }
    store<f32>(sums, least * load<f32>(all) + sumOf(total));
    store<f32>(sums, least * load<f32>(all, 4) + sumOf(sum), 4);
  }
}

/**
 * Weighted means of the blocks around each block, in a window of (2·radius + 1)²; running sums, in double precision lest
 * they drift.
 * @param pairs of each block the sum of its weights and that of what they weigh
 * @param usual stands where nothing has weight
 * @param room 16 · (columns + 2 · radius + 3) bytes: sums of columns with empty ones on both sides
 * @param step bytes from one block's mean to the next's
 */
export function meanOverBlocks(
  pairs: usize,
  columns: i32,
  rows: i32,
  radius: i32,
  usual: f32,
  room: usize,
  out: usize,
  step: usize,
): void {
  const span: usize = 16 * (2 * radius + 1);
  const sums = room + 16 * (radius + 1);
  const row: usize = 8 * columns;
  memory.fill(room, 0, 16 * (columns + 2 * radius + 3));
  for (let y = 0; y < min(radius, rows); y++) addRow(pairs + y * row, 2 * columns, 1, sums);
  for (let y = 0; y < rows; y++) {
    if (y + radius < rows) addRow(pairs + (y + radius) * row, 2 * columns, 1, sums);
    if (y > radius) addRow(pairs + (y - radius - 1) * row, 2 * columns, -1, sums);
    let sum = f64x2.splat(0);
    for (let at = room; at < room + span; at += 16) sum = f64x2.add(sum, v128.load(at));
    for (let at = room; at < room + 16 * columns; at += 16, out += step) {
      sum = f64x2.add(sum, f64x2.sub(v128.load(at + span), v128.load(at)));
      const weight = f64x2.extract_lane(sum, 0);
      const mean = <f32>(f64x2.extract_lane(sum, 1) / weight);
      store<f32>(out, weight > 1e-6 ? max(<f32>1e-4, mean) : usual);
    }
  }
}

/**
 * Divides luminance by a level that is given at the blocks' middles, linear in between.
 * @param line room for a row of levels, one more before it, and 16 bytes
 */
export function divideByLevel(
  luminance: usize,
  widthPx: i32,
  heightPx: i32,
  level: usize,
  columns: i32,
  rows: i32,
  line: usize,
  out: usize,
): void {
  const row: usize = 4 * widthPx;
  const shares = f32x4(0.625, 0.875, 0.125, 0.375);
  const last = line + 4 * columns;
  for (let y = 0; y < heightPx; y++, luminance += row, out += row) {
    const before = blockBefore(y);
    const upper = level + 4 * columns * max(0, before);
    const lower = level + 4 * columns * min(rows - 1, before + 1);
    const share = f32x4.splat(shareAfter(y));
    for (let at: usize = 0; at < 4 * <usize>columns; at += 16) {
      const above = v128.load(upper + at);
      const below = v128.load(lower + at);
      v128.store(line + at + 4, f32x4.add(above, f32x4.mul(share, f32x4.sub(below, above))));
    }
    store<f32>(line, load<f32>(line, 4));
    store<f32>(last, load<f32>(last), 4);
    for (let at: usize = 0; at < row; at += 16) {
      // The levels of the block before, this one's and the next one's.
      const near = v128.load(line + (at >> 2));
      const from = v128.shuffle<f32>(near, near, 0, 0, 1, 1);
      const to = v128.shuffle<f32>(near, near, 1, 1, 2, 2);
      const here = f32x4.add(from, f32x4.mul(shares, f32x4.sub(to, from)));
      v128.store(out + at, f32x4.div(v128.load(luminance + at), here));
    }
  }
}
