import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldChanges } from '../../../src/catalog/fieldChanges.ts';
import { catalogJsonSchema, writeJson } from '../../../src/catalog/formats/json.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { mergeShade } from '../../../src/catalog/mergeShade.ts';
import { arbitraryCatalog } from '../arbitraryCatalog.ts';

const read = (text: string) => readCatalogFile(new TextEncoder().encode(text), 'catalog.json');

describe('JSON', () => {
  it('round trips every catalog the schema accepts', () => {
    fc.assert(
      fc.property(arbitraryCatalog, (catalog) => {
        const file = read(writeJson(catalog));
        expect(file.questions).toEqual([]);
        expect(file.header).toMatchObject({ id: 'random', version: 1 });
        for (const [at, shade] of catalog.shades.entries()) {
          expect(fieldChanges(shade, mergeShade(undefined, file.rows[at]!.patch, 'file'))).toEqual([]);
        }
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it.each([
    ['{"shades": [', 'not JSON'],
    ['{"a": 1}', 'without shades'],
    ['[]x', 'not JSON'],
  ])('refuses %s', (text, found) => {
    expect(read(text).problems[0]!.found).toContain(found);
  });

  it('refuses endless nesting before parsing it, and takes brackets inside text', () => {
    expect(read('['.repeat(5_000_000)).problems[0]!.found).toContain('nested');
    expect(read(`[${'[],'.repeat(4_000_001)}1]`).problems[0]!.found).toContain('nested');
    expect(read(`[{"code": "A", "notes": "${'['.repeat(100)}\\" ["}]`).rows).toHaveLength(1);
  });

  it('refuses entries that are no shades, row by row', () => {
    const file = read('[7, {"code": "A"}, null]');
    expect(file.rows.map((row) => row.problems.length)).toEqual([1, 0, 1]);
  });

  it('keeps foreign keys out of the catalog', () => {
    const file = read('[{"code": "A", "__proto__": {"polluted": true}, "toString": 1}]');
    const merged = mergeShade(undefined, file.rows[0]!.patch, 'file');
    expect(Object.keys(merged)).not.toContain('toString');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('publishes a JSON Schema that names every field', () => {
    const schema = JSON.stringify(catalogJsonSchema());
    for (const field of ['shades', 'masstone', 'illuminant', 'partsDiluent']) expect(schema).toContain(`"${field}"`);
  });
});
