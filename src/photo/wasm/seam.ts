/**
 * Red and green of every `stepX`th pixel of every `stepY`th row, one plane each.
 * @param right bytes in a plane from one such pixel to the next of its row; `down` from row to row
 */
export function readLines(
  rgb: usize,
  widthPx: i32,
  stepX: i32,
  stepY: i32,
  columns: i32,
  rows: i32,
  right: i32,
  down: i32,
  reds: usize,
  greens: usize,
): void {
  for (let y = 0; y < rows; y++) {
    let at = rgb + 12 * y * stepY * widthPx;
    let to: usize = y * down;
    for (let x = 0; x < columns; x++, at += 12 * stepX, to += right) {
      store<f32>(reds + to, load<f32>(at));
      store<f32>(greens + to, load<f32>(at, 4));
    }
  }
}

function root(light: v128): v128 {
  return f32x4.sqrt(f32x4.max(f32x4.splat(0), light));
}

function change(line: usize): v128 {
  return f32x4.abs(f32x4.sub(root(v128.load(line, 4)), root(v128.load(line - 4))));
}

/**
 * 1 where the step from a place of a line to the next but one, in square roots of light, stands out among those beside it.
 * @param reds lines of `across` places one after the other; so are `greens`
 * @param near steps beside an edge are looked at from so far …
 * @param far … to so far from it
 * @param room for the steps of a line, and for their sums in double precision
 * @param out one byte a place, empty
 */
export function findStandingEdges(
  reds: usize,
  greens: usize,
  across: i32,
  lines: i32,
  near: i32,
  far: i32,
  standsOut: f64,
  grain: f64,
  room: usize,
  out: usize,
): void {
  const sums = room + 4 * across + 64;
  const beyond = <f64>(far - near + 1);
  const half = f32x4.splat(0.5);
  for (let line = 0; line < lines; line++, reds += 4 * across, greens += 4 * across, out += across) {
    for (let x: usize = 0; x < 4 * <usize>across; x += 16)
      v128.store(room + x, f32x4.mul(half, f32x4.add(change(reds + x), change(greens + x))));
    // The first place and the last have a neighbour on one side only.
    store<f64>(sums, 0);
    store<f64>(sums, 0, 8);
    let sum: f64 = 0;
    for (let x = 1; x < across - 1; x++) {
      sum += <f64>load<f32>(room + 4 * x);
      store<f64>(sums + 8 * x, sum, 8);
    }
    for (let x = far; x < across - far; x++) {
      const step = <f64>load<f32>(room + 4 * x);
      // Most places are smooth: they are done with at once.
      if (step <= standsOut * grain) continue;
      const before = load<f64>(sums + 8 * (x - near + 1)) - load<f64>(sums + 8 * (x - far));
      const after = load<f64>(sums + 8 * (x + far + 1)) - load<f64>(sums + 8 * (x + near));
      if (step > standsOut * (max(before, after) / beyond + grain)) store<u8>(out + x, 1);
    }
  }
}
