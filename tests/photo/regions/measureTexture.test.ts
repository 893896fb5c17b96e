import { describe, expect, it } from 'vitest';
import { floatsAt, giveBack, markRoom, placeFloats } from '../../../src/photo/kernels.ts';
import { measureTexture } from '../../../src/photo/regions/measureTexture.ts';
import { placeLuma } from '../../../src/photo/regions/placeLuma.ts';
import { boxBlur } from '../../../src/photo/regions/planes.ts';

/** Repeatable numbers 0–1. */
const noise = (i: number) => Math.abs(Math.sin(12.9898 * i + 78.233) * 43758.5453) % 1;

describe('placeLuma', () => {
  const encode = (light: number) => 255 * Math.sqrt(light) * (1.39 + 0.2293 * light - 0.5845 * Math.sqrt(light));

  /** How much of a pixel a cell covers. */
  const overlap = (pixel: number, cell: number, ratio: number) =>
    Math.max(0, Math.min(pixel + 1, (cell + 1) * ratio) - Math.max(pixel, cell * ratio));

  it.each([
    { widthPx: 37, heightPx: 23, scale: 1, photoSidePx: 37, ratio: 1 },
    { widthPx: 51, heightPx: 30, scale: 4, photoSidePx: 4000, ratio: 1.25 },
    { widthPx: 46, heightPx: 33, scale: 3, photoSidePx: 3000, ratio: 4 / 3 },
    { widthPx: 40, heightPx: 40, scale: 1, photoSidePx: 1700, ratio: 3 },
  ])('averages light over cells of $ratio pixels', ({ widthPx, heightPx, scale, photoSidePx, ratio }) => {
    const rgb = Float32Array.from({ length: 3 * widthPx * heightPx }, (_, i) => noise(i));
    const mark = markRoom();
    const luma = placeLuma({ widthPx, heightPx, scale, rgb }, photoSidePx);
    const values = floatsAt(luma.values, luma.widthPx * luma.heightPx).slice();
    giveBack(mark);
    expect([luma.widthPx, luma.heightPx]).toEqual([Math.floor(widthPx / ratio), Math.floor(heightPx / ratio)]);
    values.forEach((value, i) => {
      const [column, row] = [i % luma.widthPx, Math.floor(i / luma.widthPx)];
      let light = 0;
      for (let y = 0; y < heightPx; y++)
        for (let x = 0; x < widthPx; x++) {
          const share = (overlap(x, column, ratio) * overlap(y, row, ratio)) / ratio ** 2;
          const at = 3 * (y * widthPx + x);
          if (share > 0) light += share * (0.25 * rgb[at]! + 0.625 * rgb[at + 1]! + 0.125 * rgb[at + 2]!);
        }
      expect(Math.abs(value - encode(light))).toBeLessThan(0.01);
    });
  });
});

describe('measureTexture', () => {
  const [w, h] = [57, 43];
  const [across, down] = [16, 13];

  /** Texture of rendered luma on the grid. */
  function textureOf(luma: (x: number, y: number) => number) {
    const values = Float32Array.from({ length: w * h }, (_, i) => luma(i % w, Math.floor(i / w)));
    const mark = markRoom();
    const texture = measureTexture({ widthPx: w, heightPx: h, values: placeFloats(values) }, across, down);
    giveBack(mark);
    return { ...texture, values };
  }

  const mean = (plane: Float32Array) => plane.reduce((sum, value) => sum + value, 0) / plane.length;

  it('has the strength of detail in each cell and around it', () => {
    const { detail, values } = textureOf((x, y) => 100 + 40 * noise(x + 100 * y) * (x > 20 ? 1 : 0.2));
    const smooth = boxBlur(values, w, h, 1);
    const wide = boxBlur(values, w, h, 4);
    const energy = new Float32Array(across * down);
    const count = new Float32Array(across * down);
    for (let i = 0; i < values.length; i++) {
      const cell =
        Math.floor(((Math.floor(i / w) + 1e-9) * down) / h) * across + Math.floor((((i % w) + 1e-9) * across) / w);
      energy[cell]! += (values[i]! - smooth[i]!) ** 2 + 0.36 * (smooth[i]! - wide[i]!) ** 2;
      count[cell]!++;
    }
    const expected = boxBlur(
      energy.map((sum, cell) => sum / count[cell]!),
      across,
      down,
      2,
    ).map(Math.sqrt);
    detail.forEach((value, cell) => {
      expect(Math.abs(value / expected[cell]! - 1)).toBeLessThan(1e-3);
    });
  });

  it('tells dark specks from light ones, and combed lines from specks', () => {
    const specks = (sign: number) => textureOf((x, y) => 128 + sign * ((x * 7 + y * 13) % 29 === 0 ? 90 : 0));
    expect(mean(specks(-1).darkness)).toBeGreaterThan(0.3);
    expect(mean(specks(1).darkness)).toBeLessThan(-0.3);
    const lines = textureOf((x, y) => 128 + 60 * Math.sin((x + 2 * y) / 1.5));
    expect(mean(lines.coherence)).toBeGreaterThan(0.9);
    expect(mean(textureOf((x, y) => 128 + 60 * noise(x + 100 * y)).coherence)).toBeLessThan(0.4);
  });

  it('finds nothing on an even wall', () => {
    const { detail, darkness, coherence } = textureOf(() => 200);
    for (const plane of [detail, darkness, coherence])
      for (const value of plane) expect(Math.abs(value)).toBeLessThan(0.01);
  });
});
