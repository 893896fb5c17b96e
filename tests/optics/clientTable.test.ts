import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { spectrumToLab65 } from '../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { BLACK, layOnto, makeCover, makeSlab, reflectUnder } from '../../src/optics/addingDoubling.ts';
import { buildClientTable, pigmentedRatio, recolourSkin } from '../../src/optics/clientTable.ts';
import { OpticsInputError } from '../../src/optics/opticsInputError.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';
import { dermisAt, epidermisAt, skinReflectance } from '../../src/optics/skinReflectance.ts';
import { SKIN_STREAMS } from '../../src/optics/streams.ts';
import { SKIN_PHASE } from '../../src/optics/tissue.ts';
import { REFERENCE_SKINS } from '../fixtures/opticsReference.ts';

const black: Pigment = {
  neatTau: 6,
  shape: CARBON_SHAPE,
  scatterRatio: 0.05,
  basis: 'spectral',
  sigmaLogTau: 0.25,
};

const skins = REFERENCE_SKINS.map((skin) => {
  const fit = { parameters: skin, residualDeltaE00: 0, reflectance: skinReflectance(skin) };
  return { skin, table: buildClientTable(lab65(...skin.lab), { fit }) };
});

/** The ratio that the table tells, worked out where it is asked for. */
function solverFor(skin: (typeof REFERENCE_SKINS)[number]) {
  const stacks = SKIN_PHASE.map((phase, i) => {
    const epidermis = epidermisAt(skin, i);
    const dermis = dermisAt(skin, i);
    const cover = makeCover([
      makeSlab(phase, epidermis.absorption, epidermis.scattering, 0.08),
      makeSlab(phase, dermis.absorption, dermis.scattering, 0.05),
    ]);
    const deep = layOnto(makeSlab(phase, dermis.absorption, dermis.scattering, 6), BLACK);
    return (a: number, s: number) =>
      SKIN_STREAMS.surfaceReflection +
      reflectUnder(cover, layOnto(makeSlab(phase, dermis.absorption + a, dermis.scattering + s, 0.25), deep));
  });
  return (i: number, absorption: number, scattering: number) => stacks[i]!(absorption, scattering) / stacks[i]!(0, 0);
}

describe('bare skin', () => {
  for (const { skin } of skins) {
    test(`${skin.name} agrees with the reference spectrum within 1e-4`, () => {
      const reflectance = skinReflectance(skin);
      const worst = Math.max(...skin.reflectance.map((value, i) => Math.abs(reflectance[i]! - value)));
      expect(worst).toBeLessThan(1e-4);
    });
  }
});

describe('client table', () => {
  for (const { skin, table } of skins) {
    test(`${skin.name}: area and closed layer agree with the reference within .03 ΔE00`, () => {
      skin.area.forEach(({ partsDiluent, lab }, i) => {
        const healed = predictHealed(table, black, { ...DEFAULT_APPLICATION, partsDiluent, diameterMm: 0.45 });
        expect(deltaE00(healed.area, lab65(...lab))).toBeLessThan(0.03);
        expect(deltaE00(healed.solid, lab65(...skin.solid[i]!.lab))).toBeLessThan(0.03);
      });
    });

    const solved = solverFor(skin);

    test(`${skin.name}: between its nodes it follows the solver within 1e-3`, () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 30 }),
          fc.double({ min: -5, max: 4.3, noNaN: true }),
          fc.double({ min: 0, max: 3, noNaN: true }),
          (i, logAbsorption, scattering) => {
            const absorption = Math.exp(logAbsorption);
            const off = pigmentedRatio(table, i, absorption, scattering) - solved(i, absorption, scattering);
            expect(Math.abs(off)).toBeLessThan(1e-3);
          },
        ),
        { seed: 5, numRuns: 300 },
      );
    });

    test(`${skin.name}: so it does within 6e-4 for blacks and 1.5e-3 for browns`, () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 30 }),
          fc.double({ min: -5, max: 4.3, noNaN: true }),
          fc.double({ min: 0, max: 2, noNaN: true }),
          (i, logAbsorption, share) => {
            const absorption = Math.exp(logAbsorption);
            const off = (scattering: number) =>
              Math.abs(pigmentedRatio(table, i, absorption, scattering) - solved(i, absorption, scattering));
            expect(off(absorption / 20)).toBeLessThan(6e-4);
            expect(off(Math.min(10, share * absorption))).toBeLessThan(1.5e-3);
          },
        ),
        { seed: 6, numRuns: 300 },
      );
    });
  }

  test('without pigment the prediction is exactly the measured colour', () => {
    const measured = lab65(58.3, 11.2, 17.9);
    const table = buildClientTable(measured);
    expect(spectrumToLab65(table.bare)).toEqual([
      expect.closeTo(58.3, 8),
      expect.closeTo(11.2, 8),
      expect.closeTo(17.9, 8),
    ]);
    const healed = predictHealed(table, black, { ...DEFAULT_APPLICATION, densityPerCm2: 0 });
    expect(deltaE00(healed.area, measured)).toBeLessThan(1e-6);
  });

  test('another skin of the same tissue has its own colour and the same ratios, unless it cannot be', () => {
    const { table } = skins[0]!;
    const [L, a, b] = table.skin;
    const other = recolourSkin(table, lab65(L - 1, a + 0.5, b));
    expect(spectrumToLab65(other.bare)).toEqual([L - 1, a + 0.5, b].map((value) => expect.closeTo(value, 8)));
    expect(other.ratios).toBe(table.ratios);
    expect(recolourSkin(table, lab65(30, -100, 100))).toBe(table);
  });

  test('pigment at the junction looks darker than deeper pigment', () => {
    const healed = [0, 0.05, 0.2].map((gapMm) =>
      predictHealed(buildClientTable(lab65(58.3, 11.2, 17.9), { gapMm }), black, DEFAULT_APPLICATION),
    );
    expect(healed[0]!.area[0]).toBeLessThan(healed[1]!.area[0]);
    expect(healed[1]!.area[0]).toBeLessThan(healed[2]!.area[0]);
  });

  test('refuses colours that no skin has', () => {
    expect(() => buildClientTable(lab65(Number.NaN, 0, 0))).toThrow(OpticsInputError);
    expect(() => buildClientTable(lab65(30, -100, 100))).toThrow(OpticsInputError);
  });
});
