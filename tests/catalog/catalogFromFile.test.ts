import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogHash } from '../../src/catalog/catalogHash.ts';
import { writeAse } from '../../src/catalog/formats/ase.ts';
import { writeJson } from '../../src/catalog/formats/json.ts';
import { writeCsv } from '../../src/catalog/formats/writeCsv.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { openCatalogFile } from '../../src/catalog/openCatalogFile.ts';
import { projectRoot } from '../../src/projectRoot.ts';

const [ash, meridian] = await loadPalettes(join(projectRoot, 'palettes'));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalog-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('a catalog of a file alone', () => {
  it('is the same catalog from JSON, to the hash', async () => {
    expect(catalogHash(await openCatalogFile(await put('a.json', writeJson(ash!))))).toBe(catalogHash(ash!));
  });

  it('has the same shades from CSV, with the named diluents as sterile ones', async () => {
    const catalog = await openCatalogFile(await put('My Line (2).csv', writeCsv(meridian!)));
    expect(catalog.id).toBe('my-line-2');
    expect(catalog.shades).toEqual(meridian!.shades);
    expect(catalog.diluents).toEqual([{ code: 'DD-01', name: 'DD-01', sterile: true, lots: [] }]);
    expect(Object.isFrozen(catalog.shades[0]!.masstone)).toBe(true);
  });

  it('asks for what an ASE palette does not say, and takes it with the answers', async () => {
    const path = await put('a.ase', writeAse(ash!));
    await expect(openCatalogFile(path)).rejects.toThrow('does not say its illuminant');
    const { masstone: _masstone, letDowns: _letDowns, code: _code, lots: _lots, ...shade } = ash!.shades[0]!;
    const answers = { illuminant: 'D50', observer: '2', geometry: '45/0', substrate: 'white card' } as const;
    await expect(openCatalogFile(path, answers)).rejects.toThrow('row 1');
    const catalog = await openCatalogFile(path, { ...answers, shade: { ...shade, diluents: [] } });
    expect(catalog.shades).toHaveLength(12);
  });

  it('says that nothing can be matched against an empty file, and of no row what is wrong with the whole', async () => {
    const refused = async (name: string, content: string) =>
      openCatalogFile(await put(name, content)).catch((error: Error) => error.message);
    expect(await refused('none.csv', 'code,name\n')).toBe('none.csv was not used: it has no shades.');
    expect(await refused('x.json', '{"a": 1}')).toMatch(/^x\.json was not used: found .*without shades/);
    const nameless = await openCatalogFile(await put('(1).csv', writeCsv(meridian!)));
    expect(nameless.id).toBe('1');
    expect((await openCatalogFile(await put('-.csv', writeCsv(meridian!)))).id).toBe('file');
  });

  it('leaves no row out silently', async () => {
    const { lab } = meridian!.shades[0]!.masstone;
    const broken = writeCsv(meridian!).replace(`,${lab![0]},`, ',621,');
    await expect(openCatalogFile(await put('b.csv', broken))).rejects.toMatchObject({ code: 'SMP_CATALOG_INVALID' });
    await expect(openCatalogFile(await put('c.csv', broken))).rejects.toThrow(/row \d+, masstone_L.*621/);
  });
});

describe('the content hash', () => {
  it('does not depend on the order of keys and does on every value', () => {
    const reversed = Object.fromEntries(Object.entries(ash!).reverse()) as typeof ash;
    expect(catalogHash(reversed!)).toBe(catalogHash(ash!));
    expect(catalogHash({ ...ash!, version: 2 })).not.toBe(catalogHash(ash!));
  });
});

describe('a folder of palettes', () => {
  it('is refused when a catalog is broken or its id is not its folder', async () => {
    for (const [id, text, message] of [
      ['broken', '{', 'is not JSON'],
      ['renamed', writeJson(ash!), 'must be "renamed"'],
      [
        'faulty',
        writeJson({ ...ash!, id: 'faulty', shades: [{ ...ash!.shades[0]!, minParts: 30 }] }),
        'shades[0].minParts',
      ],
    ] as const) {
      const dir = join(folder, `dir-${id}`);
      await mkdir(join(dir, id), { recursive: true });
      await writeFile(join(dir, id, 'catalog.json'), text);
      await expect(loadPalettes(dir)).rejects.toThrow(message);
    }
  });
});
