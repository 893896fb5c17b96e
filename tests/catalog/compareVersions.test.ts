import { describe, expect, it } from 'vitest';
import { writeCatalogText } from '../../src/catalog/catalogText.ts';
import { compareTexts, compareVersions } from '../../src/catalog/compareVersions.ts';
import type { Catalog, Shade } from '../../src/catalog/shade.ts';
import { sampleCatalog, sampleShade } from './sampleShade.ts';

const named = (at: number, more: Partial<Shade> = {}) => sampleShade({ code: `T-${at}`, name: `Test ${at}`, ...more });
const from = sampleCatalog([named(1), named(2), named(3)]);
const to: Catalog = {
  ...from,
  version: 2,
  name: 'Renamed',
  shades: [named(1), named(2, { notes: 'checked' }), named(4)],
};

const codes = (shades: readonly { readonly code: string }[]) => shades.map(({ code }) => code);

async function compareAsTexts(one: Catalog, other: Catalog) {
  return compareTexts(await writeCatalogText(one), Buffer.from(await writeCatalogText(other)));
}

describe.each([
  ['compareVersions', async (one: Catalog, other: Catalog) => compareVersions(one, other)],
  ['compareTexts', compareAsTexts],
] as const)('%s', (_name, compare) => {
  it('tells what was added, removed and changed, and in what', async () => {
    const changes = await compare(from, to);
    expect(changes.header).toEqual([{ field: 'name', from: from.name, to: 'Renamed' }]);
    expect(codes(changes.added)).toEqual(['T-4']);
    expect(codes(changes.removed)).toEqual(['T-3']);
    expect(changes.changed).toHaveLength(1);
    expect(changes.changed[0]!.shade).toMatchObject({ code: 'T-2', name: 'Test 2' });
    expect(changes.changed[0]!.fields).toMatchObject([{ field: 'notes', to: 'checked' }]);
  });

  it('finds nothing between a version and itself, nor in its number or in how a code is written', async () => {
    const renumbered = {
      ...from,
      version: 2,
      shades: from.shades.map((s) => ({ ...s, code: s.code.toLowerCase() })),
    };
    const nothing = { header: [], added: [], removed: [], changed: [] };
    expect(await compare(from, from)).toEqual(nothing);
    const changes = await compare(from, renumbered);
    expect([changes.header, changes.added, changes.removed]).toEqual([[], [], []]);
    expect(changes.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual([
      ['code'],
      ['code'],
      ['code'],
    ]);
  });

  it('tells of many shades', async () => {
    const many = sampleCatalog(Array.from({ length: 1100 }, (_, at) => named(at)));
    const shades = many.shades.map((shade, at) => (at % 100 === 7 ? { ...shade, notes: 'seen' } : shade));
    const changes = await compare(many, { ...many, shades: shades.slice(1) });
    expect(codes(changes.removed)).toEqual(['T-0']);
    expect(codes(changes.changed.map(({ shade }) => shade))).toEqual(
      Array.from({ length: 11 }, (_, k) => `T-${100 * k + 7}`),
    );
  });
});
