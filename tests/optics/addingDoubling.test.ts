import { describe, expect, test } from 'vitest';
import { BLACK, layOnto, makeCover, makeSlab, reflectUnder } from '../../src/optics/addingDoubling.ts';
import { makeScatteringPhase } from '../../src/optics/scatteringPhase.ts';
import { SKIN_STREAMS } from '../../src/optics/streams.ts';
import { REFERENCE_QUADRATURE, REFERENCE_STACKS } from '../fixtures/opticsReference.ts';

describe('streams', () => {
  test('are four Gauss nodes below and four Radau nodes above the critical angle', () => {
    REFERENCE_QUADRATURE.cosine.forEach((value, i) => {
      expect(SKIN_STREAMS.cosine[i]).toBeCloseTo(value, 12);
      expect(SKIN_STREAMS.weight[i]).toBeCloseTo(REFERENCE_QUADRATURE.weight[i]!, 12);
    });
  });
});

describe('adding-doubling', () => {
  for (const { top, bottom, reflectance } of REFERENCE_STACKS) {
    test(`gives ${reflectance.toFixed(4)} for absorption ${top.absorption} over ${bottom.absorption}`, () => {
      const phase = makeScatteringPhase(top.g);
      const upper = makeSlab(phase, top.absorption, top.scattering, top.thicknessMm);
      const lower = layOnto(makeSlab(phase, bottom.absorption, bottom.scattering, bottom.thicknessMm), BLACK);
      expect(Math.abs(reflectUnder(makeCover([upper]), lower) - reflectance)).toBeLessThan(1e-4);
      expect(Math.abs(reflectUnder(makeCover([]), layOnto(upper, lower)) - reflectance)).toBeLessThan(1e-4);
    });
  }

  test('loses no light in a thick layer that only scatters', () => {
    const thick = layOnto(makeSlab(makeScatteringPhase(0.8), 0, 4, 20_000), BLACK);
    expect(reflectUnder(makeCover([]), thick)).toBeGreaterThan(0.968);
    expect(reflectUnder(makeCover([]), thick)).toBeLessThan(1 - SKIN_STREAMS.surfaceReflection);
  });

  for (const [absorption, thicknessMm] of [
    [0.05, 6],
    [0.5, 0.25],
    [60, 0.25],
  ] as const) {
    test(`a layer of ${thicknessMm} mm that absorbs ${absorption}/mm is as exact as 128 thin ones, under a thin cover`, () => {
      const phase = makeScatteringPhase(0.75);
      const below = layOnto(makeSlab(phase, 0.05, 3, 6), BLACK);
      const cover = makeCover([makeSlab(phase, 0.3, 2, 0.08)]);
      const thin = makeSlab(phase, absorption, 4, thicknessMm / 128);
      let thinOnes = below;
      for (let i = 0; i < 128; i++) thinOnes = layOnto(thin, thinOnes);
      const whole = layOnto(makeSlab(phase, absorption, 4, thicknessMm), below);
      expect(Math.abs(reflectUnder(cover, whole) - reflectUnder(cover, thinOnes))).toBeLessThan(2e-6);
    });
  }

  test('two layers of one material are one layer of both thicknesses', () => {
    const phase = makeScatteringPhase(0.75);
    const below = layOnto(makeSlab(phase, 0.1, 3, 5), BLACK);
    const split = layOnto(makeSlab(phase, 0.4, 3, 0.1), layOnto(makeSlab(phase, 0.4, 3, 0.25), below));
    const whole = layOnto(makeSlab(phase, 0.4, 3, 0.35), below);
    expect(reflectUnder(makeCover([]), split)).toBeCloseTo(reflectUnder(makeCover([]), whole), 4);
  });
});
