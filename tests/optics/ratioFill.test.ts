import { describe, expect, test } from 'vitest';
import { fillRatios, makeRatioFill } from '../../src/optics/ratioFill.ts';

const ABSORPTIONS = [0, 0.1, 0.5, 1, 3, 10, 30, 80];
const SCATTERINGS = [0, 5];
const BLACK = 0.2;

/** Light of many path lengths: ∫ e^(−l) e^(−a·l) dl, and some that has gone half as far where there is scattering. */
const decays = (absorption: number, scattering: number) =>
  BLACK + 0.8 / (1 + absorption) + (scattering > 0 ? 0.4 / (1 + absorption / 2) : 0);

describe('ratios from few values', () => {
  const into = new Float64Array(ABSORPTIONS.length * SCATTERINGS.length);
  const asked: [number, number][] = [];
  const solved = (absorption: number, scattering: number) => {
    asked.push([absorption, scattering]);
    return decays(absorption, scattering);
  };
  fillRatios(makeRatioFill(ABSORPTIONS), SCATTERINGS, solved, BLACK, into);

  test('are 1 without pigment and follow decays from none to black', () => {
    expect(into[0]).toBeCloseTo(1, 12);
    SCATTERINGS.forEach((scattering, plane) => {
      ABSORPTIONS.forEach((absorption, i) => {
        const value = into[plane * ABSORPTIONS.length + i]!;
        expect(Math.abs(value - decays(absorption, scattering))).toBeLessThan(1e-4);
      });
    });
  });

  test('take seven values without scattering and six with it', () => {
    expect(asked.filter(([, scattering]) => scattering === 0)).toHaveLength(7);
    expect(asked.filter(([, scattering]) => scattering === 5)).toHaveLength(6);
  });
});
