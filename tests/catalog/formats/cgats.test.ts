import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { writeCgats } from '../../../src/catalog/formats/writeCgats.ts';
import { loadPalettes } from '../../../src/catalog/loadPalettes.ts';
import { measurementToLab65 } from '../../../src/catalog/measurementToLab65.ts';
import type { Measurement } from '../../../src/catalog/shade.ts';
import { deltaE00 } from '../../../src/colour/deltaE00.ts';
import { spectrumToLab, spectrumToLab65 } from '../../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../../src/colour/lab65.ts';
import { projectRoot } from '../../../src/projectRoot.ts';

const [ash] = await loadPalettes(join(projectRoot, 'palettes'));
const d50 = { illuminant: 'D50', observer: '2', geometry: '45/0', substrate: 'white card' } as const;
const text = (content: string, answers = {}) => readCatalogFile(new TextEncoder().encode(content), 'a.txt', answers);
const fixture = (name: string, answers = {}) =>
  readCatalogFile(readFileSync(join(projectRoot, 'tests/fixtures/measurements', name)), name, answers);
const reading = (patch: { masstone?: unknown }) => ({ ...(patch.masstone as object), source: 'file' }) as Measurement;

describe('files written by ArgyllCMS', () => {
  it('cxf2ti3: spectra in percent, even where all are below 1 %', () => {
    const file = fixture('argyll-cxf2ti3.cie');
    expect(file.rows.map((row) => row.patch.code)).toEqual(['DA-01', 'DA-02', 'DA-03', 'DA-04', 'DA-05']);
    for (const [at, row] of file.rows.entries()) {
      const { spectrum, lab } = ash!.shades[at]!.masstone;
      expect(row.patch.masstone!.lab).toEqual(lab);
      for (const [i, value] of row.patch.masstone!.spectrum!.entries()) expect(value).toBeCloseTo(spectrum![i]!, 5);
    }
  });

  it('txt2ti3: names in the location field', () => {
    const file = fixture('argyll-txt2ti3.ti3', d50);
    expect(file.rows.map((row) => row.patch.code)).toEqual(['DA-01', 'DA-02', 'DA-03', 'DA-04', 'DA-05']);
    const [first] = file.rows;
    expect(
      deltaE00(measurementToLab65(reading(first!.patch)), measurementToLab65(ash!.shades[0]!.masstone)),
    ).toBeLessThan(0.2);
  });

  it.each([
    ['D65LAB beside a LAB of mixed white points', /SPEC_/g],
    ['XYZ rather than a LAB of mixed white points', /SPEC_|D65LAB/g],
  ])('spec2cie: takes %s, which agrees with our integration of its spectra', (_name, hidden) => {
    const content = readFileSync(join(projectRoot, 'tests/fixtures/measurements/argyll-spec2cie-d65.ti3'), 'utf8');
    const withSpectra = text(content, d50);
    const withoutSpectra = text(content.replaceAll(hidden, 'OTHER_'), { observer: '2' });
    for (const [at, row] of withSpectra.rows.entries()) {
      const ours = spectrumToLab65(Float64Array.from(row.patch.masstone!.spectrum!));
      const { lab, illuminant } = withoutSpectra.rows[at]!.patch.masstone!;
      expect(illuminant).toBe('D65');
      expect(deltaE00(ours, lab65(...lab!))).toBeLessThan(0.1);
    }
  });

  it('spec2cie: its Lab for D50 agrees too, and its conditions are asked', () => {
    const spectra = fixture('argyll-spec2cie-d65.ti3').rows.map((row) => row.patch.masstone!.spectrum!);
    const file = fixture('argyll-spec2cie-d50.ti3');
    expect(file.questions.map(({ field }) => field)).toEqual(['illuminant', 'observer', 'geometry', 'substrate']);
    for (const [at, row] of file.rows.entries()) {
      const ours = spectrumToLab(Float64Array.from(spectra[at]!), 'D50');
      expect(deltaE00(lab65(...ours), lab65(...row.patch.masstone!.lab!))).toBeLessThan(0.1);
    }
  });
});

describe('CGATS round trip', () => {
  it('gives back codes, colours, spectra and common conditions', () => {
    const file = text(writeCgats(ash!, '2026-01-02'));
    expect(file.questions).toEqual([]);
    for (const [at, row] of file.rows.entries()) {
      const { masstone, code } = ash!.shades[at]!;
      expect(row.patch.code).toBe(code);
      expect(row.patch.masstone).toMatchObject({
        illuminant: 'D50',
        observer: '2',
        geometry: masstone.geometry,
        substrate: 'white card',
      });
      for (const [i, value] of row.patch.masstone!.spectrum!.entries())
        expect(value).toBeCloseTo(masstone.spectrum![i]!, 6);
      expect(deltaE00(measurementToLab65(reading(row.patch)), measurementToLab65(masstone))).toBeLessThan(0.01);
    }
  });
});

describe('CGATS of other programs', () => {
  const table = (head: string, fields: string, row: string) =>
    `${head}\nNUMBER_OF_FIELDS 4\nBEGIN_DATA_FORMAT\n${fields}\nEND_DATA_FORMAT\nNUMBER_OF_SETS 1\nBEGIN_DATA\n${row}\nEND_DATA\n`;
  const LAB = 'SAMPLE_NAME LAB_L LAB_A LAB_B';

  it.each([
    ['WEIGHTING_FUNCTION "ILLUMINANT, D65"\nWEIGHTING_FUNCTION "OBSERVER, 10 degree"', 'D65', '10'],
    ['MEASUREMENT_SOURCE "Illumination=D50 ObserverAngle=2 WhiteBase=Abs Filter=No"', 'D50', '2'],
    ['ILLUMINATION_NAME "A"\nOBSERVER_ANGLE "2"', undefined, '2'],
    ['ILLUMINANT "D50"\nOBSERVER "2"', 'D50', '2'],
  ])('reads %s', (head, illuminant, observer) => {
    const { masstone } = text(table(`CGATS.17\n${head}`, LAB, '"Ash 1" 40 1 -2')).rows[0]!.patch;
    expect([masstone!.illuminant, masstone!.observer, masstone!.lab]).toEqual([illuminant, observer, [40, 1, -2]]);
  });

  it.each([
    ['data cut off', `CGATS.17\nBEGIN_DATA_FORMAT\n${LAB}\nEND_DATA_FORMAT\nBEGIN_DATA\nx 1 2 3\n`, 'no END_DATA'],
    ['a value missing', table('CGATS.17', LAB, 'x 1 2'), '3 values for rows of 4 fields'],
    ['no format', 'CGATS.17\nBEGIN_DATA\nx 1 2 3\nEND_DATA\n', 'data without a data format'],
    ['no colours', table('CGATS.17', 'SAMPLE_NAME CMYK_C CMYK_M CMYK_Y', 'x 1 2 3'), 'without Lab'],
    ['a text never closed', `CGATS.17\n${'"'.repeat(1_000_001)}`, 'never closed'],
    ['no data', 'CGATS.17\nORIGINATOR "x"\n', 'no data'],
  ])('refuses %s', (_name, content, found) => {
    const file = text(content);
    expect(file.rows).toEqual([]);
    expect(file.problems[0]!.found).toContain(found);
  });

  it('names the sample and field that is no number', () => {
    const [problem] = text(table('CGATS.17', LAB, 'x 1 nan 3')).rows[0]!.problems;
    expect(problem).toMatchObject({ row: 1, column: 'LAB_A', level: 'error' });
  });
});
