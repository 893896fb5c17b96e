import { describe, expect, test } from 'vitest';
import { makeSplineOperator, splineCurvature } from '../../src/optics/cubicSpline.ts';
import { dotBlur, shadowAtCentre } from '../../src/optics/dotPeak.ts';
import { dotCoverage } from '../../src/optics/dots.ts';

describe('the spline', () => {
  const operator = makeSplineOperator(9);
  const nodes = Array.from({ length: 9 }, (_, i) => i);

  test('knows the curvature of every cubic, up to the ends', () => {
    const values = nodes.map((x) => 2 - x + 0.5 * x * x - 0.125 * x ** 3);
    const curvature = splineCurvature(operator, values);
    for (const x of nodes) expect(curvature[x]).toBeCloseTo(1 - 0.75 * x, 10);
  });

  test('has continuous slopes where values jump', () => {
    const values = nodes.map((x) => (x === 4 ? 1 : 0));
    const m = splineCurvature(operator, values);
    for (const i of nodes.slice(1, -1)) {
      const before = values[i]! - values[i - 1]! + (2 * m[i]! + m[i - 1]!) / 6;
      const after = values[i + 1]! - values[i]! - (2 * m[i]! + m[i + 1]!) / 6;
      expect(after).toBeCloseTo(before, 12);
    }
  });
});

describe('the blur of a dot', () => {
  test('is that fitted to the simulated profiles', () => {
    const blur = dotBlur(0.4, 0.05, 0.3);
    expect(blur.wideMm).toBeCloseTo(0.32, 12);
    expect(blur.narrowMm / 0.86).toBeCloseTo(dotBlur(0.4, 0, 0.3).narrowMm / 0.86 + 0.05, 12);
    expect(1 / blur.narrowShare - 1).toBeCloseTo(Math.exp(-0.09) * (4 / 3) ** 0.61, 12);
  });

  const shadow = (diameterMm: number, densityPerCm2: number, gapMm = 0.05, radius = 0.5) =>
    shadowAtCentre(Float64Array.of(radius), gapMm, {
      diameterMm,
      densityPerCm2,
      coverage: dotCoverage(densityPerCm2, diameterMm),
    })[0]!;

  test('leaves a wide dot whole and takes all from a point', () => {
    expect(shadow(20, 0)).toBeCloseTo(1, 6);
    expect(shadow(0.002, 0)).toBeLessThan(1e-3);
  });

  test('weakens with depth and with wandering light, and neighbours add to it, to 1 at most', () => {
    expect(shadow(0.3, 0, 0.2)).toBeLessThan(shadow(0.3, 0, 0.05));
    expect(shadow(0.3, 0, 0.05, 1)).toBeLessThan(shadow(0.3, 0, 0.05, 0.3));
    expect(shadow(0.3, 100)).toBeGreaterThan(shadow(0.3, 0));
    expect(shadow(0.3, 100)).toBeLessThan(shadow(0.3, 300));
    expect(shadow(0.6, 5000)).toBeLessThanOrEqual(1);
  });
});
