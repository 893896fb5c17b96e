import { describe, expect, test } from 'vitest';
import { lab65 } from '../../src/colour/lab65.ts';
import { calibratePigment, calibrateStudio, type HealedCase } from '../../src/optics/calibrateStudio.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { OpticsInputError } from '../../src/optics/opticsInputError.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';
import { predictAreaLab } from '../../src/optics/predictHealed.ts';

const black: Pigment = { neatTau: 6, shape: CARBON_SHAPE, scatterRatio: 0.05, basis: 'swatch', sigmaLogTau: Math.LN2 };
const skins = [lab65(65.7, 10.7, 13.4), lab65(58.3, 11.2, 17.9), lab65(54, 11.7, 18.9)];

/** Healed results of a hand that sets stronger, wider or deeper than the settings say. */
function healedCases(count: number, strength: number, diameterMm: number, gapMm: number): HealedCase[] {
  return skins.slice(0, count).flatMap((skin, i) => {
    const table = buildClientTable(skin, { gapMm });
    const application = { ...DEFAULT_APPLICATION, partsDiluent: [2, 6, 15][i]!, densityPerCm2: [80, 130, 180][i]! };
    const pigment = { ...black, neatTau: black.neatTau * strength };
    return [
      { skin, healedArea: predictAreaLab(table, pigment, { ...application, diameterMm }), pigment: black, application },
    ];
  });
}

describe('studio calibration', () => {
  test('one healed photo gives the strength, and nothing else', () => {
    const found = calibrateStudio(healedCases(1, 0.6, 0.3, 0.05));
    expect(Math.abs(found.tauFactor / 0.6 - 1)).toBeLessThan(0.25);
    expect(found.diameterMm).toBeUndefined();
    expect(found.gapMm).toBeUndefined();
    expect(found.deltaE00After).toBeLessThan(found.deltaE00Before);
    expect(found.sigmaLogTau).toBeLessThan(Math.LN2);
  });

  test('three give diameter and depth too, and explain the photos', () => {
    const found = calibrateStudio(healedCases(3, 1.5, 0.4, 0.1));
    expect(found.cases).toBe(3);
    expect(found.diameterMm).toBeGreaterThan(0.34);
    expect(found.diameterMm).toBeLessThan(0.46);
    expect(found.gapMm).toBeGreaterThan(0.03);
    expect(found.deltaE00After).toBeLessThan(0.6);
    expect(found.deltaE00After).toBeLessThan(found.deltaE00Before / 3);
  });

  test('results that agree with the settings change nothing', () => {
    const found = calibrateStudio(healedCases(1, 1, 0.3, 0.05));
    expect(found.tauFactor).toBeCloseTo(1, 3);
    expect(calibratePigment(black, found).neatTau).toBeCloseTo(6, 2);
  });

  test('a calibrated pigment is stronger by the factor and better known', () => {
    const found = calibrateStudio(healedCases(1, 1.5, 0.3, 0.05));
    const calibrated = calibratePigment(black, found);
    expect(calibrated.neatTau / black.neatTau).toBeCloseTo(found.tauFactor, 9);
    expect(calibrated.sigmaLogTau).toBeLessThan(black.sigmaLogTau);
  });

  test('needs at least one result, with a colour', () => {
    expect(() => calibrateStudio([])).toThrow(OpticsInputError);
    const [one] = healedCases(1, 1, 0.3, 0.05);
    expect(() => calibrateStudio([{ ...one!, healedArea: lab65(Number.NaN, 0, 0) }])).toThrow(/healedArea/);
  });
});
