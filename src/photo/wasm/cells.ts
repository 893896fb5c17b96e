/** Adds a row of `count` numbers to a row of sums. */
export function addCellRow(row: usize, sums: usize, count: i32): void {
  for (const end = row + 4 * <usize>count; row < end; row += 16, sums += 16)
    v128.store(sums, f32x4.add(v128.load(sums), v128.load(row)));
}

/** Means of `factor` neighbouring interleaved pixels of a row of sums, not below 0, one plane a channel. */
export function takeCellMeans(
  sums: usize,
  factor: i32,
  gain: f32,
  red: usize,
  green: usize,
  blue: usize,
  cells: i32,
): void {
  const zero = f32x4.splat(0);
  for (let cell: usize = 0; cell < 4 * <usize>cells; cell += 4) {
    let sum = zero;
    for (const end = sums + 12 * factor; sums < end; sums += 12) sum = f32x4.add(sum, v128.load(sums));
    const mean = f32x4.max(zero, f32x4.mul(sum, f32x4.splat(gain)));
    v128.store_lane<f32>(red + cell, mean, 0);
    v128.store_lane<f32>(green + cell, mean, 1);
    v128.store_lane<f32>(blue + cell, mean, 2);
  }
}
