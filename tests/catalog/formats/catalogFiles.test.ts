import { describe, expect, it } from 'vitest';
import type { IncomingRow } from '../../../src/catalog/formats/catalogFile.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { EXPORT_FORMATS, writeCatalogAs } from '../../../src/catalog/formats/writeCatalogAs.ts';
import { csvTemplate, writeCsv } from '../../../src/catalog/formats/writeCsv.ts';
import { sampleCatalog, sampleMeasurement, sampleShade } from '../sampleShade.ts';

const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
const shades = Array.from({ length: 3 }, (_, i) => sampleShade({ code: `T-0${i + 1}` }));
const catalog = sampleCatalog(shades);

describe('a catalog written by the ending of a file', () => {
  it.each(EXPORT_FORMATS)('%s is read again with the same codes', (ending) => {
    const name = `LINE${ending.toUpperCase()}`;
    const file = readCatalogFile(bytesOf(writeCatalogAs(catalog, name, '2026-01-02')), name);
    expect(file.problems.filter(({ level }) => level === 'error')).toEqual([]);
    expect(file.rows.map(({ patch }) => patch.code)).toEqual(['T-01', 'T-02', 'T-03']);
  });

  it('is refused for another ending, which names those there are', () => {
    expect(() => writeCatalogAs(catalog, 'line.xlsx', '2026-01-02')).toThrow('.json, .csv, .cxf, .ti3');
  });
});

describe('CGATS of a catalog', () => {
  it('has conditions only where they hold for every shade, and spectra only where every shade has one', () => {
    const spectrum = new Array<number>(31).fill(0.25);
    const measured = (code: string, instrument?: string) =>
      sampleShade({
        code,
        masstone: sampleMeasurement([57, 0, 0], { spectrum, ...(instrument ? { instrument } : {}) }),
      });
    const text = (...list: typeof shades) => writeCatalogAs(sampleCatalog(list), 'a.ti3', '2026-01-02') as string;
    const spectral = text(measured('A 1', 'i1'), measured('A-2', 'i1'));
    expect(spectral).toContain('INSTRUMENTATION "i1"');
    expect(spectral).toContain('SAMPLE_BACKING "white card"');
    expect(spectral).toContain('SPECTRAL_NM700');
    expect(spectral).toMatch(/^1 "A 1" [\d. -]+ 0\.250000$/m);
    const mixed = text(
      measured('A-1', 'i1'),
      sampleShade({ masstone: sampleMeasurement([9, 0, 0], { geometry: 'photo', substrate: 'skin' }) }),
    );
    expect(mixed).not.toMatch(/INSTRUMENTATION|GEOMETRY|BACKING|SPECTRAL/);
  });
});

describe('a long table', () => {
  const long = writeCsv(sampleCatalog(Array.from({ length: 1200 }, (_, i) => sampleShade({ code: `L-${i}` }))));

  it('is handed over row by row while its reading is followed', () => {
    const rows: IncomingRow[] = [];
    const shares: number[] = [];
    const hooks = {
      take: (row: IncomingRow) => void rows.push(row),
      watch: (share: number) => void shares.push(share),
    };
    const file = readCatalogFile(bytesOf(long), 'long.csv', {}, hooks);
    expect(file.rows).toEqual([]);
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 1200 }, (_, i) => i + 2));
    expect(shares).toHaveLength(2);
    expect(shares[0]).toBeGreaterThan(0.3);
    expect(shares[1]! / shares[0]!).toBeCloseTo(2, 1);
    expect(shares[1]).toBeLessThan(1);
  });

  it('of another format is handed over as well', () => {
    const rows: IncomingRow[] = [];
    const gpl = bytesOf(writeCatalogAs(catalog, 'a.gpl', '2026-01-02'));
    const answers = {
      rgbSpace: 'sRGB',
      illuminant: 'D65',
      observer: '2',
      geometry: '45/0',
      substrate: 'white card',
    } as const;
    expect(readCatalogFile(gpl, 'a.gpl', answers, { take: (row) => void rows.push(row) }).rows).toEqual([]);
    expect(rows.map(({ patch }) => patch.masstone!.substrate)).toEqual(new Array(3).fill('white card'));
  });

  it('is refused beyond 64 MB', () => {
    const { problems } = readCatalogFile(new Uint8Array(64 * 1024 * 1024 + 1), 'huge.csv');
    expect(problems[0]).toMatchObject({ found: '64 MB', expected: 'at most 64 MB', level: 'error' });
  });
});

describe('corrected cells of a table', () => {
  const text = 'code,name\nA-1,wrong\nA-2';

  it('stand in place of what the file says, and columns that are not there change nothing', () => {
    const cells = [
      { row: 2, column: 'name', value: 'right' },
      { row: 3, column: 'name', value: 'added' },
      { row: 3, column: 'code', value: 'A-3' },
      { row: 2, column: 'nowhere', value: 'lost' },
    ];
    const file = readCatalogFile(bytesOf(text), 'a.csv', { cells });
    expect(file.rows.map(({ patch }) => [patch.code, patch.name])).toEqual([
      ['A-1', 'right'],
      ['A-3', 'added'],
    ]);
    expect(file.cellsOf!(new Set([3])).get(3)).toEqual(['A-3', 'added']);
  });

  it('are none for an empty table', () => {
    expect(readCatalogFile(bytesOf(csvTemplate()), 'a.csv').rows).toEqual([]);
  });
});
