import { describe, expect, it } from 'vitest';
import {
  isPackedText,
  joinCatalogBytes,
  openCatalogText,
  readCatalogHeader,
  readCatalogText,
  writeCatalogText,
} from '../../src/catalog/catalogText.ts';
import type { Catalog } from '../../src/catalog/shade.ts';
import { sampleCatalog, sampleShade } from './sampleShade.ts';

const small = sampleCatalog([sampleShade(), sampleShade({ code: 'T-02', name: 'Test 2' })]);
/** Enough shades for several pieces. */
const large = sampleCatalog(
  Array.from({ length: 900 }, (_, at) => sampleShade({ code: `T-${at}`, name: `Test ${at} ${'é'.repeat(300)}` })),
);
const headerOf = ({ shades: _, ...header }: Catalog) => header;

describe.each([
  ['a small catalog', small, false],
  ['a large catalog', large, true],
] as const)('the text of %s', (_name, catalog, isPacked) => {
  it('gives the catalog back, from text and from bytes', async () => {
    const text = await writeCatalogText(catalog);
    expect(isPackedText(text)).toBe(isPacked);
    expect(await readCatalogText(text)).toEqual(catalog);
    expect(await readCatalogText(Buffer.from(text, 'utf8'))).toEqual(catalog);
    expect(readCatalogHeader(text)).toEqual(headerOf(catalog));
  });

  it('is the same written piece by piece', async () => {
    const text = await writeCatalogText(catalog);
    const opened = await openCatalogText(text);
    expect(opened.lines.count).toBe(catalog.shades.length);
    expect(joinCatalogBytes(opened).toString('utf8')).toBe(text);
  });

  it('shows each shade and its line as it comes', async () => {
    const text = await writeCatalogText(catalog);
    const seen: unknown[] = [];
    await openCatalogText(Buffer.from(text), (read, line, place) => {
      expect(JSON.parse(line)).toEqual(read());
      expect(place).toBe(seen.length);
      seen.push(read());
    });
    expect(seen).toEqual(catalog.shades);
  });

  it('is frozen, and keeps once what another version has too', async () => {
    const kin = await readCatalogText(await writeCatalogText(catalog));
    const [first, ...rest] = catalog.shades;
    const next = { ...catalog, version: 2, shades: [{ ...first!, notes: 'changed' }, ...rest] };
    const read = await readCatalogText(await writeCatalogText(next), kin);
    expect(read).toEqual(next);
    expect(Object.isFrozen(read.shades[0])).toBe(true);
    expect(read.shades[0]).not.toBe(kin.shades[0]);
    expect(read.shades[1]).toBe(kin.shades[1]);
  });

  it('takes shades whose lists or fields differ for two', async () => {
    const kin = await readCatalogText(await writeCatalogText(catalog));
    const [first, ...rest] = catalog.shades;
    for (const other of [
      { ...first!, letDowns: [] },
      { ...first!, masstone: { ...first!.masstone, lab: [1, 2, 3] as const } },
      { ...first!, masstone: { ...first!.masstone, source: 'elsewhere' } },
    ]) {
      const next = { ...catalog, shades: [other, ...rest] } as Catalog;
      const read = await readCatalogText(await writeCatalogText(next), kin);
      expect(read.shades[0]).toEqual(other);
    }
  });
});

it('a large catalog without shades is a header alone', async () => {
  const text = (await writeCatalogText(large)).split('\n', 2).join('\n');
  expect((await readCatalogText(text)).shades).toEqual([]);
  expect((await readCatalogText(Buffer.from(text))).shades).toEqual([]);
});
