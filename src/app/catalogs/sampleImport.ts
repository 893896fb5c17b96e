import { writeTable } from '../../catalog/formats/writeCsv.ts';
import type { Catalog, Shade } from '../../catalog/shade.ts';
import { shadeToFields } from '../../catalog/shadeCells.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';

const COLUMNS = [
  'code',
  'name',
  'line',
  'form',
  'dilutable',
  'min_parts',
  'max_parts',
  'typical_parts',
  'limits_source',
  'diluents',
  'undertone',
  'opacity',
  'masstone_L',
  'masstone_a',
  'masstone_b',
  'illuminant',
  'observer',
  'geometry',
  'substrate',
  'notes',
] as const;

function rowOf(shade: Shade, change: Partial<Record<(typeof COLUMNS)[number], string>> = {}): string[] {
  const fields = shadeToFields(shade);
  return COLUMNS.map((column) => change[column] ?? fields.get(column) ?? '');
}

/** Whether a catalog has shades enough to make the table from. */
export function hasSample({ shades }: Pick<Catalog, 'shades'>): boolean {
  return shades.filter(({ status }) => status === 'active').length >= 7;
}

/**
 * A table to try an import with, made from a catalog of at least seven shades: two shades changed, one new, and three
 * deliberate mistakes (L* of 621, a word that is no undertone, a code twice). Everything else is as it was.
 */
export function sampleImport({ shades }: Pick<Catalog, 'shades'>): string {
  const active = shades.filter(({ status }) => status === 'active');
  const [first, second, wrong, last] = [active[2]!, active[4]!, active[5]!, active.at(-1)!];
  const rows = shades.map((shade) => {
    if (shade === first) return rowOf(shade, { typical_parts: String(shade.minParts + 2) });
    if (shade === second) return rowOf(shade, { notes: catalogChangesTexts.settlesInTheBottle });
    return rowOf(shade, shade === wrong ? { masstone_L: '621' } : {});
  });
  const madeUp = { name: catalogChangesTexts.extra(last.line) };
  return writeTable([
    [...COLUMNS],
    ...rows,
    rowOf(last, { ...madeUp, code: `${last.code}X` }),
    rowOf(last, { ...madeUp, code: `${last.code}Y`, undertone: 'reddish' }),
    rowOf(first, { name: catalogChangesTexts.again(first.name) }),
  ]);
}
