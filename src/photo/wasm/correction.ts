/** A term of three sums, which stands in every lane, times its three coefficients. */
function times(term: v128, column: usize): v128 {
  return f32x4.mul(term, v128.load(column));
}

function storePixel(rgb: usize, colour: v128): void {
  v128.store_lane<f64>(rgb, colour, 0);
  v128.store_lane<f32>(rgb, colour, 2, 8);
}

/**
 * Interleaved RGB times a 3 × 3 matrix, in place.
 * @param columns coefficients of red, of green and of blue, three numbers and one of no meaning each
 */
export function convertPrimaries(rgb: usize, pixels: i32, columns: usize): void {
  for (const end = rgb + 12 * <usize>pixels; rgb < end; rgb += 12) {
    const red = times(v128.load32_splat(rgb), columns);
    const green = times(v128.load32_splat(rgb, 4), columns + 16);
    const blue = times(v128.load32_splat(rgb, 8), columns + 32);
    storePixel(rgb, f32x4.add(f32x4.add(red, green), blue));
  }
}

/** Signed square roots of three lights after the curves. */
function look(light: v128, red: usize, green: usize, blue: usize, steps: v128, last: v128): v128 {
  const size = f32x4.mul(f32x4.sqrt(f32x4.abs(light)), steps);
  const place = i32x4.min_s(i32x4.trunc_sat_f32x4_s(size), last);
  const share = f32x4.sub(size, f32x4.convert_i32x4_s(place));
  let ends = v128.load64_zero(red + 8 * i32x4.extract_lane(place, 0));
  ends = v128.load64_lane(green + 8 * i32x4.extract_lane(place, 1), ends, 1);
  const endsOfBlue = v128.load64_zero(blue + 8 * i32x4.extract_lane(place, 2));
  const root = v128.shuffle<f32>(ends, endsOfBlue, 0, 2, 4, 6);
  const rise = v128.shuffle<f32>(ends, endsOfBlue, 1, 3, 5, 7);
  const sign = v128.and(light, f32x4.splat(-0));
  return v128.xor(sign, f32x4.add(root, f32x4.mul(share, rise)));
}

/**
 * A root-polynomial correction of interleaved RGB, in place; see `../calibration/prepareCorrection.ts`.
 * @param tables for red, green and blue `entries` roots after the curve, each with the rise to the next; the last one's
 * goes on beyond
 * @param steps entries per unit of a root
 * @param columns coefficients of red, green, blue and of the roots of red · green, green · blue and blue · red
 */
export function correct(rgb: usize, pixels: i32, tables: usize, entries: i32, steps: f32, columns: usize): void {
  const green = tables + 8 * entries;
  const blue = green + 8 * entries;
  const scale = f32x4.splat(steps);
  const last = i32x4.splat(entries - 1);
  for (const end = rgb + 12 * <usize>pixels; rgb < end; rgb += 12) {
    const roots = look(v128.load(rgb), tables, green, blue, scale, last);
    const light = f32x4.mul(roots, f32x4.abs(roots));
    const above = f32x4.pmax(f32x4.splat(0), roots);
    const mixed = f32x4.mul(above, v128.shuffle<f32>(above, above, 1, 2, 0, 3));
    const fromRed = times(v128.shuffle<f32>(light, light, 0, 0, 0, 0), columns);
    const fromGreen = times(v128.shuffle<f32>(light, light, 1, 1, 1, 1), columns + 16);
    const fromBlue = times(v128.shuffle<f32>(light, light, 2, 2, 2, 2), columns + 32);
    const fromYellow = times(v128.shuffle<f32>(mixed, mixed, 0, 0, 0, 0), columns + 48);
    const fromCyan = times(v128.shuffle<f32>(mixed, mixed, 1, 1, 1, 1), columns + 64);
    const fromMagenta = times(v128.shuffle<f32>(mixed, mixed, 2, 2, 2, 2), columns + 80);
    const linear = f32x4.add(f32x4.add(fromRed, fromGreen), fromBlue);
    storePixel(rgb, f32x4.add(linear, f32x4.add(f32x4.add(fromYellow, fromCyan), fromMagenta)));
  }
}
