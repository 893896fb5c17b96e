import { expect, it } from 'vitest';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';

const read = (lines: readonly string[], answers = {}) =>
  readCatalogFile(new TextEncoder().encode(lines.join('\n')), 'export.csv', answers);
const steps = (from: number, to: number, step: number) =>
  Array.from({ length: (to - from) / step + 1 }, (_, at) => from + at * step);
/** A reflectance that rises evenly with the wavelength, so that it is the same at any sampling. */
const at = (nm: number) => 0.05 + (nm - 400) / 1000;

it.each([
  [
    'percent, semicolons and decimal commas',
    ';',
    (nm: number) => `${nm} nm`,
    (nm: number) => (100 * at(nm)).toFixed(3).replace('.', ','),
  ],
  ['fractions', ',', (nm: number) => `R_${nm}`, (nm: number) => at(nm).toFixed(5)],
  ['the names of CGATS', '\t', (nm: number) => `SPECTRAL_NM${nm}`, (nm: number) => at(nm).toFixed(5)],
])('puts a spectrum together from the columns of an instrument: %s', (_name, delimiter, header, value) => {
  const bands = steps(380, 730, 10);
  const file = read([
    ['Sample Name', ...bands.map(header)].join(delimiter),
    ['T-01', ...bands.map(value)].join(delimiter),
    // A dark sample alone would not show that the numbers are percentages.
    ['T-02', ...bands.map((nm) => (value(nm).includes(',') ? '0,9' : '0.009'))].join(delimiter),
  ]);
  expect(file.problems).toEqual([]);
  const [light, dark] = file.rows.map(({ patch }) => patch);
  expect(light).toMatchObject({ code: 'T-01' });
  expect(light!.masstone!.spectrum).toEqual(steps(400, 700, 10).map((nm) => expect.closeTo(at(nm), 4)));
  expect(dark!.masstone!.spectrum).toEqual(Array(31).fill(expect.closeTo(0.009, 6)));
  expect(file.questions.map(({ field }) => field)).toEqual(['geometry', 'substrate']);
});

it('takes steps of 20 nm and says which number is missing', () => {
  const bands = steps(400, 700, 20);
  const [head, whole, holed] = [
    ['code', ...bands].join(','),
    ['T-01', ...bands.map((nm) => at(nm))].join(','),
    ['T-02', ...bands.map((nm) => (nm === 480 ? '' : at(nm)))].join(','),
  ];
  const file = read([head!, whole!, holed!, `T-03${','.repeat(bands.length)}`]);
  expect(file.rows[0]!.patch.masstone!.spectrum![1]).toBeCloseTo(at(410), 6);
  expect(file.rows[1]!.problems).toMatchObject([{ row: 3, column: '480', found: 'nothing', expected: 'a number' }]);
  expect(file.rows[2]!.patch.masstone).toBeUndefined();
});

it('leaves numbers out that are no spectrum', () => {
  const file = read(['code,400,500,650', 'T-01,1,2,3']);
  expect(file.columns!.map(({ column }) => column)).toEqual(['code', null, null, null]);
  expect(file.rows[0]!.patch.masstone).toBeUndefined();
  // A column of codes goes before one that may only be taken for it.
  expect(read(['Sample ID,code', '1,T-01']).columns!.map(({ column }) => column)).toEqual([null, 'code']);
});
