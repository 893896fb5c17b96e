/** One pass of a symmetric convolution of nine taps, `step` bytes apart. */
function convolve(from: usize, end: usize, step: usize, w0: f32, w1: f32, w2: f32, w3: f32, w4: f32, out: usize): void {
  for (; from < end; from += 16, out += 16) {
    const one = f32x4.add(v128.load(from - step), v128.load(from + step));
    const two = f32x4.add(v128.load(from - 2 * step), v128.load(from + 2 * step));
    const three = f32x4.add(v128.load(from - 3 * step), v128.load(from + 3 * step));
    const four = f32x4.add(v128.load(from - 4 * step), v128.load(from + 4 * step));
    const near = f32x4.add(f32x4.mul(f32x4.splat(w0), v128.load(from)), f32x4.mul(f32x4.splat(w1), one));
    const far = f32x4.add(f32x4.mul(f32x4.splat(w3), three), f32x4.mul(f32x4.splat(w4), four));
    v128.store(out, f32x4.add(f32x4.add(near, f32x4.mul(f32x4.splat(w2), two)), far));
  }
}

/**
 * Convolves a square along its rows, then along its columns. What lies within four pixels of the border is not valid.
 * @param tile `side`² numbers, with four rows of numbers before and after them; so have the others
 * @param w0 weight of the middle; `w1` … `w4` those of the taps beside it
 * @param room for the rows convolved
 */
export function blurTile(
  tile: usize,
  side: i32,
  w0: f32,
  w1: f32,
  w2: f32,
  w3: f32,
  w4: f32,
  room: usize,
  out: usize,
): void {
  const row: usize = 4 * side;
  const end = side * row;
  convolve(tile, tile + end, 4, w0, w1, w2, w3, w4, room);
  convolve(room, room + end, row, w0, w1, w2, w3, w4, out);
}

/** Magnitudes of the gradient away from the border of a square, by central differences. */
export function takeGradients(tile: usize, side: i32, margin: i32, out: usize): void {
  const row: usize = 4 * side;
  const half = f32x4.splat(0.5);
  const inner: usize = 4 * (side - 2 * margin);
  for (let y = margin; y < side - margin; y++, out += inner) {
    const start = tile + y * row + 4 * margin;
    for (let x: usize = 0; x < inner; x += 16) {
      const at = start + x;
      const gx = f32x4.sub(v128.load(at + 4), v128.load(at - 4));
      const gy = f32x4.sub(v128.load(at + row), v128.load(at - row));
      v128.store(out + x, f32x4.mul(half, f32x4.sqrt(f32x4.add(f32x4.mul(gx, gx), f32x4.mul(gy, gy)))));
    }
  }
}
