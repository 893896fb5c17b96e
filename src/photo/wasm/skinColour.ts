import { bellAt, blockBefore, known, shareAfter, sumOf } from './blocks';
import { blueOf, greenOf, redOf } from './channels';

/** Pixels of a block's side. */
const SIDE = 4;

function storePair(at: usize, weight: f32, product: f32): void {
  store<f32>(at, weight);
  store<f32>(at, product, 4);
}

/**
 * Sums of the three channels over the pixels of each block, weighted as `sumAboutLevel` does.
 * @param pairs for each block the sum of its weights and that of red times them; as many with green, and with blue
 * @param totals sums of the three channels without weights, and how many pixels that are, four numbers a block
 */
export function sumColours(
  rgb: usize,
  luminance: usize,
  clipped: usize,
  widthPx: i32,
  heightPx: i32,
  level: usize,
  reach: f32,
  least: f32,
  pairs: usize,
  totals: usize,
): void {
  const share = f32x4.splat(least);
  const blocks = ((widthPx + SIDE - 1) / SIDE) * ((heightPx + SIDE - 1) / SIDE);
  const greenPairs = pairs + 8 * blocks;
  const bluePairs = greenPairs + 8 * blocks;
  let block: usize = 0;
  for (let top = 0; top < heightPx; top += SIDE)
    for (let left = 0; left < widthPx; left += SIDE, block++) {
      const at = level + 4 * block;
      const middle = v128.load32_splat(at);
      const narrow = f32x4.splat(1 / (reach * load<f32>(at)));
      const zero = f32x4.splat(0);
      let weights = zero;
      let red = zero;
      let green = zero;
      let blue = zero;
      let count = zero;
      let allRed = zero;
      let allGreen = zero;
      let allBlue = zero;
      for (let y = top; y < min(heightPx, top + SIDE); y++) {
        const first: usize = y * widthPx + left;
        const tells = known(clipped + first, widthPx - left);
        const weight = v128.and(tells, f32x4.add(share, bellAt(v128.load(luminance + 4 * first), middle, narrow)));
        const pixel = rgb + 12 * first;
        const start = v128.load(pixel);
        const next = v128.load(pixel, 16);
        const end = v128.load(pixel, 32);
        const r = v128.and(tells, redOf(start, next, end));
        const g = v128.and(tells, greenOf(start, next, end));
        const b = v128.and(tells, blueOf(start, next, end));
        weights = f32x4.add(weights, weight);
        red = f32x4.add(red, f32x4.mul(weight, r));
        green = f32x4.add(green, f32x4.mul(weight, g));
        blue = f32x4.add(blue, f32x4.mul(weight, b));
        count = f32x4.add(count, v128.and(tells, f32x4.splat(1)));
        allRed = f32x4.add(allRed, r);
        allGreen = f32x4.add(allGreen, g);
        allBlue = f32x4.add(allBlue, b);
      }
      const total = sumOf(weights);
      storePair(pairs + 8 * block, total, sumOf(red));
      storePair(greenPairs + 8 * block, total, sumOf(green));
      storePair(bluePairs + 8 * block, total, sumOf(blue));
      v128.store(totals + 16 * block, f32x4(sumOf(allRed), sumOf(allGreen), sumOf(allBlue), sumOf(count)));
    }
}

/**
 * Sums over each quarter of a patch of the channels over the skin's, and of how many pixels that are. Blocks are small
 * against the distances over which the level changes: the sum of one is divided as a whole.
 * @param levels of the three channels at each block's middle, and one number of no meaning
 * @param out four double numbers a quarter, 0 before
 */
export function sumQuarters(totals: usize, levels: usize, columns: i32, rows: i32, gain: f32, out: usize): void {
  const scale = f32x4.splat(gain);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, totals += 16, levels += 16) {
      const total = v128.load(totals);
      const ratios = f32x4.mul(scale, f32x4.div(total, v128.load(levels)));
      const sums = v128.shuffle<f32>(ratios, total, 0, 1, 2, 7);
      const to = out + (2 * column < columns ? 0 : 32) + (2 * row < rows ? 0 : 64);
      v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(sums)));
      const high = v128.shuffle<f32>(sums, sums, 2, 3, 2, 3);
      v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(high)), 16);
    }
}

/** Levels of the three channels on a row of blocks, between two middles. */
function levelBetween(row: usize, before: i32, columns: i32, share: v128): v128 {
  const left = v128.load(row + 16 * max(0, before));
  const right = v128.load(row + 16 * min(columns - 1, before + 1));
  return f32x4.add(left, f32x4.mul(share, f32x4.sub(right, left)));
}

/** The three channels of pixel (x, y), over the skin's there: `levels` are linear between the blocks' middles. */
export function ratioAt(rgb: usize, widthPx: i32, heightPx: i32, levels: usize, gain: f32, x: i32, y: i32): v128 {
  const columns = (widthPx + SIDE - 1) / SIDE;
  const rows = (heightPx + SIDE - 1) / SIDE;
  const row: usize = 16 * columns;
  const beside = f32x4.splat(shareAfter(x));
  const before = blockBefore(y);
  const above = levelBetween(levels + max(0, before) * row, blockBefore(x), columns, beside);
  const below = levelBetween(levels + min(rows - 1, before + 1) * row, blockBefore(x), columns, beside);
  const level = f32x4.add(above, f32x4.mul(f32x4.splat(shareAfter(y)), f32x4.sub(below, above)));
  return f32x4.div(f32x4.mul(f32x4.splat(gain), v128.load(rgb + 12 * (y * widthPx + x))), level);
}
