import { expect, it } from 'vitest';
import { bytesAt, floatsAt, giveBack, markRoom } from '../../../src/photo/kernels.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { readPatches } from '../../../src/photo/stubble/readPatches.ts';

const [WIDTH, HEIGHT] = [53, 41];
const BOX = [7, 5, 39, 31] as const;

/** Light of the codes of each channel, other for each. */
const table = (codes: number, channel: number) =>
  Float32Array.from({ length: codes }, (_, code) => (code / (codes - 1)) ** (1.5 + channel / 2));

function rasterOf(data: Uint8Array | Uint16Array, toSrgb: Float64Array | null): RasterPhoto {
  const codes = data instanceof Uint8Array ? 256 : 65_536;
  const toLinear = [table(codes, 0), table(codes, 1), table(codes, 2)] as const;
  return { widthPx: WIDTH, heightPx: HEIGHT, data, toLinear, toSrgb };
}

const bytes = Uint8Array.from({ length: 3 * WIDTH * HEIGHT }, (_, i) => (i * 7919) % 256);
const words = Uint16Array.from(bytes, (code) => 257 * code);
const swap = Float64Array.of(0, 0, 1, 0.5, 0.5, 0, 1, 0, 0);

it.each([
  ['8 bits', bytes, null],
  ['16 bits', words, null],
  ['8 bits of other primaries', bytes, swap],
  ['16 bits of other primaries', words, swap],
] as const)('reads a box of a photo of %s as corrected light and marks what is clipped', (_, data, toSrgb) => {
  const mark = markRoom();
  const raster = rasterOf(data, toSrgb);
  const double = (rgb: Float32Array) => rgb.set(rgb.map((light) => 2 * light));
  const [patch] = readPatches(raster, { boxes: [BOX] }, double);
  const [x0, y0, w, h] = BOX;
  expect([patch!.widthPx, patch!.heightPx]).toEqual([w, h]);
  const rgb = floatsAt(patch!.rgb, 3 * w * h);
  const clipped = bytesAt(patch!.clipped, w * h);
  for (let y = 0, i = 0; y < h; y++)
    for (let x = 0; x < w; x++, i++) {
      const at = 3 * ((y0 + y) * WIDTH + x0 + x);
      const codes = [data[at]!, data[at + 1]!, data[at + 2]!];
      const lights = codes.map((code, channel) => raster.toLinear[channel as 0 | 1 | 2][code]!);
      const wanted = toSrgb ? [lights[2]!, (lights[0]! + lights[1]!) / 2, lights[0]!] : lights;
      for (let c = 0; c < 3; c++) expect(rgb[3 * i + c]).toBeCloseTo(2 * wanted[c]!, 5);
      expect(clipped[i]).toBe(Math.max(...codes) > 250 * (data instanceof Uint8Array ? 1 : 257) ? 1 : 0);
    }
  giveBack(mark);
});
