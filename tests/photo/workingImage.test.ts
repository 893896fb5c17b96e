import { describe, expect, it } from 'vitest';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import type { RasterPhoto } from '../../src/photo/rasterPhoto.ts';
import { reducePhoto } from '../../src/photo/workingImage.ts';

const SRGB_TABLES = [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR] as const;

function photo(
  widthPx: number,
  heightPx: number,
  code: (x: number, y: number, channel: number) => number,
): RasterPhoto {
  const data = new Uint8Array(3 * widthPx * heightPx);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / 3);
    data[i] = code(pixel % widthPx, Math.floor(pixel / widthPx), i % 3);
  }
  return { widthPx, heightPx, data, toLinear: SRGB_TABLES, toSrgb: null };
}

describe('reducePhoto', () => {
  it('keeps a small photo at its own size', () => {
    const reduced = reducePhoto(
      photo(5, 4, (x, y, c) => 40 * x + 10 * y + c),
      100,
    );
    expect([reduced.widthPx, reduced.heightPx, reduced.scale]).toEqual([5, 4, 1]);
    expect(reduced.rgb[3 * (2 * 5 + 3) + 1]).toBeCloseTo(SRGB8_TO_LINEAR[141]!, 4);
  });

  it('averages light, not code values', () => {
    const reduced = reducePhoto(
      photo(4, 4, (x) => (x % 2 === 0 ? 0 : 255)),
      2,
    );
    expect(reduced.scale).toBe(2);
    for (const value of reduced.rgb) expect(value).toBeCloseTo(0.5, 4);
  });

  it('gives a flat photo back at every scale, odd and even', () => {
    for (const maxSidePx of [60, 30, 20, 15, 12, 8]) {
      const reduced = reducePhoto(
        photo(60, 45, () => 118),
        maxSidePx,
      );
      expect(Math.max(reduced.widthPx, reduced.heightPx)).toBeLessThanOrEqual(maxSidePx);
      for (const value of reduced.rgb) expect(value).toBeCloseTo(SRGB8_TO_LINEAR[118]!, 4);
    }
  });

  it('averages pairs of bytes as single ones, to every second row, whatever the curves of the channels', () => {
    const codes = photo(23, 18, (x, y, c) => (x * 37 + y * 101 + c * 59) % 256);
    const steeper = SRGB8_TO_LINEAR.map((light) => light ** 1.2);
    const raster = { ...codes, toLinear: [SRGB8_TO_LINEAR, steeper, SRGB8_TO_LINEAR.map(Math.sqrt)] } as const;
    const { scale, widthPx, heightPx, rgb } = reducePhoto(raster, 6);
    expect([scale, widthPx, heightPx]).toEqual([4, 5, 4]);
    rgb.forEach((light, i) => {
      const [column, row] = [Math.floor(i / 3) % widthPx, Math.floor(i / 3 / widthPx)];
      const samples = [0, 2].flatMap((y) =>
        [0, 1, 2, 3].map((x) => codes.data[3 * ((4 * row + y) * 23 + 4 * column + x) + (i % 3)]!),
      );
      const mean = samples.reduce((sum, code) => sum + raster.toLinear[i % 3]![code]!, 0) / samples.length;
      expect(light).toBeCloseTo(mean, 4);
    });
  });

  it('reads photos of 16 bits as those of 8', () => {
    const codes = photo(16, 16, (_x, _y, c) => [20, 118, 240][c]!);
    const table = Float32Array.from({ length: 65_536 }, (_, code) => SRGB8_TO_LINEAR[code >> 8]!);
    const deep = {
      ...codes,
      data: Uint16Array.from(codes.data, (code) => code * 257),
      toLinear: [table, table, table],
    } as const;
    const [shallow, same] = [codes, deep].map((raster) => reducePhoto(raster, 4).rgb);
    same!.forEach((light, i) => void expect(light).toBeCloseTo(shallow![i]!, 4));
  });

  it('puts each block where it belongs', () => {
    const reduced = reducePhoto(
      photo(50, 50, (x, y) => (x >= 25 && y >= 40 ? 255 : 0)),
      10,
    );
    const at = (x: number, y: number) => reduced.rgb[3 * (y * reduced.widthPx + x)];
    expect(reduced.scale).toBe(5);
    expect([at(4, 8), at(5, 7), at(5, 8), at(9, 9)]).toEqual([0, 0, 1, 1]);
  });

  it('applies the matrix of the photo’s primaries after averaging', () => {
    const swap = Float64Array.from([0, 1, 0, 1, 0, 0, 0, 0, 2]);
    const reduced = reducePhoto({ ...photo(2, 2, (_x, _y, c) => [255, 0, 118][c]!), toSrgb: swap }, 1);
    expect(reduced.rgb[0]).toBeCloseTo(0, 4);
    expect(reduced.rgb[1]).toBeCloseTo(1, 4);
    expect(reduced.rgb[2]).toBeCloseTo(2 * SRGB8_TO_LINEAR[118]!, 4);
  });
});
