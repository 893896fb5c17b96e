import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffCatalogs } from '../../src/catalog/diffCatalogs.ts';
import type { Answers } from '../../src/catalog/formats/catalogFile.ts';
import { writeJson } from '../../src/catalog/formats/json.ts';
import { readCatalogFile } from '../../src/catalog/formats/readCatalogFile.ts';
import { writeCsv } from '../../src/catalog/formats/writeCsv.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import type { Catalog } from '../../src/catalog/shade.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { sampleCatalog, sampleShade } from './sampleShade.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const csv = (text: string, answers: Answers = {}) => readCatalogFile(bytes(text), 'import.csv', answers);
const conditions = { illuminant: 'D65', observer: '2', geometry: '45/0', substrate: 'white card' } as const;
const two = () => sampleCatalog([sampleShade(), sampleShade({ code: 'T-02', name: 'Test 2' })]);

describe('re-importing an export', () => {
  it.each([
    ['CSV', (catalog: Catalog) => writeCsv(catalog), 'a.csv'],
    ['JSON', (catalog: Catalog) => writeJson(catalog), 'a.json'],
  ])('changes nothing (%s)', async (_name, write, file) => {
    for (const catalog of await loadPalettes(join(projectRoot, 'palettes'))) {
      const diff = diffCatalogs(catalog, readCatalogFile(bytes(write(catalog)), file));
      expect(diff.same).toHaveLength(catalog.shades.length);
      expect([diff.added, diff.changed, diff.rejected, diff.untouched]).toEqual([[], [], [], []]);
      expect(diff.result).toEqual(catalog);
    }
  });
});

describe('a partial table', () => {
  it('changes only the cells it has: absent columns and rows delete nothing', () => {
    const catalog = two();
    const diff = diffCatalogs(catalog, csv('code,typical_parts,notes\nT-01,10,checked\n'));
    expect(diff.changed).toMatchObject([
      {
        row: 2,
        fields: [
          { field: 'typicalParts', from: 12, to: 10 },
          { field: 'notes', from: undefined, to: 'checked' },
        ],
      },
    ]);
    expect(diff.untouched).toEqual(['T-02']);
    expect(diff.result.shades).toEqual([
      { ...catalog.shades[0], typicalParts: 10, notes: 'checked' },
      catalog.shades[1],
    ]);
  });

  it('clears an optional field only by "-", and leaves the catalog given alone', () => {
    const catalog = two();
    const before = structuredClone(catalog);
    const diff = diffCatalogs(catalog, csv('code,typical_parts,lots\nT-01,-,\nT-02,,-\n'));
    expect(diff.result.shades[0]!.typicalParts).toBeUndefined();
    expect(diff.result.shades[0]!.lots).toHaveLength(1);
    expect(diff.result.shades[1]!.lots).toEqual([]);
    expect(catalog).toEqual(before);
  });

  it('meets let-downs by their dilution and keeps the others', () => {
    const text = 'code,letdown1_parts,letdown1_L,letdown1_a,letdown1_b\nT-01,20,61,1,4\n';
    const diff = diffCatalogs(two(), csv(text, conditions));
    expect(diff.changed[0]!.fields.map(({ field }) => field)).toEqual([
      'letDowns[1].measurement.lab[0]',
      'letDowns[1].measurement.source',
    ]);
    expect(diff.result.shades[0]!.letDowns).toHaveLength(2);
  });
});

describe('rows that cannot be taken', () => {
  it('say row, column, found, expected and fix, and leave the shade as it was', () => {
    const catalog = two();
    const diff = diffCatalogs(catalog, csv('code,L,a,b\nT-01,621,0,0\nT-02,30,0,0\n', conditions));
    expect(diff.rejected).toMatchObject([
      {
        row: 2,
        problems: [{ row: 2, column: 'masstone_L', found: '621', expected: 'at most 100', level: 'error' }],
      },
    ]);
    expect(diff.result.shades[0]).toEqual(catalog.shades[0]);
    expect(diff.changed.map(({ row }) => row)).toEqual([3]);
  });

  it('are asked for their illuminant instead of inheriting it', () => {
    const diff = diffCatalogs(two(), csv('code,L,a,b,observer,geometry,substrate\nT-01,30,0,0,2,45/0,card\n'));
    expect(diff.rejected[0]!.problems).toMatchObject([{ column: 'illuminant', found: 'nothing' }]);
  });

  it('include the second row of a code and new shades without their fields', () => {
    const diff = diffCatalogs(two(), csv('code,name\nT-01,One\nt-01,Other\nT-03,New\n,Nameless\n'));
    expect(diff.rejected.map(({ row }) => row).sort()).toEqual([3, 4, 5]);
    expect(diff.rejected.find(({ row }) => row === 4)!.problems.map(({ column }) => column)).toContain('masstone_L');
    expect(diff.rejected.find(({ row }) => row === 5)!.problems.map(({ column }) => column)).toContain('code');
  });

  it('take down rows that depend on them', () => {
    const text = 'code,status,replacement,min_parts\nT-01,discontinued,T-02,\nT-02,,,50\n';
    const diff = diffCatalogs(
      sampleCatalog([sampleShade(), sampleShade({ code: 'T-02', status: 'discontinued' })]),
      csv(text),
    );
    expect(diff.rejected.map(({ row }) => row).sort()).toEqual([2, 3]);
    expect(diff.changed).toEqual([]);
  });
});

describe('laws', () => {
  const cell = fc.constantFrom('', '-', '12', '621', 'x', 'T-02', 'yes', 'D50', 'A; 2030-01-01', 'W-1');
  const column = fc.constantFrom(
    'L',
    'a',
    'b',
    'min_parts',
    'status',
    'replacement',
    'lots',
    'illuminant',
    'diluents',
    'name',
  );
  const table = fc
    .record({
      columns: fc.uniqueArray(column, { minLength: 1, maxLength: 6 }),
      codes: fc.array(fc.constantFrom('T-01', 'T-02', 'T-03', ''), { minLength: 1, maxLength: 6 }),
      seedCells: fc.array(cell, { minLength: 36, maxLength: 36 }),
    })
    .map(({ columns, codes, seedCells }) =>
      [['code', ...columns], ...codes.map((code, r) => [code, ...columns.map((_, c) => seedCells[6 * r + c]!)])]
        .map((cells) => cells.join(','))
        .join('\n'),
    );

  it('counts add up, and applying the same file again changes nothing', () => {
    fc.assert(
      fc.property(table, (text) => {
        const file = () => csv(text, conditions);
        const diff = diffCatalogs(two(), file());
        const total = diff.added.length + diff.changed.length + diff.same.length + diff.rejected.length;
        expect(total).toBe(file().rows.length);
        const again = diffCatalogs(diff.result, file());
        expect([again.added, again.changed]).toEqual([[], []]);
        expect(again.result).toEqual(diff.result);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
