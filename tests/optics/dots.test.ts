import { describe, expect, test } from 'vitest';
import { BLACK, layOnto, makeCover, makeSlab, reflectUnder } from '../../src/optics/addingDoubling.ts';
import { shadowAtCentre } from '../../src/optics/dotPeak.ts';
import { dotChordMm, dotCoverage, spreadAbsorption } from '../../src/optics/dots.ts';
import { exitRadiusMm } from '../../src/optics/exitRadius.ts';
import { dermisAt, epidermisAt } from '../../src/optics/skinReflectance.ts';
import { DEEP_DERMIS_MM, EPIDERMIS_MM, PIGMENT_LAYER_MM, SKIN_PHASE } from '../../src/optics/tissue.ts';
import dotCases from '../fixtures/dots/dotCases.json' with { type: 'json' };

/** 80 random dots in five skins at three wavelengths by Monte Carlo (tests/fixtures/dots), noise .003 of the ratio. */
const rows = dotCases.flatMap(({ skin, wavelengthNm, bareReflectance, exitRadiusMm: radiusMm, cases }) => {
  const index = (wavelengthNm - 400) / 10;
  const phase = SKIN_PHASE[index]!;
  const epidermis = epidermisAt(skin, index);
  const dermis = dermisAt(skin, index);
  const epidermisSlab = makeSlab(phase, epidermis.absorption, epidermis.scattering, EPIDERMIS_MM);
  const deep = layOnto(makeSlab(phase, dermis.absorption, dermis.scattering, DEEP_DERMIS_MM), BLACK);
  return cases.map(({ gapMm, diameterMm, densityPerCm2, absorption, ratio, centreRatio }) => {
    const cover = makeCover([epidermisSlab, makeSlab(phase, dermis.absorption, dermis.scattering, gapMm)]);
    const reflect = (added: number) => {
      const layer = makeSlab(phase, dermis.absorption + added, dermis.scattering, PIGMENT_LAYER_MM);
      return reflectUnder(cover, layOnto(layer, deep));
    };
    const bare = reflect(0);
    const coverage = dotCoverage(densityPerCm2, diameterMm);
    const chord = dotChordMm(coverage, diameterMm);
    const grid = { diameterMm, densityPerCm2, coverage };
    const [shadow] = shadowAtCentre(Float64Array.of(radiusMm), gapMm, grid);
    return {
      bareReflectance,
      bare,
      ratio,
      chord: reflect(spreadAbsorption(absorption, coverage, chord)) / bare,
      halftone: 1 - coverage + (coverage * reflect(absorption)) / bare,
      contrast: 1 - centreRatio,
      modelContrast: 1 - reflect(spreadAbsorption(absorption, shadow!, chord)) / bare,
      radiusMm,
      modelRadiusMm: exitRadiusMm(dermis, reflectUnder(makeCover([epidermisSlab]), BLACK) / bare),
    };
  });
});
const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('dots against Monte Carlo', () => {
  test('there are 80 cases', () => {
    expect(rows).toHaveLength(80);
  });

  test('the solver gives the bare skins', () => {
    for (const { bare, bareReflectance } of rows) expect(Math.abs(bare - bareReflectance)).toBeLessThan(0.003);
  });

  test('the chord formula gives the area within .008 rms, a halftone law does not', () => {
    expect(rms(rows.map(({ chord, ratio }) => chord - ratio))).toBeLessThan(0.008);
    expect(rms(rows.map(({ halftone, ratio }) => halftone - ratio))).toBeGreaterThan(0.03);
  });

  test('the contrast of a dot’s centre follows the simulation', () => {
    const [a, b] = [rows.map(({ contrast }) => contrast), rows.map(({ modelContrast }) => modelContrast)];
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const covariance = (x: readonly number[], y: readonly number[]) =>
      mean(x.map((v, i) => (v - mean(x)) * (y[i]! - mean(y))));
    expect(covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b))).toBeGreaterThan(0.96);
    expect(rms(a.map((value, i) => value - b[i]!))).toBeLessThan(0.08);
  });

  test('light leaves as far from its entry as the formula says, within a fifth', () => {
    for (const { radiusMm, modelRadiusMm } of rows) expect(Math.abs(modelRadiusMm / radiusMm - 1)).toBeLessThan(0.2);
  });
});
