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
