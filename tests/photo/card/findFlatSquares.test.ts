import { describe, expect, it } from 'vitest';
import { findBrightSquares, findFlatSquares } from '../../../src/photo/card/findFlatSquares.ts';
import { halveImage } from '../../../src/photo/halveImage.ts';
import type { WorkingImage } from '../../../src/photo/workingImage.ts';

const SIDES = [12, 17, 25, 8];

function image(widthPx: number, heightPx: number, light: (x: number, y: number, c: number) => number): WorkingImage {
  const rgb = new Float32Array(3 * widthPx * heightPx);
  for (let i = 0; i < rgb.length; i++) {
    const pixel = Math.floor(i / 3);
    rgb[i] = light(pixel % widthPx, Math.floor(pixel / widthPx), i % 3);
  }
  return { widthPx, heightPx, scale: 1, rgb };
}

/** Squares of `SIDES` in a row, 40 apart, on rough ground. */
function squares(inside: number, outside: (x: number, y: number) => number): WorkingImage {
  return image(173, 90, (x, y, c) => {
    const k = Math.floor(x / 40);
    const side = SIDES[k] ?? 0;
    const isInside = x % 40 >= 5 && x % 40 < 5 + side && y >= 10 && y < 10 + side;
    return isInside ? inside * [1, 0.8, 0.6][c]! : outside(x, y);
  });
}

describe('findFlatSquares', () => {
  it('finds each flat square with its middle and its side', () => {
    const found = findFlatSquares(squares(0.5, (x, y) => ((x * 31 + y * 57) % 7) / 10));
    for (const [k, side] of SIDES.entries()) {
      const near = found.filter((f) => Math.hypot(f.x - (40 * k + 5 + side / 2), f.y - (10 + side / 2)) < 1);
      expect(near.length).toBe(1);
      expect(Math.abs(near[0]!.sidePx - side)).toBeLessThan(0.6);
      expect(Math.abs(near[0]!.xx / ((side * side) / 12) - 1)).toBeLessThan(0.15);
      expect(Math.abs(near[0]!.xy)).toBeLessThan(0.02 * side * side);
    }
  });

  it('takes neither the ground, an L nor a thin bar for a square', () => {
    const shapes = image(120, 60, (x, y) => {
      const isBar = y >= 5 && y < 10 && x >= 5 && x < 45;
      const isL = x >= 60 && x < 100 && y >= 10 && y < 50 && (x < 70 || y >= 40);
      return isBar || isL ? 0.6 : ((x * 31 + y * 57) % 7) / 10;
    });
    expect(findFlatSquares(shapes).filter(({ sidePx }) => sidePx > 6)).toEqual([]);
  });

  it('has no fixed limit of regions', () => {
    const checks = image(400, 300, (x, y) => ((x >> 2) + (y >> 2)) % 2);
    expect(findFlatSquares(checks)).toEqual([]);
  });
});

describe('findBrightSquares', () => {
  it('finds squares that are brighter than their frame, though they are not flat', () => {
    const spotted = squares(0.8, () => 0.02);
    const found = findBrightSquares({ ...spotted, rgb: spotted.rgb.map((v, i) => (v > 0.1 ? v - 0.1 * (i % 2) : v)) });
    for (const [k, side] of SIDES.entries())
      expect(
        found.some(
          ({ x, y, sidePx }) =>
            Math.hypot(x - (40 * k + 5 + side / 2), y - (10 + side / 2)) < 0.5 && Math.abs(sidePx - side) < 0.5,
        ),
      ).toBe(true);
  });
});

describe('halveImage', () => {
  it('averages two by two pixels and leaves an odd column and row out', () => {
    const whole = image(7, 5, (x, y, c) => x + 10 * y + 100 * c);
    const half = halveImage(whole);
    expect([half.widthPx, half.heightPx, half.scale]).toEqual([3, 2, 2]);
    half.rgb.forEach((value, i) => {
      const pixel = Math.floor(i / 3);
      const [x, y] = [pixel % 3, Math.floor(pixel / 3)];
      expect(value).toBeCloseTo(2 * x + 0.5 + 10 * (2 * y + 0.5) + 100 * (i % 3), 4);
    });
  });
});
