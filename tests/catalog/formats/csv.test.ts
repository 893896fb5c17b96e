import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldChanges } from '../../../src/catalog/fieldChanges.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { csvTemplate, writeCsv } from '../../../src/catalog/formats/writeCsv.ts';
import { mergeShade } from '../../../src/catalog/mergeShade.ts';
import { arbitraryCatalog } from '../arbitraryCatalog.ts';
import { sampleCatalog, sampleShade } from '../sampleShade.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, answers = {}) => readCatalogFile(bytes(text), 'shades.csv', answers);
const HEAD = 'code,masstone_L,masstone_a,masstone_b,illuminant,observer,geometry,substrate';
const conditions = { illuminant: 'D65', observer: '2', geometry: '45/0', substrate: 'white card' } as const;

describe('CSV round trip', () => {
  it('gives back every shade the schema accepts', () => {
    fc.assert(
      fc.property(arbitraryCatalog, (catalog) => {
        const file = read(writeCsv(catalog));
        expect(file.problems).toEqual([]);
        expect(file.rows.flatMap((row) => row.problems)).toEqual([]);
        for (const [at, shade] of catalog.shades.entries()) {
          expect(fieldChanges(shade, mergeShade(undefined, file.rows[at]!.patch, 'file'))).toEqual([]);
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('never writes a text cell that a spreadsheet would run', () => {
    const name = '=HYPERLINK("http://example.org")';
    const text = writeCsv(sampleCatalog([sampleShade({ name, notes: '@SUM(1)' })]));
    expect(text).not.toMatch(/(^|,|\n)"?[=@+]/);
    expect(read(text).rows[0]!.patch).toMatchObject({ name, notes: '@SUM(1)' });
  });
});

describe('CSV dialects', () => {
  const expected = { lab: [62.1, -1.2, 3.4], ...conditions };
  const table = (delimiter: string, numbers: string[]) =>
    [HEAD.split(','), ['DA-03', ...numbers, 'D65', '2', '45/0', 'white card']].map((row) => row.join(delimiter));

  it.each([
    ['commas', table(',', ['62.1', '-1.2', '3.4']).join('\n')],
    ['semicolons and decimal commas', table(';', ['62,1', '-1,2', '3,4']).join('\r\n')],
    ['tabs and old Mac line ends', table('\t', ['62.1', '−1.2', '3.4']).join('\r')],
    ['quoted decimal commas', table(',', ['"62,1"', '"-1,2"', '"3,4"']).join('\n')],
    ['a byte order mark', `\uFEFF${table(',', ['62.1', '-1.2', '3.4']).join('\r\n')}`],
    ['Excel’s sep line', `sep=;\r\n${table(';', ['62.1', '-1.2', '3.4']).join('\r\n')}`],
    ['Excel’s text formula', table(',', ['="62.1"', '"=""-1.2"""', '3.4']).join('\n').replace('DA-03', '="DA-03"')],
    [
      'blank lines and trailing separators',
      `${table(',', ['62.1', '-1.2', '3.4'])
        .map((line) => `${line},,`)
        .join('\n')}\n\n,,\n`,
    ],
    [
      'other headers',
      table(',', ['62.1', '-1.2', '3.4']).join('\n').replace('code,masstone_L,masstone_a,masstone_b', 'SKU,L*,a*,b*'),
    ],
  ])('reads %s', (_name, text) => {
    const file = read(text);
    expect(file.problems).toEqual([]);
    expect(file.rows).toHaveLength(1);
    expect(file.rows[0]!.patch).toEqual({ code: 'DA-03', masstone: expected });
  });

  it.each([
    ['utf-16le', [0xff, 0xfe], true],
    ['utf-16be', [0xfe, 0xff], false],
    ['utf-16le without mark', [], true],
  ])('reads %s', (_name, mark, little) => {
    const buffer = Buffer.from('code,name\nDA-03,Grün\n', 'utf16le');
    const file = readCatalogFile(Buffer.concat([Buffer.from(mark), little ? buffer : buffer.swap16()]), 'a.csv');
    expect(file.rows[0]!.patch).toEqual({ code: 'DA-03', name: 'Grün' });
  });

  it('reads Windows-1252 and says so', () => {
    const file = readCatalogFile(Buffer.from('code,name\nDA-03,Gr\xfcn\n', 'latin1'), 'a.csv');
    expect(file.rows[0]!.patch).toEqual({ code: 'DA-03', name: 'Grün' });
    expect(file.problems.map((problem) => [problem.level, problem.expected])).toEqual([['warning', 'UTF-8']]);
  });
});

describe('CSV faults', () => {
  it('asks for conditions that the table does not give', () => {
    const text = 'code,L,a,b\nDA-03,62.1,-1.2,3.4\n';
    expect(read(text).questions.map(({ field, rows }) => [field, rows])).toEqual([
      ['illuminant', 1],
      ['observer', 1],
      ['geometry', 1],
      ['substrate', 1],
    ]);
    const answered = read(text, conditions);
    expect(answered.questions).toEqual([]);
    expect(answered.rows[0]!.patch.masstone).toEqual({ lab: [62.1, -1.2, 3.4], ...conditions });
  });

  it.each([
    ['62,100.5', 'masstone_L'],
    ['1.234,5', 'masstone_L'],
    ['about 60', 'masstone_L'],
    ['NaN', 'masstone_L'],
  ])('names row and column of "%s"', (value, column) => {
    const [problem] = read(`${HEAD.replaceAll(',', ';')}\nDA-03;${value};0;0;D65;2;45/0;card\n`).rows[0]!.problems;
    expect(problem).toMatchObject({ row: 2, column, level: 'error', expected: 'a number such as 12.5 or 12,5' });
    expect(problem!.found).toContain(value);
  });

  it('wants L*, a* and b* together, and a dilution with a let-down', () => {
    const { rows } = read('code,L,a,b,letdown1_parts,letdown1_L,letdown1_a,letdown1_b\nDA-03,40,,3,,50,1,1\n');
    expect(rows[0]!.problems.map(({ column }) => column)).toEqual(['masstone_a', 'letdown1_parts']);
  });

  it('refuses a table without codes, one with a column twice, and names unknown columns', () => {
    expect(read('L,a,b\n1,2,3\n').problems[0]).toMatchObject({ column: 'code', level: 'error' });
    expect(read('code,L,L*\n1,2,3\n').problems[0]).toMatchObject({ column: 'L*', level: 'error' });
    expect(read('Artikel;L-Wert;a-Wert;b-Wert;Min\nM-1;21,4;1;2;0\n').columns).toEqual([
      { header: 'Artikel', column: 'code', example: 'M-1' },
      { header: 'L-Wert', column: 'masstone_L', example: '21,4' },
      { header: 'a-Wert', column: 'masstone_a', example: '1' },
      { header: 'b-Wert', column: 'masstone_b', example: '2' },
      { header: 'Min', column: 'min_parts', example: '0' },
    ]);
    expect(read('code,moon\n1,2\n').problems).toMatchObject([{ column: 'moon', level: 'warning' }]);
  });

  it('takes a column as the person says', () => {
    const file = read('moon,name,L\n DA-01 ,Ash,7\n', { columns: { moon: 'code', L: null } });
    expect(file.rows[0]!.patch).toEqual({ code: 'DA-01', name: 'Ash' });
  });

  it.each([
    ['one endless line', `code,name\n${'x'.repeat(300_000)}`, '200000 bytes'],
    ['an endless header', 'x'.repeat(300_000), '200000 bytes'],
    ['more rows than a line has shades', `code,name\n${'a,b\n'.repeat(60_000)}`, 'more than 50000 rows'],
    ['nothing but blanks', ' \n \n', 'an empty file'],
    ['a quotation mark never closed', `code,name\n"DA-01,Ash\n${'DA-02,b\n'.repeat(30_000)}`, 'broken row'],
  ])('refuses %s as a whole', (_name, text, found) => {
    const file = read(text);
    expect(file.rows).toEqual([]);
    expect(file.problems[0]!.found).toContain(found);
    expect(file.problems[0]!.level).toBe('error');
  });

  it('refuses a row with more cells than columns', () => {
    const [problem] = read('code,name\nDA-01,Ash, black\n').rows[0]!.problems;
    expect(problem).toMatchObject({ row: 2, found: '3 cells', expected: '2 cells' });
  });

  it('refuses archives and workbooks by name', () => {
    const file = readCatalogFile(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 'shades.xlsx');
    expect(file.problems[0]!.found).toContain('Excel');
  });
});

describe('template', () => {
  it('is read without a fault and has no rows', () => {
    const file = read(csvTemplate());
    expect(file.problems).toEqual([]);
    expect(file.rows).toEqual([]);
    expect(file.columns!.every(({ header, column }) => header === column)).toBe(true);
  });
});
