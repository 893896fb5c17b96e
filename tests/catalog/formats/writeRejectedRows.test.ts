import { describe, expect, it } from 'vitest';
import { diffCatalogs } from '../../../src/catalog/diffCatalogs.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { writeRejectedRows } from '../../../src/catalog/formats/writeRejectedRows.ts';
import { sampleCatalog } from '../sampleShade.ts';

const read = (text: string, name = 'a.csv') => readCatalogFile(new TextEncoder().encode(text), name);

describe('rejected rows', () => {
  it('come back as they were, with the reason, and can be imported once they are mended', () => {
    const catalog = sampleCatalog();
    const file = read('SKU;min_parts;notes\nT-01;x;\'=1+1\nT-01;7;\nT-02;-2;="009"\n');
    const text = writeRejectedRows(file, diffCatalogs(catalog, file));
    const again = read(text);
    expect(text.split('\r\n')).toHaveLength(5);
    expect(text).toContain('problem');
    expect(text).toContain('min_parts: found ""x""');
    expect(text).not.toMatch(/(^|,|\n)"?=/);
    expect(again.rows.map((row) => row.patch.code)).toEqual(['T-01', 'T-01', 'T-02']);
    expect(again.rows.map((row) => row.patch.notes)).toEqual(['=1+1', undefined, '009']);
    const mended = diffCatalogs(catalog, read(text.replace(',x,', ',7,')));
    expect(mended.changed.map(({ shade }) => [shade.minParts, shade.notes])).toEqual([[7, '=1+1']]);
  });

  it('of other formats are a list of faults', () => {
    const file = read('[{"code":"T-01","minParts":"=1"}]', 'a.json');
    const text = writeRejectedRows(file, diffCatalogs(sampleCatalog(), file));
    expect(text).toContain('1,minParts,');
    expect(text).not.toMatch(/(^|,|\n)"?=/);
  });
});
