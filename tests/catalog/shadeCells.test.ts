import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/catalog/compareVersions.ts';
import { columnOfPath } from '../../src/catalog/formats/csvColumns.ts';
import { fieldsToShade, isSameCode, shadeToFields } from '../../src/catalog/shadeCells.ts';
import { sampleCatalog, sampleMeasurement, sampleShade } from './sampleShade.ts';

const shade = sampleShade({ notes: 'first lot', lots: [{ lot: 'A', expires: '2030-01-31' }] });
const changed = (changes: Record<string, string>) => new Map([...shadeToFields(shade), ...Object.entries(changes)]);
const shadeOf = (fields: ReadonlyMap<string, string>, old: typeof shade | undefined = shade) => {
  const read = fieldsToShade(old, fields, 'a form');
  if (!('shade' in read)) throw new Error(JSON.stringify(read.problems));
  return read.shade;
};

describe('a shade as the fields of a form', () => {
  it('comes back unchanged, as an edit and as a new shade', () => {
    expect(shadeOf(shadeToFields(shade))).toEqual(shade);
    expect(shadeOf(shadeToFields(shade), undefined)).toEqual(shade);
  });

  it('loses what was emptied and keeps what the form does not have', () => {
    const edited = shadeOf(changed({ notes: ' ', typical_parts: '8' }));
    expect(edited).not.toHaveProperty('notes');
    expect(edited.typicalParts).toBe(8);
    expect(shadeOf(new Map([['name', 'Renamed']]))).toEqual({ ...shade, name: 'Renamed' });
    expect(shadeOf(changed({ replacement: '' }))).toEqual(shade);
  });

  it('loses a step of the ladder whose dilution was emptied', () => {
    const step = [...shadeToFields(shade).keys()].filter((column) => column.startsWith('letdown2_'));
    expect(step).toContain('letdown2_parts');
    const edited = shadeOf(changed(Object.fromEntries(step.map((column) => [column, '']))));
    expect(edited.letDowns).toEqual(shade.letDowns.slice(0, 1));
    const none = [...shadeToFields(shade).keys()].filter((column) => column.startsWith('letdown'));
    expect(shadeOf(changed(Object.fromEntries(none.map((column) => [column, ''])))).letDowns).toEqual([]);
  });

  it('names the column of what cannot be', () => {
    const columns = (changes: Record<string, string>) => fieldsToShade(shade, changed(changes), 'a form').problems;
    expect(columns({ min_parts: 'few' })[0]).toMatchObject({ column: 'min_parts', level: 'error' });
    expect(columns({ masstone_L: '621' })[0]).toMatchObject({ column: 'masstone_L', found: '621' });
    expect(columns({ letdown2_b: '500' })[0]).toMatchObject({ column: 'letdown2_b' });
    expect(fieldsToShade(undefined, new Map([['code', 'N-1']]), 'a form').problems.map((p) => p.column)).toContain(
      'name',
    );
  });

  it('has one code in any case', () => {
    expect(isSameCode(' t-01', 'T-01 ')).toBe(true);
    expect(isSameCode('T-01', 'T-1')).toBe(false);
  });
});

describe('the column of a place inside a shade', () => {
  it.each([
    ['minParts', 'min_parts'],
    ['masstone', 'masstone_L'],
    ['masstone.lab', 'masstone_L'],
    ['masstone.lab[2]', 'masstone_b'],
    ['masstone.spectrum[4]', 'masstone_spectrum'],
    ['masstone.filmUm', 'film_um'],
    ['masstone.illuminant', 'illuminant'],
    ['letDowns', 'letdown1_parts'],
    ['letDowns[1].partsDiluent', 'letdown2_parts'],
    ['letDowns[1].measurement', 'letdown2_parts'],
    ['letDowns[1].measurement.lab', 'letdown2_L'],
    ['letDowns[1].measurement.lab[1]', 'letdown2_a'],
    ['letDowns[0].measurement.substrateReflectance', 'letdown1_substrate_reflectance'],
    ['optics', 'optics_neat_tau'],
    ['optics.scatterRatio', 'optics_scatter_ratio'],
    ['colour', undefined],
  ])('%s is %s', (path, column) => {
    expect(columnOfPath(path)).toBe(column);
  });
});

describe('two versions of a catalog', () => {
  it('differ by what was added, removed and changed, by code in any case', () => {
    const kept = sampleShade({ code: 'K-1' });
    const from = sampleCatalog([kept, sampleShade({ code: 'R-1' }), sampleShade({ code: 'C-1' })]);
    const renamed = sampleShade({ code: 'c-1', masstone: sampleMeasurement([12, 1, 2]) });
    const to = sampleCatalog([kept, sampleShade({ code: 'A-1' }), renamed], { version: 2, supplier: 'Another' });
    const { header, added, removed, changed: altered } = compareVersions(from, to);
    expect(header).toEqual([{ field: 'supplier', from: 'Test maker', to: 'Another' }]);
    expect([added, removed].map((list) => list.map(({ code }) => code))).toEqual([['A-1'], ['R-1']]);
    expect(altered).toEqual([
      {
        shade: renamed,
        fields: [
          { field: 'code', from: 'C-1', to: 'c-1' },
          { field: 'masstone.lab[0]', from: 10, to: 12 },
        ],
      },
    ]);
    const [saline] = to.diluents;
    const reworded = {
      ...to,
      diluents: [
        { ...saline!, code: 'NEW' },
        { ...saline!, name: 'Other' },
      ],
    };
    expect(compareVersions(to, reworded).header.map(({ field }) => field)).toEqual([
      `diluents.${saline!.code}.name`,
      'diluents.NEW',
    ]);
    expect(compareVersions(to, to)).toEqual({ header: [], added: [], removed: [], changed: [] });
  });
});
