import { lab65 as culoriLab65, rgb as culoriRgb } from 'culori';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lab65 } from '../../src/colour/lab65.ts';
import { linearToSrgb, linearToSrgb8, SRGB8_TO_LINEAR, srgbToLinear } from '../../src/colour/srgb.ts';
import { lab65ToLinearSrgb, lab65ToXyz, linearSrgbToLab65, xyzToLab65 } from '../../src/colour/xyzLab.ts';

const byte = fc.integer({ min: 0, max: 255 });

describe('sRGB', () => {
  test('every 8-bit code survives the way to linear light and back', () => {
    for (let code = 0; code < 256; code++) expect(linearToSrgb8(SRGB8_TO_LINEAR[code]!)).toBe(code);
  });

  test('the transfer curve meets the published points of IEC 61966-2-1', () => {
    expect(srgbToLinear(0.04045)).toBeCloseTo(0.04045 / 12.92, 12);
    expect(srgbToLinear(0.5)).toBeCloseTo(0.21404, 5);
    expect(srgbToLinear(-0.5)).toBeCloseTo(-0.21404, 5);
    expect(linearToSrgb(srgbToLinear(1.2))).toBeCloseTo(1.2, 12);
    expect(linearToSrgb8(7)).toBe(255);
    expect(linearToSrgb8(-1)).toBe(0);
  });

  test('Lab65 agrees with culori for every colour', () => {
    fc.assert(
      fc.property(byte, byte, byte, (r, g, b) => {
        const [L, a, bb] = linearSrgbToLab65([SRGB8_TO_LINEAR[r]!, SRGB8_TO_LINEAR[g]!, SRGB8_TO_LINEAR[b]!]);
        const oracle = culoriLab65({ mode: 'rgb', r: r / 255, g: g / 255, b: b / 255 })!;
        expect(Math.abs(L - oracle.l)).toBeLessThan(1e-3);
        expect(Math.abs(a - oracle.a)).toBeLessThan(1e-3);
        expect(Math.abs(bb - oracle.b)).toBeLessThan(1e-3);
      }),
      { seed: 2 },
    );
  });

  test('Lab65 to linear light agrees with culori', () => {
    const [r, g, b] = lab65ToLinearSrgb(lab65(65.7, 10.7, 13.4));
    const oracle = culoriRgb({ mode: 'lab65', l: 65.7, a: 10.7, b: 13.4 })!;
    expect(linearToSrgb(r)).toBeCloseTo(oracle.r, 4);
    expect(linearToSrgb(g)).toBeCloseTo(oracle.g, 4);
    expect(linearToSrgb(b)).toBeCloseTo(oracle.b, 4);
  });

  test('Lab65 to XYZ and back is the identity, below the linear part of the curve too', () => {
    for (const [L, a, b] of [
      [0, 0, 0],
      [3, 1, -2],
      [50, -40, 60],
      [100, 0, 0],
    ] as const) {
      const back = xyzToLab65(lab65ToXyz(lab65(L, a, b)));
      expect(back[0]).toBeCloseTo(L, 9);
      expect(back[1]).toBeCloseTo(a, 9);
      expect(back[2]).toBeCloseTo(b, 9);
    }
  });
});
