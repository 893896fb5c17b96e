import { expect, it } from 'vitest';
import { answerImport, type ImportAnswer } from '../../../src/app/catalogs/importTask.ts';
import { textBytes } from '../../../src/app/catalogs/textBytes.ts';
import { catalogHealth } from '../../../src/catalog/catalogHealth.ts';
import { isPackedText, readCatalogText, writeCatalogText } from '../../../src/catalog/catalogText.ts';
import { compareVersions } from '../../../src/catalog/compareVersions.ts';
import { writeCsv } from '../../../src/catalog/formats/writeCsv.ts';
import type { Catalog } from '../../../src/catalog/shade.ts';
import { makeLargeLine } from '../../fixtures/largeLine.ts';

const today = '2026-11-23';
const line: Catalog = { ...makeLargeLine('ladder', 600, 3), name: 'Große Linie 炭' };
const renamed = (shades: Catalog['shades'], from: number, to: number): Catalog['shades'] =>
  shades.map((shade, at) => (at >= from && at < to ? { ...shade, name: `Renamed ${at}` } : shade));

async function importInto(catalog: Catalog, shades: Catalog['shades']): Promise<Catalog> {
  const source = { bytes: Buffer.from(writeCsv({ shades })), name: 'a.csv', answers: {}, today };
  const text = textBytes(await writeCatalogText(catalog));
  const { next } = (await answerImport({ want: 'check', catalog: text, source, port: null })) as ImportAnswer;
  expect(isPackedText(Buffer.from(next!.bytes).toString())).toBe(true);
  return await readCatalogText(Buffer.from(next!.bytes));
}

it.each([
  ['all', 0, 600],
  ['the middle', 150, 480],
  ['one', 599, 600],
])('writes what an import changed, %s of a large catalog, and nothing else', async (_name, from, to) => {
  const shades = renamed(line.shades, from, to);
  expect(await importInto(line, shades.slice(from, to))).toEqual({ ...line, version: 2, shades });
});

it('keeps the order of the catalog whatever the order of the file, and adds what is new at the end', async () => {
  const shades = renamed(line.shades, 0, 400);
  const added = { ...line.shades[0]!, code: 'NEW-1' };
  const mixed = [...shades.slice(200, 400), added, ...shades.slice(0, 200).reverse()];
  expect(await importInto(line, mixed)).toEqual({ ...line, version: 2, shades: [...shades, added] });
});

it('compares and judges texts from another thread as the catalogs themselves', async () => {
  const later = { ...line, version: 2, shades: renamed(line.shades, 7, 9) };
  const [from, to] = [await writeCatalogText(line), await writeCatalogText(later)].map(textBytes);
  const changes = await answerImport({ want: 'compare', from: from!, to: to! });
  const { changed, ...rest } = compareVersions(line, later);
  const named = changed.map(({ shade: { code, name }, fields }) => ({ shade: { code, name }, fields }));
  expect(changes).toEqual({ ...rest, changed: named });
  const text = textBytes(await writeCatalogText(line));
  expect(await answerImport({ want: 'health', text, today })).toEqual(catalogHealth(line, { today }));
});
