import { describe, expect, it } from 'vitest';
import { printCardReference, readCardReference } from '../../src/app/cardReference.ts';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { writeCxf } from '../../src/catalog/formats/writeCxf.ts';
import type { Shade } from '../../src/catalog/shade.ts';
import { lab50ToLab65 } from '../../src/colour/adaptBradford.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { AFTER_2014_D50 } from '../../src/photo/calibration/chartReferences.ts';
import { PATCH_REFLECTANCES } from '../../src/photo/calibration/patchReflectances.ts';
import { sampleCatalog, sampleMeasurement, sampleShade } from '../catalog/sampleShade.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const csv = (rows: readonly (readonly (string | number)[])[], header = 'code,L,a,b') =>
  bytes(`${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
const byRows = AFTER_2014_D50.map((lab, i) => [`P${i + 1}`, ...lab]);
const D50_2 = { illuminant: 'D50', observer: '2' } as const;
const TARGET = AFTER_2014_D50.map(lab50ToLab65);
const worst = (labs: readonly (typeof TARGET)[number][]) =>
  Math.max(...labs.map((lab, i) => deltaE00(lab, TARGET[i]!)));

describe('readCardReference', () => {
  it('reads Lab of a table once its light and observer are said', () => {
    expect(worst(readCardReference(csv(byRows), 'card.csv', D50_2))).toBeLessThan(0.1);
    expect(() => readCardReference(csv(byRows), 'card.csv')).toThrow(/illuminant.*observer/s);
    expect(() => readCardReference(csv(byRows), 'card.csv', { illuminant: 'D50' })).toThrow('observer');
    expect(() => readCardReference(csv(byRows), 'card.csv', { illuminant: 'D50', observer: '10' })).toThrow('10°');
  });

  it('knows patches listed by columns or from the end, and refuses an order that is none', () => {
    const order = (placeOf: (i: number) => number) => csv(byRows.map((_, i) => byRows[placeOf(i)]!));
    const byColumns = order((i) => (i % 4) * 6 + Math.floor(i / 4));
    expect(worst(readCardReference(byColumns, 'card.csv', D50_2))).toBeLessThan(0.1);
    expect(
      worst(
        readCardReference(
          order((i) => 23 - i),
          'card.csv',
          D50_2,
        ),
      ),
    ).toBeLessThan(0.1);
    expect(() =>
      readCardReference(
        order((i) => ((7 * i) % 24) ^ (i & 1)),
        'card.csv',
        D50_2,
      ),
    ).toThrow(/card\.csv/);
  });

  it('reads CGATS, where the file says its conditions, and spectra without asking', () => {
    const fields = 'SAMPLE_ID LAB_L LAB_A LAB_B';
    const data = byRows.map((row) => row.join(' ')).join('\n');
    const cgats = `CGATS.17\nILLUMINANT "D50"\nWEIGHTING_FUNCTION "OBSERVER, 2 degree"\nNUMBER_OF_FIELDS 4\nBEGIN_DATA_FORMAT\n${fields}\nEND_DATA_FORMAT\nNUMBER_OF_SETS 24\nBEGIN_DATA\n${data}\nEND_DATA\n`;
    expect(worst(readCardReference(bytes(cgats), 'card.txt', { observer: '2' }))).toBeLessThan(0.1);
    const spectra = csv(
      PATCH_REFLECTANCES.map((reflectance, i) => [`P${i + 1}`, reflectance.join(' ')]),
      'code,spectrum',
    );
    expect(worst(readCardReference(spectra, 'card.csv'))).toBeLessThan(6);
  });

  it('reads CxF, Lab and spectra alike', () => {
    const shades = AFTER_2014_D50.map((lab, i) => {
      return sampleShade({
        code: `P${i + 1}`,
        masstone: sampleMeasurement([...lab], { illuminant: 'D50' }),
        letDowns: [],
      });
    });
    const cxf = (chosen: Shade[]) => bytes(writeCxf(sampleCatalog(chosen), '2026-11-23'));
    expect(worst(readCardReference(cxf(shades), 'card.cxf'))).toBeLessThan(0.1);
    const measured = shades.map((shade, i) => {
      const spectrum = [...PATCH_REFLECTANCES[i]!];
      return { ...shade, masstone: { ...sampleMeasurement([0, 0, 0]), lab: undefined, spectrum } };
    });
    expect(worst(readCardReference(cxf(measured as Shade[]), 'card.cxf'))).toBeLessThan(6);
  });

  it('reads what a spectrometer exports: a column a wavelength, and no codes', () => {
    const bands = Array.from({ length: 36 }, (_, at) => 380 + 10 * at);
    const rows = PATCH_REFLECTANCES.map((reflectance, i) => [
      `Patch ${i + 1}`,
      ...bands.map((nm) => {
        const value = reflectance[Math.min(30, Math.max(0, (nm - 400) / 10))]!;
        return (100 * value).toFixed(2).replace('.', ',');
      }),
    ]);
    for (const name of ['Name', 'Probe', 'Sample Name']) {
      const header = [name, ...bands.map((nm) => `${nm} nm`)].join(';');
      const table = bytes(`${header}\n${rows.map((row) => row.join(';')).join('\n')}\n`);
      expect(worst(readCardReference(table, 'card.csv')), name).toBeLessThan(6);
    }
    const lab = csv(byRows, 'Name,L*,a*,b*');
    expect(worst(readCardReference(lab, 'card.csv', D50_2))).toBeLessThan(0.1);
  });

  it('reads a .ti3 as ArgyllCMS writes it', () => {
    const bands = Array.from({ length: 31 }, (_, at) => 400 + 10 * at);
    const fields = ['SAMPLE_ID', 'SAMPLE_LOC', ...bands.map((nm) => `SPEC_${nm}`)];
    const data = PATCH_REFLECTANCES.map((reflectance, i) =>
      [i + 1, `"A${i + 1}"`, ...[...reflectance].map((value) => (100 * value).toFixed(4))].join(' '),
    );
    const ti3 = [
      'CTI3',
      'DESCRIPTOR "Argyll Calibration Target chart information 3"',
      'DEVICE_CLASS "INPUT"',
      'SPECTRAL_BANDS "31"',
      'SPECTRAL_START_NM "400.000000"',
      'SPECTRAL_END_NM "700.000000"',
      `NUMBER_OF_FIELDS ${fields.length}`,
      'BEGIN_DATA_FORMAT',
      fields.join(' '),
      'END_DATA_FORMAT',
      'NUMBER_OF_SETS 24',
      'BEGIN_DATA',
      ...data,
      'END_DATA',
    ].join('\n');
    expect(worst(readCardReference(bytes(ti3), 'card.ti3'))).toBeLessThan(6);
  });

  it('says what is wrong with a file that is no card', () => {
    expect(() => readCardReference(csv(byRows.slice(1)), 'card.csv', D50_2)).toThrow('found 23 colours');
    expect(() => readCardReference(bytes(''), 'card.csv')).toThrow('cannot be read');
    expect(() => readCardReference(csv(byRows.map(([code]) => [code!, 50, 0, 0])), 'card.csv', D50_2)).toThrow(
      'not those',
    );
    const holes = byRows.map((row, i) => (i === 3 ? [row[0]!, '', '', ''] : row));
    expect(() => readCardReference(csv(holes), 'card.csv', D50_2)).toThrow('Row 5');
  });

  it('goes into a match as an option and comes back', () => {
    const { cardReference } = parseMatchOptions({ cardReference: printCardReference(TARGET) });
    expect(worst(cardReference as never)).toBeLessThan(0.02);
    expect(() => parseMatchOptions({ cardReference: '50,0,0' })).toThrow('cardReference');
  });
});
