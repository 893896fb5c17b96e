import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { lotStatus } from '../../src/catalog/lotStatus.ts';
import { validateCatalog } from '../../src/catalog/validateCatalog.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { makeDemoLines } from '../fixtures/palettes/demoLines.ts';

const dir = join(projectRoot, 'palettes');
const catalogs = await loadPalettes(dir);

/** Every plain value of a catalog with its place; undefined ones do not exist in a file. */
function* leaves(value: unknown, path = ''): Generator<[string, unknown]> {
  if (value === null || typeof value !== 'object') {
    if (value !== undefined) yield [path, value];
    return;
  }
  const name = 'id' in value && path === '' ? String(value.id) : path;
  for (const [key, entry] of Object.entries(value)) yield* leaves(entry, `${name}/${key}`);
}

describe('bundled demonstration lines', () => {
  it('are the three the script makes', () => {
    const made = makeDemoLines().flatMap((catalog) => [...leaves(catalog)]);
    const bundled = new Map(catalogs.flatMap((catalog) => [...leaves(catalog)]));
    expect(made.map(([path]) => path).sort()).toEqual([...bundled.keys()].sort());
    for (const [path, value] of made) {
      // Rounding may fall the other way on another machine.
      if (typeof value === 'number') {
        expect(Math.abs(value - Number(bundled.get(path))), path).toBeLessThan(0.011 + 0.002 * Math.abs(value));
      } else expect(bundled.get(path), path).toBe(value);
    }
  });

  it('are named, marked as demonstration and of twelve shades', () => {
    expect(catalogs.map((catalog) => catalog.id)).toEqual(['demo-ash', 'demo-meridian', 'demo-ready']);
    for (const catalog of catalogs) {
      expect(catalog.demonstration).toBe(true);
      expect(catalog.supplier).toContain('fictional');
      expect(catalog.shades).toHaveLength(12);
    }
  });

  it.each(catalogs.map((catalog) => [catalog.id, catalog] as const))(
    '%s has one discontinued shade with its replacement and one expired lot',
    (_id, catalog) => {
      const gone = catalog.shades.filter((shade) => shade.status === 'discontinued');
      expect(gone.map((shade) => typeof shade.replacement)).toEqual(['string']);
      expect(catalog.shades.filter((shade) => lotStatus(shade, '2026-11-22') === 'expired')).toHaveLength(1);
    },
  );

  it.each(catalogs.map((catalog) => [catalog.id, catalog] as const))('%s has no errors', (_id, catalog) => {
    const { problems } = validateCatalog(catalog, { today: '2026-11-22' });
    expect(problems.filter((problem) => problem.level === 'error')).toEqual([]);
    expect(problems.filter((problem) => /lab|letDowns/.test(problem.path))).toEqual([]);
  });

  it('bring each kind of evidence: spectra, a ladder in Lab, one swatch', () => {
    const [ash, meridian, ready] = catalogs.map((catalog) => catalog.shades[0]!);
    expect(ash!.letDowns.every((step) => step.measurement.spectrum !== undefined)).toBe(true);
    expect(meridian!.letDowns.length).toBeGreaterThan(1);
    expect(meridian!.masstone.spectrum).toBeUndefined();
    expect(ready!.letDowns).toEqual([]);
    expect(ready!.masstone.substrate).toMatch(/^skin /);
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(catalogs[0]!.shades[0]!.masstone, { illuminant: 'A' })).toThrow(TypeError);
  });
});
