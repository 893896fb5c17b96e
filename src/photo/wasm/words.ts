/**
 * The nearest of some centres for each of very many points of four dimensions; the first of equally near ones.
 * @param points four planes, each of `planeBytes`, one a dimension
 * @param centres four numbers each
 * @param out one byte a point
 */
export function assignWords(
  points: usize,
  planeBytes: i32,
  count: i32,
  centres: usize,
  centreCount: i32,
  out: usize,
): void {
  const second = points + planeBytes;
  const third = second + planeBytes;
  const fourth = third + planeBytes;
  const end = centres + 16 * centreCount;
  for (let i: usize = 0; i < 4 * <usize>count; i += 16, out += 4) {
    const a = v128.load(points + i);
    const b = v128.load(second + i);
    const c = v128.load(third + i);
    const d = v128.load(fourth + i);
    let best = f32x4.splat(f32.MAX_VALUE);
    let word = i32x4.splat(0);
    for (let centre = centres, k = 0; centre < end; centre += 16, k++) {
      const toA = f32x4.sub(a, v128.load32_splat(centre));
      const toB = f32x4.sub(b, v128.load32_splat(centre, 4));
      const toC = f32x4.sub(c, v128.load32_splat(centre, 8));
      const toD = f32x4.sub(d, v128.load32_splat(centre, 12));
      const one = f32x4.add(f32x4.mul(toA, toA), f32x4.mul(toB, toB));
      const distance = f32x4.add(one, f32x4.add(f32x4.mul(toC, toC), f32x4.mul(toD, toD)));
      const isNearer = f32x4.lt(distance, best);
      best = f32x4.pmin(best, distance);
      word = v128.bitselect(i32x4.splat(k), word, isNearer);
    }
    const words = i16x8.narrow_i32x4_u(word, word);
    v128.store32_lane(out, i8x16.narrow_i16x8_u(words, words), 0);
  }
}
