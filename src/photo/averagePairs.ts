/**
 * Two neighbouring values of 8 bits, as one of 16 bits, -> the light of the first in the lower 16 bits and that of the
 * second in the upper.
 */
type PairTable = Uint32Array;

/** Light 1 in a table of pairs: four fit into 16 bits. */
const UNIT = Math.floor(0xffff / 4);
/** From a sum of eight lights to their mean. */
const GAIN = 1 / (8 * UNIT);

/** Tables for the bytes of two pixels: red and green, blue and red, green and blue. */
export type PairTables = readonly [redGreen: PairTable, blueRed: PairTable, greenBlue: PairTable];

/** @param toLinear light 0–1 of the 256 codes of each channel */
export function makePairTables([red, green, blue]: readonly [Float32Array, Float32Array, Float32Array]): PairTables {
  const redGreen = tabulate(red, green);
  if (red === green && green === blue) return [redGreen, redGreen, redGreen];
  return [redGreen, tabulate(blue, red), tabulate(green, blue)];
}

function tabulate(first: Float32Array, second: Float32Array): PairTable {
  const table = new Uint32Array(65_536);
  for (let pair = 0; pair < table.length; pair++)
    table[pair] = Math.round(first[pair & 0xff]! * UNIT) | (Math.round(second[pair >>> 8]! * UNIT) << 16);
  return table;
}

/**
 * Mean light of one row of blocks of 4 × 4 pixels, by the first and the third row of each block, two values at a time.
 * Half of the photo's memory is not even touched.
 * @param pairs the photo's bytes, little-endian
 * @param start where the row of blocks starts in `pairs`
 * @param twoRows pairs from a row to the next but one
 * @param out red, green and blue of each block, interleaved
 */
export function averagePairs(
  pairs: Uint16Array,
  start: number,
  twoRows: number,
  [redGreen, blueRed, greenBlue]: PairTables,
  out: Float32Array,
): void {
  for (let i = 0, p = start; i < out.length; i += 3, p += 6) {
    const q = p + twoRows;
    // The zero keeps them whole numbers of 32 bits, whose highest bit is no sign.
    const rg = (redGreen[pairs[p]!]! + redGreen[pairs[p + 3]!]! + redGreen[pairs[q]!]! + redGreen[pairs[q + 3]!]!) | 0;
    const br =
      (blueRed[pairs[p + 1]!]! + blueRed[pairs[p + 4]!]! + blueRed[pairs[q + 1]!]! + blueRed[pairs[q + 4]!]!) | 0;
    const gb =
      (greenBlue[pairs[p + 2]!]! + greenBlue[pairs[p + 5]!]! + greenBlue[pairs[q + 2]!]! + greenBlue[pairs[q + 5]!]!) |
      0;
    out[i] = ((rg & 0xffff) + (br >>> 16)) * GAIN;
    out[i + 1] = ((rg >>> 16) + (gb & 0xffff)) * GAIN;
    out[i + 2] = ((br & 0xffff) + (gb >>> 16)) * GAIN;
  }
}
