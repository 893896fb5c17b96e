import { describe, expect, test } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { spectrumToLab65 } from '../../src/colour/integrateSpectrum.ts';
import { type Lab65, lab65 } from '../../src/colour/lab65.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { filmGround, filmReflectance } from '../../src/optics/filmReflectance.ts';
import { OpticsInputError } from '../../src/optics/opticsInputError.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import type { PigmentGround, PigmentReading } from '../../src/optics/pigmentData.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { pigmentFromData } from '../../src/optics/pigmentFromData.ts';
import { CARBON_SHAPE, POWDERS, SCATTERING_SHAPE } from '../../src/optics/pigmentShapes.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';

const WHITE_CARD: PigmentGround = { kind: 'film', thicknessMm: 0.024, substrateReflectance: 0.84 };
const BLACK_CARD: PigmentGround = { kind: 'film', thicknessMm: 0.024, substrateReflectance: 0.03 };

/** A brown: carbon with red oxide, .8 and .3 g/m² a dot. */
const brownAbsorption = POWDERS.carbon.absorption.map(
  (value, i) => 0.8 * value + 0.3 * POWDERS.redOxide.absorption[i]!,
);
const brownTau = brownAbsorption[15]!;
const brown: Pigment = {
  neatTau: brownTau,
  shape: brownAbsorption.map((value) => value / brownTau),
  scatterRatio: (0.8 * POWDERS.carbon.scattering + 0.3 * POWDERS.redOxide.scattering) / brownTau,
  basis: 'spectral',
  sigmaLogTau: 0.25,
};
const black: Pigment = { ...brown, neatTau: 6, shape: CARBON_SHAPE, scatterRatio: 0.05 };

function draw(pigment: Pigment, partsDiluent: number, ground: PigmentGround, spectral: boolean): PigmentReading {
  const film = filmGround(ground, 'excluded');
  const strength = (film.films * pigment.neatTau) / (1 + partsDiluent);
  const spectrum = pigment.shape.map((value, i) =>
    filmReflectance(strength * value, strength * pigment.scatterRatio * SCATTERING_SHAPE[i]!, film),
  );
  const reading = {
    field: `parts ${partsDiluent}`,
    partsDiluent,
    lab: spectrumToLab65(spectrum),
    gloss: 'excluded',
    ground,
  } as const;
  return spectral ? { ...reading, spectrum } : reading;
}

const ladder = (pigment: Pigment, spectral: boolean): PigmentReading[] =>
  [0, 5, 20, 60].map((parts) => draw(pigment, parts, WHITE_CARD, spectral));
const swatch = (lab: Lab65, ground: PigmentGround): PigmentReading => ({
  field: 'masstone',
  partsDiluent: 0,
  lab,
  gloss: 'included',
  ground,
});

describe('film on a card', () => {
  test('an opaque layer hides its ground; gloss adds what a surface of index 1.5 throws back', () => {
    const opaque = filmGround({ kind: 'opaque' }, 'excluded');
    const glossy = filmGround({ kind: 'opaque' }, 'included');
    expect(opaque.gloss).toBe(0);
    expect(glossy.gloss).toBe(0.04);
    expect(filmReflectance(5, 5, glossy) - filmReflectance(5, 5, opaque)).toBeCloseTo(0.04, 12);
    // Saunderson: of light turned back whole below the surface, all but the gloss comes out again; of half, less.
    expect(filmReflectance(0, 1e5, opaque)).toBeCloseTo(0.96, 4);
    const half = filmReflectance(0, 0, { films: 1, inside: 0.5, gloss: 0 });
    expect(half).toBeCloseTo((0.96 * 0.4 * 0.5) / (1 - 0.6 * 0.5), 6);
    // Saunderson: a card without film reads back as it was stated.
    for (const stated of [0.03, 0.84]) {
      const card = filmGround({ ...WHITE_CARD, substrateReflectance: stated } as PigmentGround, 'excluded');
      expect(filmReflectance(0, 0, card)).toBeCloseTo(stated, 6);
      const shiny = filmGround({ ...WHITE_CARD, substrateReflectance: stated + 0.04 } as PigmentGround, 'included');
      expect(filmReflectance(0, 0, shiny)).toBeCloseTo(stated + 0.04, 6);
    }
  });
});

describe('spectra of drawdowns', () => {
  test.each([
    ['black', black],
    ['brown', brown],
  ] as const)('give strength and spectrum of a %s back', (_, pigment) => {
    const found = pigmentFromData({ readings: ladder(pigment, true) });
    expect(found.basis).toBe('spectral');
    expect(found.neatTau / pigment.neatTau).toBeCloseTo(1, 2);
    pigment.shape.forEach((value, i) => {
      expect(Math.abs(found.shape[i]! / value - 1)).toBeLessThan(0.02);
    });
    expect(Math.abs(found.scatterRatio / pigment.scatterRatio - 1)).toBeLessThan(0.1);
  });

  test('over white and over black tell absorption from scattering at one dilution', () => {
    const readings = [draw(brown, 10, WHITE_CARD, true), draw(brown, 10, BLACK_CARD, true)];
    const found = pigmentFromData({ readings });
    expect(found.neatTau / brown.neatTau).toBeCloseTo(1, 2);
    expect(Math.abs(found.scatterRatio / brown.scatterRatio - 1)).toBeLessThan(0.1);
  });

  test('a thicker film is not a stronger pigment', () => {
    const thick: PigmentGround = { ...WHITE_CARD, thicknessMm: 0.06 };
    const found = pigmentFromData({ readings: [0, 20, 60].map((parts) => draw(black, parts, thick, true)) });
    expect(found.neatTau / black.neatTau).toBeCloseTo(1, 2);
  });

  test('bare films are refused', () => {
    const nothing = { ...black, neatTau: 1e-7 };
    expect(() => pigmentFromData({ readings: ladder(nothing, true) })).toThrow(/look bare/);
  });
});

describe('a ladder of colours', () => {
  test('gives a healed colour close to the pigment’s own', () => {
    const table = buildClientTable(lab65(65.7, 10.7, 13.4));
    for (const pigment of [black, brown]) {
      const found = pigmentFromData({ readings: ladder(pigment, false) });
      expect(found.basis).toBe('ladder');
      expect(Math.abs(Math.log(found.neatTau / pigment.neatTau))).toBeLessThan(0.1);
      for (const partsDiluent of [3, 12]) {
        const set = { ...DEFAULT_APPLICATION, partsDiluent, diameterMm: 0.45 };
        expect(deltaE00(predictHealed(table, found, set).solid, predictHealed(table, pigment, set).solid)).toBeLessThan(
          1,
        );
      }
    }
  });

  test('that darkens when thinned is refused by the row’s name', () => {
    const [masstone, ...rest] = ladder(black, false);
    const swapped = [masstone!, { ...rest[0]!, partsDiluent: 60 }, { ...rest[2]!, partsDiluent: 5 }];
    const attempt = () => pigmentFromData({ readings: swapped });
    expect(attempt).toThrow(OpticsInputError);
    expect(attempt).toThrow(/two rows may be exchanged/);
  });
});

describe('one swatch', () => {
  test('a black masstone is taken for carbon of usual strength', () => {
    const found = pigmentFromData({ readings: [swatch(lab65(8, 0.2, -0.5), { kind: 'opaque' })] });
    expect(found.shape).toEqual(CARBON_SHAPE);
    expect(found.neatTau).toBe(6);
    expect(found.sigmaLogTau).toBeCloseTo(Math.LN2, 12);
  });

  test('a healed swatch on a stated skin gives that colour back on that skin', () => {
    const skin = lab65(54, 11.7, 18.9);
    const table = buildClientTable(skin);
    const seen = predictHealed(table, brown, { ...DEFAULT_APPLICATION, partsDiluent: 6 }).solid;
    const found = pigmentFromData({ readings: [swatch(seen, { kind: 'skin', lab: skin })] });
    expect(found.basis).toBe('swatch');
    expect(deltaE00(predictHealed(table, found, DEFAULT_APPLICATION).solid, seen)).toBeLessThan(1);
  });

  test('one film on a card tells strength and thickness apart by a factor of two only', () => {
    const found = pigmentFromData({ readings: [draw(black, 20, WHITE_CARD, false)] });
    expect(found.basis).toBe('swatch');
    expect(found.sigmaLogTau).toBeCloseTo(Math.LN2, 12);
    expect(Math.abs(Math.log(found.neatTau / black.neatTau))).toBeLessThan(0.3);
  });

  test('a lighter swatch is a weaker pigment', () => {
    const strength = (L: number) => pigmentFromData({ readings: [swatch(lab65(L, 4, 2), { kind: 'opaque' })] }).neatTau;
    expect(strength(52)).toBeLessThan(strength(46));
  });
});

describe('stated optics', () => {
  test('win over any reading', () => {
    const readings = [swatch(lab65(40, 0, 0), { kind: 'opaque' })];
    const found = pigmentFromData({ known: { neatTau: 3, shape: 'carbon', scatterRatio: 0.1 }, readings });
    expect(found).toMatchObject({ neatTau: 3, scatterRatio: 0.1, basis: 'spectral', shape: CARBON_SHAPE });
    const shape = new Float64Array(31).fill(1);
    expect(pigmentFromData({ known: { neatTau: 3, shape, scatterRatio: 0.1 }, readings }).shape).toBe(shape);
    const short = () => pigmentFromData({ known: { neatTau: 3, shape: shape.slice(1), scatterRatio: 0.1 }, readings });
    expect(short).toThrow('Expected 31 values for optics.shape but received 30.');
  });
});

describe('absurd data', () => {
  const good = ladder(black, true);
  const spoil = (change: Partial<PigmentReading>) => () =>
    pigmentFromData({ readings: [good[0]!, { ...good[1]!, field: 'letDowns.0', ...change }] });

  test.each([
    ['letDowns.0.spectrum', spoil({ spectrum: new Float64Array(31).fill(-0.1) })],
    ['letDowns.0.spectrum', spoil({ spectrum: new Float64Array(31).fill(Number.NaN) })],
    ['letDowns.0.spectrum', spoil({ spectrum: new Float64Array(30).fill(0.5) })],
    ['letDowns.0.lab', spoil({ lab: lab65(Number.NaN, 0, 0) })],
    ['letDowns.0.partsDiluent', spoil({ partsDiluent: -5 })],
    ['letDowns.0.thicknessMm', spoil({ ground: { ...WHITE_CARD, thicknessMm: 0 } })],
    [
      'optics.neatTau',
      () => pigmentFromData({ known: { neatTau: -1, shape: 'carbon', scatterRatio: 0 }, readings: [] }),
    ],
    [
      'optics.shape',
      () => pigmentFromData({ known: { neatTau: 1, shape: new Float64Array(3), scatterRatio: 0 }, readings: [] }),
    ],
    ['masstone', () => pigmentFromData({ readings: [] })],
  ] as const)('names %s', (field, attempt) => {
    try {
      attempt();
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(OpticsInputError);
      expect((error as OpticsInputError).field).toBe(field);
    }
  });
});
