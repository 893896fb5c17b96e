/** Multiplies numbers in place. */
export function scale(values: usize, count: i32, gain: f32): void {
  for (const end = values + 4 * <usize>count; values < end; values += 16)
    v128.store(values, f32x4.mul(v128.load(values), f32x4.splat(gain)));
}

function increment(bins: usize, bin: i32): void {
  const at = bins + ((<usize>bin) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

function binOf(value: v128, start: v128, steps: v128, most: v128): v128 {
  const place = f32x4.add(f32x4.mul(f32x4.sub(value, start), steps), f32x4.splat(1));
  return i32x4.trunc_sat_f32x4_s(f32x4.pmin(most, f32x4.pmax(f32x4.splat(0), place)));
}

/**
 * Adds numbers to a histogram: one bin for those below `start`, `steps` bins for each 1 from there on, and one for those
 * beyond the last of these `count` bins.
 */
export function countNumbers(values: usize, numbers: i32, start: f32, steps: f32, count: i32, bins: usize): void {
  const first = f32x4.splat(start);
  const gain = f32x4.splat(steps);
  const most = f32x4.splat(<f32>(count + 1));
  const fours = values + 16 * <usize>(numbers >> 2);
  for (; values < fours; values += 16) {
    const bin = binOf(v128.load(values), first, gain, most);
    increment(bins, i32x4.extract_lane(bin, 0));
    increment(bins, i32x4.extract_lane(bin, 1));
    increment(bins, i32x4.extract_lane(bin, 2));
    increment(bins, i32x4.extract_lane(bin, 3));
  }
  for (const end = fours + 4 * <usize>(numbers & 3); values < end; values += 4)
    increment(bins, i32x4.extract_lane(binOf(v128.load32_zero(values), first, gain, most), 0));
}

/** Adds four numbers to two sums in double precision. */
export function addToDoubles(sums: v128, four: v128): v128 {
  const halves = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3));
  return f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(four), halves));
}

/** Sum of 1 − value where that is above `least`, or below it if `least` is not positive. */
export function sumMissing(values: usize, numbers: i32, least: f32): f64 {
  const limit = f32x4.splat(abs(least));
  const sign = f32x4.splat(least > 0 ? 1 : -1);
  let sum = f64x2.splat(0);
  // Nothing is missing past the end.
  v128.store(values + 4 * numbers, f32x4.splat(1));
  for (const end = values + 4 * <usize>numbers; values < end; values += 16) {
    const missing = f32x4.sub(f32x4.splat(1), v128.load(values));
    const counted = v128.and(missing, f32x4.gt(f32x4.mul(sign, missing), limit));
    sum = addToDoubles(sum, counted);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
