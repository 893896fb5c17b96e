/**
 * Missing light, 1 − ratio, averaged over 3 × 3 pixels; over fewer at the edges.
 * @param line room for a row of sums, 4 bytes before it and 16 after
 */
export function takeResponse(ratios: usize, widthPx: i32, heightPx: i32, line: usize, out: usize): void {
  const row: usize = 4 * widthPx;
  const one = f32x4.splat(1);
  store<f32>(line, 0);
  const sums = line + 4;
  for (let y = 0; y < heightPx; y++, ratios += row, out += row) {
    const hasUpper = y > 0;
    const hasLower = y < heightPx - 1;
    for (let x: usize = 0; x < row; x += 16) {
      let sum = v128.load(ratios + x);
      if (hasUpper) sum = f32x4.add(sum, v128.load(ratios + x - row));
      if (hasLower) sum = f32x4.add(sum, v128.load(ratios + x + row));
      v128.store(sums + x, sum);
    }
    store<f32>(sums + row, 0);
    const lines: i32 = 1 + <i32>hasUpper + <i32>hasLower;
    const usual: i32 = 3 * lines;
    const edge: i32 = min(2, widthPx) * lines;
    const gain = f32x4.splat(1 / <f32>usual);
    for (let x: usize = 0; x < row; x += 16) {
      const sum = f32x4.add(f32x4.add(v128.load(sums + x - 4), v128.load(sums + x)), v128.load(sums + x + 4));
      v128.store(out + x, f32x4.sub(one, f32x4.mul(gain, sum)));
    }
    store<f32>(out, 1 - (load<f32>(sums) + load<f32>(sums, 4)) / <f32>edge);
    const last = sums + row - 4;
    store<f32>(out + row - 4, 1 - (load<f32>(last - 4) + load<f32>(last)) / <f32>edge);
  }
}
