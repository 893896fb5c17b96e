import { blueOf, greenOf, redOf } from './channels';

/** A row's light, mainly green as the eye has it. */
function readGrey(rgb: usize, pixels: i32, grey: usize): void {
  for (let x = 0; x < pixels; x += 4, rgb += 48, grey += 16) {
    const a = v128.load(rgb);
    const b = v128.load(rgb, 16);
    const c = v128.load(rgb, 32);
    const warm = f32x4.add(
      f32x4.mul(f32x4.splat(0.25), redOf(a, b, c)),
      f32x4.mul(f32x4.splat(0.625), greenOf(a, b, c)),
    );
    v128.store(grey, f32x4.add(warm, f32x4.mul(f32x4.splat(0.125), blueOf(a, b, c))));
  }
}

/** Code value of light 0–1; its slope, which contrast depends on, is within 4 % of sRGB's from code 20 on. */
function encode(light: v128): v128 {
  const root = f32x4.sqrt(f32x4.max(f32x4.splat(0), light));
  const bend = f32x4.sub(f32x4.mul(f32x4.splat(0.2293), root), f32x4.splat(0.5845));
  return f32x4.mul(f32x4.mul(f32x4.splat(255), root), f32x4.add(f32x4.splat(1.39), f32x4.mul(root, bend)));
}

/** Four numbers of `line`, at the places that four neighbouring entries of `first` name. */
function gather(line: usize, first: usize): v128 {
  let four = v128.load32_zero(line + 4 * load<u32>(first));
  four = v128.load32_lane(line + 4 * load<u32>(first, 4), four, 1);
  four = v128.load32_lane(line + 4 * load<u32>(first, 8), four, 2);
  return v128.load32_lane(line + 4 * load<u32>(first, 12), four, 3);
}

/**
 * Luma of cells that cover a reduced photo, averaged in linear light.
 * @param columns for each cell its first pixel; after them, for each of `most` pixels, its share of each cell
 * @param rows the same down the photo, the shares of one row of cells after those of another
 * @param cellsAcross cells in a row, to whole fours
 * @param greys room for `mostDown` rows of the reduced photo, each of `greyBytes`, and for one more
 */
export function readLuma(
  rgb: usize,
  widthPx: i32,
  columns: usize,
  most: i32,
  rows: usize,
  mostDown: i32,
  cellsAcross: i32,
  cellsDown: i32,
  greys: usize,
  greyBytes: i32,
  cells: i32,
  out: usize,
): void {
  const stride: usize = 4 * cellsAcross;
  const shares = columns + stride;
  const line = greys + mostDown * greyBytes;
  let read = 0;
  for (let y = 0; y < cellsDown; y++, out += 4 * cells) {
    const top = load<i32>(rows + 4 * y);
    const share = rows + 4 * (cellsDown + y * mostDown);
    for (; read < top + mostDown; read++)
      readGrey(rgb + 12 * widthPx * read, widthPx, greys + (read % mostDown) * greyBytes);
    memory.fill(line, 0, greyBytes);
    for (let k = 0; k < mostDown; k++) {
      const grey = greys + ((top + k) % mostDown) * greyBytes;
      const weight = f32x4.splat(load<f32>(share + 4 * k));
      for (let x: usize = 0; x < <usize>greyBytes; x += 16)
        v128.store(line + x, f32x4.add(v128.load(line + x), f32x4.mul(weight, v128.load(grey + x))));
    }
    for (let x: usize = 0; x < 4 * <usize>cells; x += 16) {
      let light = f32x4.splat(0);
      for (let k = 0; k < most; k++)
        light = f32x4.add(light, f32x4.mul(v128.load(shares + k * stride + x), gather(line + 4 * k, columns + x)));
      v128.store(out + x, encode(light));
    }
  }
}
