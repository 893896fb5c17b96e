import { convertPrimaries } from './convertPrimaries.ts';
import { type Address, bytesAt, floatsAt, giveBack, kernels, markRoom, placeIntegers, takeRoom } from './kernels.ts';
import { IMAGE_ROOM, takePlaced } from './placedImage.ts';
import type { RasterPhoto } from './rasterPhoto.ts';

/** Light 1 in a table of pairs: four fit into 16 bits. */
const UNIT = Math.floor(0xffff / 4);
/** From a sum of eight lights to their mean. */
const GAIN = 1 / (8 * UNIT);

/** A table of pairs of neighbouring bytes, with the light of one channel for the first and of another for the second. */
function placeTable(first: Float32Array, second: Float32Array): Address {
  const codes = [first, second].map((table) =>
    placeIntegers(Int32Array.from(table, (light) => Math.round(light * UNIT))),
  );
  const table = takeRoom(4 * 256 * 256);
  kernels.tabulatePairs(codes[0]!, codes[1]!, table);
  return table;
}

/** Tables for the bytes of two pixels: red and green, blue and red, green and blue. */
function placeTables([red, green, blue]: RasterPhoto['toLinear']): [Address, Address, Address] {
  const redGreen = placeTable(red, green);
  if (red === green && green === blue) return [redGreen, redGreen, redGreen];
  return [redGreen, placeTable(blue, red), placeTable(green, blue)];
}

/**
 * Mean light of blocks of 4 × 4 pixels, by the first and the third row of each block, two values at a time. Half of the
 * photo's memory is not even touched.
 * @returns linear sRGB, 3 × widthPx × heightPx, which stays placed
 */
export function averagePairs(raster: RasterPhoto, data: Uint8Array, widthPx: number, heightPx: number): Float32Array {
  const mark = markRoom();
  const row = 3 * raster.widthPx;
  const [upper, lower] = [takeRoom(row), takeRoom(row)];
  const [redGreen, blueRed, greenBlue] = placeTables(raster.toLinear);
  const memory = bytesAt(0, kernels.memory.buffer.byteLength);
  for (let y = 0; y < heightPx; y++) {
    const start = 4 * y * row;
    memory.set(data.subarray(start, start + row), upper);
    memory.set(data.subarray(start + 2 * row, start + 3 * row), lower);
    kernels.averagePairs(upper, lower, redGreen, blueRed, greenBlue, GAIN, IMAGE_ROOM + 12 * widthPx * y, widthPx);
  }
  giveBack(mark);
  if (raster.toSrgb) convertPrimaries(floatsAt(IMAGE_ROOM, 3 * widthPx * heightPx), raster.toSrgb);
  return takePlaced(3 * widthPx * heightPx);
}
