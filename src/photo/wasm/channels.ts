/** One channel of four neighbouring pixels of interleaved RGB, which are twelve numbers in a row: `a`, `b`, `c`. */
export function redOf(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 0, 3, 6, 0), c, 0, 1, 2, 5);
}

export function greenOf(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 1, 4, 7, 0), c, 0, 1, 2, 6);
}

export function blueOf(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 5, 0, 0), c, 0, 1, 4, 7);
}

/** Writes four neighbouring pixels of interleaved RGB. */
export function storePixels(rgb: usize, red: v128, green: v128, blue: v128): void {
  const first = v128.shuffle<f32>(red, green, 0, 4, 1, 5);
  const second = v128.shuffle<f32>(green, blue, 1, 5, 2, 6);
  const last = v128.shuffle<f32>(red, green, 3, 7, 3, 7);
  v128.store(rgb, v128.shuffle<f32>(first, blue, 0, 1, 4, 2));
  v128.store(rgb, v128.shuffle<f32>(second, red, 0, 1, 6, 2), 16);
  v128.store(rgb, v128.shuffle<f32>(blue, last, 2, 4, 5, 3), 32);
}
