/** Mean of every 2 × 2 block of interleaved RGB; an odd last row or column is left out. */
export function halve(rgb: usize, widthPx: i32, heightPx: i32, out: usize): void {
  const quarter = f32x4.splat(0.25);
  const row: usize = 12 * widthPx;
  for (let y = 0; y < heightPx >> 1; y++) {
    let upper = rgb + 2 * y * row;
    let lower = upper + row;
    for (let x = 0; x < widthPx >> 1; x++, upper += 24, lower += 24, out += 12) {
      // The fourth number is the right pixel's red, or that pixel's last and nothing: the next block overwrites it.
      const left = f32x4.add(v128.load(upper), v128.load(lower));
      const right = f32x4.add(v128.load(upper, 12), v128.load(lower, 12));
      v128.store(out, f32x4.mul(quarter, f32x4.add(left, right)));
    }
  }
}
