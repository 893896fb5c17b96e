import { describe, expect, test } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { spectrumToLab65 } from '../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { fitSkin } from '../../src/optics/fitSkin.ts';
import { minimiseLeastSquares } from '../../src/optics/levenbergMarquardt.ts';
import { OpticsInputError } from '../../src/optics/opticsInputError.ts';
import { skinReflectance } from '../../src/optics/skinReflectance.ts';
import { skinSlopes } from '../../src/optics/skinSlopes.ts';
import { REFERENCE_SKINS } from '../fixtures/opticsReference.ts';

describe('skin fit', () => {
  test.each(REFERENCE_SKINS)('$name: the most probable skin is the reference’s within 1 %', (skin) => {
    const { parameters, reflectance } = fitSkin(lab65(...skin.target));
    for (const name of ['melanosomeFraction', 'bloodFraction', 'baselineFactor', 'scatterFactor'] as const) {
      expect(Math.abs(parameters[name] / skin[name] - 1)).toBeLessThan(0.01);
    }
    expect(deltaE00(spectrumToLab65(reflectance), lab65(...skin.lab))).toBeLessThan(0.05);
  });

  test('finds a skin again from its own colour', () => {
    const skin = { melanosomeFraction: 0.05, bloodFraction: 0.012, baselineFactor: 0.9, scatterFactor: 1.03 };
    const { residualDeltaE00, parameters } = fitSkin(spectrumToLab65(skinReflectance(skin)));
    expect(residualDeltaE00).toBeLessThan(0.3);
    expect(Math.abs(Math.log(parameters.melanosomeFraction / skin.melanosomeFraction))).toBeLessThan(0.15);
  });

  test('without gloss the same colour is a darker skin', () => {
    const lab = lab65(40, 10, 14);
    expect(fitSkin(lab, 0).parameters.melanosomeFraction).toBeLessThan(fitSkin(lab, 1).parameters.melanosomeFraction);
  });

  test('says by how much no skin explains a colour', () => {
    expect(fitSkin(lab65(50, -20, -20)).residualDeltaE00).toBeGreaterThan(10);
    expect(() => fitSkin(lab65(Number.NaN, 10, 10))).toThrow(OpticsInputError);
  });

  test.each([
    [lab65(60.5, 17, 21.2), [-3.4131, -4.3508, -1.8081, -0.0917]],
    [lab65(58.1, 15.6, 23.2), [-2.9913, -4.579, -1.7796, -0.0425]],
    [lab65(72.2, 18.1, 21.6), [-4.2725, -4.6631, Math.log(0.1), -0.0004]],
  ])('comes to the least cost for a colour that no skin has: %s', (lab, logs) => {
    const { melanosomeFraction, bloodFraction, baselineFactor, scatterFactor } = fitSkin(lab).parameters;
    const found = [melanosomeFraction, bloodFraction, baselineFactor, scatterFactor].map(Math.log);
    const worst = Math.max(...found.map((value, k) => Math.abs(value - logs[k]!)));
    expect(worst).toBeLessThan(1e-3);
  });

  test('slopes are the derivatives by the logarithms', () => {
    const skin = REFERENCE_SKINS[1]!;
    const { slopes, reflectance } = skinSlopes(skin, 1);
    const names = ['melanosomeFraction', 'bloodFraction', 'baselineFactor', 'scatterFactor'] as const;
    names.forEach((name, k) => {
      const moved = skinReflectance({ ...skin, [name]: skin[name] * 1.001 });
      const worst = Math.max(
        ...moved.map((value, i) => Math.abs((value - reflectance[i]!) / Math.log(1.001) - slopes[k]![i]!)),
      );
      expect(worst).toBeLessThan(1e-3);
    });
  });
});

describe('bounded least squares', () => {
  const rosenbrock = {
    residuals: ([x, y]: readonly number[]) => [10 * (y! - x! * x!), 1 - x!],
    linearise: ([x, y]: readonly number[]) => ({
      residuals: [10 * (y! - x! * x!), 1 - x!],
      jacobian: [
        [-20 * x!, 10],
        [-1, 0],
      ],
    }),
  };

  test('walks Rosenbrock’s valley to its end', () => {
    const { point } = minimiseLeastSquares({ ...rosenbrock, start: [-1.2, 1], low: [-5, -5], high: [5, 5] }, 1e-14);
    expect(point[0]).toBeCloseTo(1, 3);
    expect(point[1]).toBeCloseTo(1, 3);
  });

  test('stops at a bound where the minimum lies beyond', () => {
    const { point } = minimiseLeastSquares({ ...rosenbrock, start: [0, 0], low: [-5, -5], high: [0.5, 5] }, 1e-14);
    expect(point[0]).toBeCloseTo(0.5, 6);
    expect(point[1]).toBeCloseTo(0.25, 3);
  });
});
