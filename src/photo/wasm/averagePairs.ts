/**
 * Table of pairs of bytes, the first in the lower bits: their lights side by side, 16 bits each.
 * @param first lights of the 256 codes of the first byte, whole numbers of 32 bits; `second` those of the other
 */
export function tabulatePairs(first: usize, second: usize, out: usize): void {
  for (let code: usize = 0; code < 4 * 256; code += 4) {
    const upper = i32x4.shl(v128.load32_splat(second + code), 16);
    for (let lower: usize = 0; lower < 4 * 256; lower += 16, out += 16)
      v128.store(out, v128.or(v128.load(first + lower), upper));
  }
}

function look(table: usize, pair: u32): u32 {
  return load<u32>(table + ((<usize>pair) << 2));
}

/** See `../averagePairs.ts`: `upper` and `lower` are the first and third row of one row of blocks. */
export function averagePairs(
  upper: usize,
  lower: usize,
  redGreen: usize,
  blueRed: usize,
  greenBlue: usize,
  gain: f32,
  out: usize,
  blocks: i32,
): void {
  for (const end = out + 12 * <usize>blocks; out < end; out += 12, upper += 12, lower += 12) {
    const rg =
      look(redGreen, load<u16>(upper)) +
      look(redGreen, load<u16>(upper, 6)) +
      look(redGreen, load<u16>(lower)) +
      look(redGreen, load<u16>(lower, 6));
    const br =
      look(blueRed, load<u16>(upper, 2)) +
      look(blueRed, load<u16>(upper, 8)) +
      look(blueRed, load<u16>(lower, 2)) +
      look(blueRed, load<u16>(lower, 8));
    const gb =
      look(greenBlue, load<u16>(upper, 4)) +
      look(greenBlue, load<u16>(upper, 10)) +
      look(greenBlue, load<u16>(lower, 4)) +
      look(greenBlue, load<u16>(lower, 10));
    store<f32>(out, <f32>((rg & 0xffff) + (br >>> 16)) * gain);
    store<f32>(out, <f32>((rg >>> 16) + (gb & 0xffff)) * gain, 4);
    store<f32>(out, <f32>((br & 0xffff) + (gb >>> 16)) * gain, 8);
  }
}
