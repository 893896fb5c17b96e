import { blueOf, greenOf, redOf } from './channels';
import { addToDoubles } from './numbers';

function codeAt(at: usize, bytes: usize): u32 {
  return bytes === 2 ? load<u16>(at) : load<u8>(at);
}

/**
 * Code values -> light, by one table a channel.
 * @param bytes of a code: 1 or 2
 * @param top a pixel with a code above this is clipped: 1 of its byte
 */
export function readCodes(
  codes: usize,
  bytes: usize,
  pixels: i32,
  red: usize,
  green: usize,
  blue: usize,
  top: u32,
  rgb: usize,
  clipped: usize,
): void {
  for (const end = clipped + pixels; clipped < end; clipped++, codes += 3 * bytes, rgb += 12) {
    const r = codeAt(codes, bytes);
    const g = codeAt(codes + bytes, bytes);
    const b = codeAt(codes + 2 * bytes, bytes);
    store<f32>(rgb, load<f32>(red + 4 * r));
    store<f32>(rgb, load<f32>(green + 4 * g), 4);
    store<f32>(rgb, load<f32>(blue + 4 * b), 8);
    store<u8>(clipped, <u8>(max(r, max(g, b)) > top));
  }
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
    sum = addToDoubles(sum, light);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
