/** Adds a row of `width` numbers, times `sign`, to sums in double precision. */
export function addRow(row: usize, width: i32, sign: f64, sums: usize): void {
  const scale = f64x2.splat(sign);
  for (const end = row + 4 * width; row < end; row += 8, sums += 16)
    v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(scale, f64x2.promote_low_f32x4(v128.load64_zero(row)))));
}

/**
 * Mean over a (2·radius + 1)² window, shrunk at the edges; running sums, in double precision lest they drift.
 * @param room 8 · (width + 2 · radius + 3) bytes: sums of columns with empty ones on both sides
 */
export function boxBlur(source: usize, width: i32, height: i32, radius: i32, room: usize, out: usize): void {
  const span: usize = 8 * (2 * radius + 1);
  const sums = room + 8 * (radius + 1);
  const after = sums + 8 * width;
  const row: usize = 4 * width;
  memory.fill(room, 0, 8 * (width + 2 * radius + 3));
  for (let y = 0; y < min(radius, height); y++) addRow(source + y * row, width, 1, sums);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(source + (y + radius) * row, width, 1, sums);
    if (y > radius) addRow(source + (y - radius - 1) * row, width, -1, sums);
    // An odd row's last pair reached one number too far.
    store<f64>(after, 0);
    const rows = min(height - 1, y + radius) - max(0, y - radius) + 1;
    let sum: f64 = 0;
    for (let at = room; at < room + span; at += 8) sum += load<f64>(at);
    for (let x = 0, at = room; x < width; x++, at += 8, out += 4) {
      sum += load<f64>(at + span) - load<f64>(at);
      const columns = min(width - 1, x + radius) - max(0, x - radius) + 1;
      store<f32>(out, <f32>(sum / <f64>(rows * columns)));
    }
  }
}
