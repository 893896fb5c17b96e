function root(light: v128): v128 {
  const square = f32x4.max(f32x4.splat(0), f32x4.mul(light, f32x4.splat(255 * 255)));
  return i32x4.trunc_sat_f32x4_u(f32x4.add(f32x4.sqrt(square), f32x4.splat(0.5)));
}

/** Linear 0–1 -> square-root-encoded 0–255. */
function encodeRoots(rgb: usize, count: i32, codes: usize): void {
  for (let i = 0; i < count; i += 16, rgb += 64, codes += 16) {
    const first = i16x8.narrow_i32x4_u(root(v128.load(rgb)), root(v128.load(rgb, 16)));
    const second = i16x8.narrow_i32x4_u(root(v128.load(rgb, 32)), root(v128.load(rgb, 48)));
    v128.store(codes, i8x16.narrow_i16x8_u(first, second));
  }
}

function apart(one: usize, other: usize): v128 {
  const a = v128.load(one);
  const b = v128.load(other);
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

function change(at: usize, row: usize): v128 {
  return i8x16.max_u(apart(at + 3, at - 3), apart(at + row, at - row));
}

/**
 * Largest change across each pixel, of any channel in either direction, in square-root-encoded steps of 0–255; 255 along
 * the rim.
 * @param codes room for the encoded image
 * @param edges one byte a pixel
 */
export function findEdges(rgb: usize, widthPx: i32, heightPx: i32, codes: usize, edges: usize): void {
  encodeRoots(rgb, 3 * widthPx * heightPx, codes);
  const row: usize = 3 * widthPx;
  memory.fill(edges, 255, widthPx);
  for (let y = 1; y < heightPx - 1; y++) {
    const start = edges + y * widthPx;
    let at = codes + y * row + 3;
    for (let x = 1; x < widthPx - 1; x += 16, at += 48) {
      const a = change(at, row);
      const b = change(at + 16, row);
      const c = change(at + 32, row);
      // Sixteen pixels of three interleaved channels, one channel at a time.
      const reds = i8x16.shuffle(a, b, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
      const greens = i8x16.shuffle(a, b, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
      const blues = i8x16.shuffle(a, b, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
      const red = i8x16.shuffle(reds, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29);
      const green = i8x16.shuffle(greens, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30);
      const blue = i8x16.shuffle(blues, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31);
      v128.store(start + x, i8x16.max_u(red, i8x16.max_u(green, blue)));
    }
    store<u8>(start, 255);
    store<u8>(start + widthPx - 1, 255);
  }
  memory.fill(edges + (heightPx - 1) * widthPx, 255, widthPx);
}
