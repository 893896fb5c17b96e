import { blueOf, greenOf, redOf, storePixels } from './channels';

/** A row of a 3 × 3 matrix times red, green and blue. */
function linear(row: usize, red: v128, green: v128, blue: v128): v128 {
  const warm = f32x4.add(f32x4.mul(v128.load32_splat(row), red), f32x4.mul(v128.load32_splat(row, 4), green));
  return f32x4.add(warm, f32x4.mul(v128.load32_splat(row, 8), blue));
}

/** Interleaved RGB times a 3 × 3 matrix, row-major, in place. */
export function convertPrimaries(rgb: usize, pixels: i32, matrix: usize): void {
  for (const end = rgb + 12 * <usize>pixels; rgb < end; rgb += 48) {
    const a = v128.load(rgb);
    const b = v128.load(rgb, 16);
    const c = v128.load(rgb, 32);
    const red = redOf(a, b, c);
    const green = greenOf(a, b, c);
    const blue = blueOf(a, b, c);
    const newRed = linear(matrix, red, green, blue);
    const newGreen = linear(matrix + 12, red, green, blue);
    storePixels(rgb, newRed, newGreen, linear(matrix + 24, red, green, blue));
  }
}

/** Signed square roots of four lights after a channel's curve. */
function rootOf(light: v128, table: usize, steps: v128, last: v128): v128 {
  const size = f32x4.mul(f32x4.sqrt(f32x4.abs(light)), steps);
  const place = i32x4.min_s(i32x4.trunc_sat_f32x4_s(size), last);
  const share = f32x4.sub(size, f32x4.convert_i32x4_s(place));
  const first = v128.load64_zero(table + 8 * i32x4.extract_lane(place, 0));
  const two = v128.load64_lane(table + 8 * i32x4.extract_lane(place, 1), first, 1);
  const third = v128.load64_zero(table + 8 * i32x4.extract_lane(place, 2));
  const others = v128.load64_lane(table + 8 * i32x4.extract_lane(place, 3), third, 1);
  const root = v128.shuffle<f32>(two, others, 0, 2, 4, 6);
  const rise = v128.shuffle<f32>(two, others, 1, 3, 5, 7);
  return v128.xor(v128.and(light, f32x4.splat(-0)), f32x4.add(root, f32x4.mul(share, rise)));
}

function lightOf(root: v128): v128 {
  return f32x4.mul(root, f32x4.abs(root));
}

/**
 * A root-polynomial correction of interleaved RGB, in place; see `../calibration/prepareCorrection.ts`.
 * @param tables for red, green and blue `entries` roots after the curve, each with the rise to the next; the last one's
 * goes on beyond
 * @param steps entries per unit of a root
 * @param matrix 3 × 3 coefficients of red, green and blue, row-major; then those of the roots of red · green, green · blue
 * and blue · red
 */
export function correct(rgb: usize, pixels: i32, tables: usize, entries: i32, steps: f32, matrix: usize): void {
  const scale = f32x4.splat(steps);
  const last = i32x4.splat(entries - 1);
  const zero = f32x4.splat(0);
  const mixed = matrix + 36;
  for (const end = rgb + 12 * <usize>pixels; rgb < end; rgb += 48) {
    const a = v128.load(rgb);
    const b = v128.load(rgb, 16);
    const c = v128.load(rgb, 32);
    const rootRed = rootOf(redOf(a, b, c), tables, scale, last);
    const rootGreen = rootOf(greenOf(a, b, c), tables + 8 * entries, scale, last);
    const rootBlue = rootOf(blueOf(a, b, c), tables + 16 * entries, scale, last);
    const red = lightOf(rootRed);
    const green = lightOf(rootGreen);
    const blue = lightOf(rootBlue);
    const aboveRed = f32x4.pmax(zero, rootRed);
    const aboveGreen = f32x4.pmax(zero, rootGreen);
    const aboveBlue = f32x4.pmax(zero, rootBlue);
    const yellow = f32x4.mul(aboveRed, aboveGreen);
    const cyan = f32x4.mul(aboveGreen, aboveBlue);
    const magenta = f32x4.mul(aboveBlue, aboveRed);
    storePixels(
      rgb,
      f32x4.add(linear(matrix, red, green, blue), linear(mixed, yellow, cyan, magenta)),
      f32x4.add(linear(matrix + 12, red, green, blue), linear(mixed + 12, yellow, cyan, magenta)),
      f32x4.add(linear(matrix + 24, red, green, blue), linear(mixed + 24, yellow, cyan, magenta)),
    );
  }
}
