import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { dotChordMm, dotCoverage, spreadAbsorption } from '../../src/optics/dots.ts';
import { OpticsInputError } from '../../src/optics/opticsInputError.ts';
import type { Application, Pigment } from '../../src/optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';
import { predictAreaLab, predictHealed } from '../../src/optics/predictHealed.ts';
import { SANITY_ROWS, SANITY_SKINS } from '../fixtures/sanityTable.ts';

const black: Pigment = { neatTau: 6, shape: CARBON_SHAPE, scatterRatio: 0.05, basis: 'spectral', sigmaLogTau: 0.25 };
const tables = SANITY_SKINS.map((skin) => buildClientTable(lab65(...skin)));
const fair = tables[0]!;
const at = (change: Partial<Application>): Application => ({ ...DEFAULT_APPLICATION, ...change });

/** Strong enough to be seen, weak enough not to be black. */
const application = fc.record({
  partsDiluent: fc.double({ min: 0, max: 60, noNaN: true }),
  densityPerCm2: fc.double({ min: 20, max: 250, noNaN: true }),
  diameterMm: fc.double({ min: 0.1, max: 0.6, noNaN: true }),
  healedFraction: fc.double({ min: 0.3, max: 1, noNaN: true }),
  years: fc.double({ min: 0, max: 8, noNaN: true }),
});
const skin = fc.integer({ min: 0, max: tables.length - 1 }).map((i) => tables[i]!);
const laws = { seed: 7, numRuns: 150 };

describe('the table of design values', () => {
  // ISSA face medians; the model's own skin differs from the measured one by up to .9 ΔE00 in the dark, hence the margin.
  test.each(SANITY_ROWS)('1:$partsDiluent on skin $skin', ({ skin: index, partsDiluent, solid, area }) => {
    const healed = predictHealed(tables[index]!, black, at({ partsDiluent, diameterMm: 0.45 }));
    const margin = index === 2 ? 1.5 : 0.5;
    expect(deltaE00(healed.solid, lab65(...solid))).toBeLessThan(margin);
    expect(deltaE00(healed.area, lab65(...area))).toBeLessThan(margin);
  });
});

describe('laws of healed colour', () => {
  test('more diluent never darkens, the area never outshines the bare skin', () => {
    fc.assert(
      fc.property(skin, application, fc.double({ min: 0.1, max: 20, noNaN: true }), (table, set, more) => {
        const strong = predictHealed(table, black, set);
        const weak = predictHealed(table, black, { ...set, partsDiluent: set.partsDiluent + more });
        expect(weak.area[0]).toBeGreaterThanOrEqual(strong.area[0] - 1e-3);
        expect(weak.contrast).toBeLessThanOrEqual(strong.contrast + 1e-4);
        expect(Math.max(...strong.areaRatio)).toBeLessThan(1.001);
        expect(Math.min(...strong.areaRatio)).toBeGreaterThan(0);
      }),
      laws,
    );
  });

  test('more dots and wider dots never lighten', () => {
    fc.assert(
      fc.property(skin, application, (table, set) => {
        const area = predictAreaLab(table, black, set)[0];
        const denser = { ...set, densityPerCm2: set.densityPerCm2 * 1.2 };
        const wider = { ...set, diameterMm: set.diameterMm * 1.1 };
        expect(predictAreaLab(table, black, denser)[0]).toBeLessThanOrEqual(area + 1e-3);
        expect(predictAreaLab(table, black, wider)[0]).toBeLessThanOrEqual(area + 1e-3);
      }),
      laws,
    );
  });

  test('a dot is between the closed layer and the bare skin', () => {
    fc.assert(
      fc.property(skin, application, (table, set) => {
        const { dot, solid } = predictHealed(table, black, set);
        expect(dot[0]).toBeGreaterThanOrEqual(solid[0] - 0.6);
        expect(dot[0]).toBeLessThanOrEqual(table.skin[0] + 1e-3);
      }),
      laws,
    );
  });

  test('healing and fading lighten a dot', () => {
    const fresh = predictHealed(fair, black, at({ partsDiluent: 5, healedFraction: 1 }));
    const healed = predictHealed(fair, black, at({ partsDiluent: 5 }));
    const aged = predictHealed(fair, black, at({ partsDiluent: 5, years: 5 }));
    expect(healed.dot[0]).toBeGreaterThan(fresh.dot[0] + 0.5);
    expect(aged.dot[0]).toBeGreaterThan(healed.dot[0] + 0.5);
    expect(aged.coverage).toBeGreaterThan(healed.coverage);
  });

  test('black set deeper under fair skin looks lighter and turns from blue towards green', () => {
    const solids = [0.02, 0.1, 0.3].map((gapMm) => {
      const table = buildClientTable(fair.skin, { gapMm, fit: fair.fit });
      return predictHealed(table, black, at({ partsDiluent: 3 })).solid;
    });
    expect(solids[0]![0]).toBeLessThan(solids[1]![0]);
    expect(solids[1]![0]).toBeLessThan(solids[2]![0]);
    expect(solids[0]![2]).toBeLessThan(-2);
    expect(solids[2]![2]).toBeGreaterThan(solids[0]![2]);
  });

  test('an absolute error in the skin’s colour hardly moves the change that pigment makes', () => {
    const shifted = buildClientTable(lab65(fair.skin[0] - 3, fair.skin[1] + 1, fair.skin[2] + 2));
    const set = at({ partsDiluent: 3, diameterMm: 0.45 });
    const change = predictAreaLab(fair, black, set).map((value, i) => value - fair.skin[i]!);
    const other = predictAreaLab(shifted, black, set).map((value, i) => value - shifted.skin[i]!);
    expect(Math.hypot(...change.map((value, i) => value - other[i]!))).toBeLessThan(1.2);
  });

  test('the cheap area colour is the full prediction’s', () => {
    const set = at({ partsDiluent: 8 });
    expect(predictAreaLab(fair, black, set)).toEqual(predictHealed(fair, black, set).area);
  });

  test('numbers that cannot be are refused by name', () => {
    expect(() => predictAreaLab(fair, black, at({ partsDiluent: -1 }))).toThrow(/partsDiluent/);
    expect(() => predictAreaLab(fair, black, at({ diameterMm: Number.NaN }))).toThrow(OpticsInputError);
    expect(() => predictAreaLab(fair, black, at({ healedFraction: 1.5 }))).toThrow(/healedFraction/);
  });
});

describe('dots as an even layer', () => {
  test('a closed layer counts as it is', () => {
    expect(spreadAbsorption(4, 1, 0.2)).toBeCloseTo(4, 12);
    expect(spreadAbsorption(500, 1, 0.2)).toBe(500);
  });

  test('thin dots count by their share of the area', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e-4, noNaN: true }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (mu, a) => {
          expect(spreadAbsorption(mu, a, 0.2) / (a * mu)).toBeCloseTo(1, 4);
        },
      ),
    );
  });

  test('dark dots hide themselves: never more than their share, and a limit where nothing gets through', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 200, noNaN: true }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (mu, a) => {
          const spread = spreadAbsorption(mu, a, 0.2);
          expect(spread).toBeLessThanOrEqual(a * mu + 1e-12);
          expect(spread).toBeLessThanOrEqual(-Math.log(1 - a) / 0.2 + 1e-12);
        },
      ),
    );
  });

  test('coverage is the area of the discs and stops short of one', () => {
    expect(dotCoverage(100, 0.45)).toBeCloseTo(0.159, 3);
    expect(dotCoverage(2000, 3)).toBe(0.99);
    expect(dotChordMm(0.1, 0.3)).toBeGreaterThan(dotChordMm(0.5, 0.3));
  });
});
