import { blueOf, greenOf, redOf } from './channels';

function readCodes<T>(
  codes: usize,
  pixels: i32,
  red: usize,
  green: usize,
  blue: usize,
  top: u32,
  rgb: usize,
  clipped: usize,
): void {
  const size: usize = sizeof<T>();
  for (const end = clipped + pixels; clipped < end; clipped++, codes += 3 * size, rgb += 12) {
    const r = <u32>load<T>(codes);
    const g = <u32>load<T>(codes + size);
    const b = <u32>load<T>(codes + 2 * size);
    store<f32>(rgb, load<f32>(red + 4 * r));
    store<f32>(rgb, load<f32>(green + 4 * g), 4);
    store<f32>(rgb, load<f32>(blue + 4 * b), 8);
    store<u8>(clipped, <u8>(max(r, max(g, b)) > top));
  }
}

/**
 * Code values of 8 bits -> light, by one table a channel.
 * @param top a pixel with a code above this is clipped: 1 of its byte
 */
export function readBytes(
  codes: usize,
  pixels: i32,
  red: usize,
  green: usize,
  blue: usize,
  top: u32,
  rgb: usize,
  clipped: usize,
): void {
  readCodes<u8>(codes, pixels, red, green, blue, top, rgb, clipped);
}

/** The same of 16 bits. */
export function readWords(
  codes: usize,
  pixels: i32,
  red: usize,
  green: usize,
  blue: usize,
  top: u32,
  rgb: usize,
  clipped: usize,
): void {
  readCodes<u16>(codes, pixels, red, green, blue, top, rgb, clipped);
}

/** Luminance of interleaved RGB, by the shares of its channels; and its sum. */
export function takeLuminance(rgb: usize, pixels: i32, red: f32, green: f32, blue: f32, out: usize): f64 {
  const fromRed = f32x4.splat(red);
  const fromGreen = f32x4.splat(green);
  const fromBlue = f32x4.splat(blue);
  let sum = f64x2.splat(0);
  // The last four pixels may reach past the end, where there is no light.
  memory.fill(rgb + 12 * pixels, 0, 48);
  for (const end = out + 4 * <usize>pixels; out < end; out += 16, rgb += 48) {
    const a = v128.load(rgb);
    const b = v128.load(rgb, 16);
    const c = v128.load(rgb, 32);
    const warm = f32x4.add(f32x4.mul(fromRed, redOf(a, b, c)), f32x4.mul(fromGreen, greenOf(a, b, c)));
    const light = f32x4.add(warm, f32x4.mul(fromBlue, blueOf(a, b, c)));
    v128.store(out, light);
    const halves = f64x2.promote_low_f32x4(v128.shuffle<f32>(light, light, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(light), halves));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

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
    const halves = f64x2.promote_low_f32x4(v128.shuffle<f32>(counted, counted, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(counted), halves));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
