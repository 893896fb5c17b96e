import type { Catalog, Measurement, Shade } from '../shade.ts';
import { booleanToCell, CLEAR, listToCell, textToCell } from './csvCells.ts';
import { CONDITION_COLUMNS, CSV_COLUMNS, letDownColumns } from './csvColumns.ts';

type ConditionColumn = (typeof CONDITION_COLUMNS)[number];

const CONDITION_FIELD: Record<ConditionColumn, keyof Measurement> = {
  illuminant: 'illuminant',
  observer: 'observer',
  geometry: 'geometry',
  substrate: 'substrate',
  substrate_reflectance: 'substrateReflectance',
  film_um: 'filmUm',
  instrument: 'instrument',
  source: 'source',
};

/** A number stays a number; text is made harmless. */
function plainCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'number' ? String(value) : textToCell(value);
}

function putReading(cells: Map<string, string>, prefix: string, measurement: Measurement): void {
  for (const [axis, name] of ['L', 'a', 'b'].entries())
    cells.set(`${prefix}${name}`, plainCell(measurement.lab?.[axis]));
  cells.set(`${prefix}spectrum`, measurement.spectrum?.join(' ') ?? '');
}

/** A let-down repeats only what differs from the masstone's conditions. */
function ownCondition(own: unknown, row: unknown): string {
  if (own === row) return '';
  return own === undefined ? CLEAR : plainCell(own as string | number);
}

function regulatoryCell(shade: Shade): string {
  const flag = (value: boolean | null) => (value === null ? '' : booleanToCell(value));
  return listToCell(
    shade.regulatory.map((record) => [
      record.region,
      record.intendedUse ?? '',
      flag(record.batchOnLabel),
      flag(record.ingredientsOnLabel),
      flag(record.nickelStatement),
      flag(record.chromiumStatement),
    ]),
  );
}

/** The cell of every column that a shade fills, by column. */
export function cellsOf(shade: Shade): Map<string, string> {
  const { optics, masstone } = shade;
  const lots = shade.lots.map((lot) => [lot.lot, lot.expires, lot.opened, lot.quantityMl?.toString()]);
  const cells = new Map<string, string>([
    ['code', plainCell(shade.code)],
    ['name', plainCell(shade.name)],
    ['line', plainCell(shade.line)],
    ['form', shade.form],
    ['dilutable', booleanToCell(shade.dilutable)],
    ['min_parts', plainCell(shade.minParts)],
    ['max_parts', plainCell(shade.maxParts)],
    ['typical_parts', plainCell(shade.typicalParts)],
    ['limits_source', plainCell(shade.limitsSource)],
    ['diluents', textToCell(listToCell(shade.diluents.map((code) => [code])))],
    ['undertone', shade.undertone],
    ['opacity', shade.opacity],
    ['optics_neat_tau', plainCell(optics?.neatTau)],
    ['optics_shape', Array.isArray(optics?.shape) ? optics.shape.join(' ') : (optics?.shape ?? '')],
    ['optics_scatter_ratio', plainCell(optics?.scatterRatio)],
    ['optics_source', plainCell(optics?.source)],
    ['ingredients', textToCell(listToCell(shade.ingredients.map(({ name, ci, cas }) => [name, ci, cas])))],
    ['lots', textToCell(listToCell(lots))],
    ['regulatory', regulatoryCell(shade)],
    ['status', shade.status],
    ['replacement', plainCell(shade.replacement)],
    ['discontinued_reason', plainCell(shade.discontinuedReason)],
    ['discontinued_on', plainCell(shade.discontinuedOn)],
    ['do_not_mix_with', textToCell(listToCell(shade.doNotMixWith.map((code) => [code])))],
    ['notes', plainCell(shade.notes)],
  ]);
  putReading(cells, 'masstone_', masstone);
  for (const column of CONDITION_COLUMNS) {
    cells.set(column, plainCell(masstone[CONDITION_FIELD[column]] as string | number | undefined));
  }
  for (const [index, { partsDiluent, measurement }] of shade.letDowns.entries()) {
    const prefix = `letdown${index + 1}_`;
    cells.set(`${prefix}parts`, String(partsDiluent));
    putReading(cells, prefix, measurement);
    for (const column of CONDITION_COLUMNS) {
      const field = CONDITION_FIELD[column];
      cells.set(`${prefix}${column}`, ownCondition(measurement[field], masstone[field]));
    }
  }
  return cells;
}

const quote = (cell: string): string => (/[",;\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** RFC 4180 text with a byte order mark, without which Excel takes UTF-8 for Windows-1252. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => cells.map(quote).join(',')).join('\r\n')}\r\n`;
}

/**
 * The shades of a catalog as CSV: one row a shade, every documented column, and as many let-down columns as needed.
 * Text that a spreadsheet would run as a formula gets an apostrophe, which reading takes away again.
 */
export function writeCsv(catalog: Pick<Catalog, 'shades'>): string {
  const rows = catalog.shades.map(cellsOf);
  const steps = Math.max(0, ...catalog.shades.map((shade) => shade.letDowns.length));
  const letDowns = Array.from({ length: steps }, (_, index) => letDownColumns(index + 1)).flat();
  const used = letDowns.filter((column) => rows.some((cells) => (cells.get(column) ?? '') !== ''));
  const columns = [...CSV_COLUMNS.map(({ name }) => name), ...used];
  return writeTable([columns, ...rows.map((cells) => columns.map((column) => cells.get(column) ?? ''))]);
}

/** An empty table with every column, for a supplier to fill in. */
export function csvTemplate(letDowns = 3): string {
  const steps = Array.from({ length: letDowns }, (_, index) => letDownColumns(index + 1).slice(0, 5)).flat();
  return writeTable([[...CSV_COLUMNS.map(({ name }) => name), ...steps]]);
}
