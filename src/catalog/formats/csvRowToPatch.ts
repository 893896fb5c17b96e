import { describeValue, type Problem } from '../problem.ts';
import type { Shade } from '../shade.ts';
import type { LetDownPatch, MeasurementPatch, ShadePatch } from './catalogFile.ts';
import { booleanFromCell, CLEAR, listFromCell, numberFromCell, numbersFromCell, textFromCell } from './csvCells.ts';

/** The cell of a column, or undefined when the column is absent or the cell empty. */
export type CellReader = (column: string) => string | undefined;

/** Reads cells one by one and collects what could not be read. */
class RowCells {
  readonly problems: Problem[] = [];
  readonly #cell: CellReader;
  readonly #row: number;

  constructor(cell: CellReader, row: number) {
    this.#cell = cell;
    this.#row = row;
  }

  fault(column: string, found: string, expected: string, fix: string): undefined {
    this.problems.push({ path: '', row: this.#row, column, found, expected, fix, level: 'error' });
  }

  /** Undefined without a value, null for "-", else what `convert` makes of the cell. */
  read<T>(column: string, expected: string, convert: (cell: string) => T | undefined): T | null | undefined {
    const cell = this.#cell(column);
    if (cell === undefined) return undefined;
    if (cell.trim() === CLEAR) return null;
    const value = convert(cell);
    if (value === undefined) return this.fault(column, describeValue(cell), expected, `Correct the cell in ${column}.`);
    return value;
  }

  text = (column: string) => this.read(column, 'text', (cell) => textFromCell(cell).trim());
  number = (column: string) => this.read(column, 'a number such as 12.5 or 12,5', numberFromCell);
  numbers = (column: string) => this.read(column, 'numbers separated by spaces', numbersFromCell);
  yesNo = (column: string) => this.read(column, 'yes or no', booleanFromCell);
  list = (column: string) => this.read(column, 'entries separated by |', (cell) => listFromCell(textFromCell(cell)));
}

/** Puts a value that the row gives; what it does not give stays absent. */
function put<Target extends object, Field extends keyof Target>(target: Target, field: Field, value: unknown): void {
  if (value !== undefined) target[field] = value as Target[Field];
}

function readMeasurement(cells: RowCells, reading: string, condition: string): MeasurementPatch {
  const patch: MeasurementPatch = {};
  const lab = ['L', 'a', 'b'].map((axis) => cells.number(`${reading}${axis}`));
  if (lab.every((value) => value === null)) patch.lab = null;
  else if (lab.every((value) => typeof value === 'number')) patch.lab = lab as [number, number, number];
  else if (lab.some((value) => typeof value === 'number') && cells.problems.length === 0) {
    const missing = ['L', 'a', 'b'].find((_, i) => typeof lab[i] !== 'number');
    cells.fault(`${reading}${missing}`, 'nothing', 'all of L*, a* and b*', 'Fill in the three numbers together.');
  }
  put(patch, 'spectrum', cells.numbers(`${reading}spectrum`));
  put(patch, 'substrateReflectance', cells.number(`${condition}substrate_reflectance`));
  put(patch, 'filmUm', cells.number(`${condition}film_um`));
  for (const field of ['illuminant', 'observer', 'geometry', 'substrate', 'instrument', 'source'] as const) {
    put(patch, field, cells.text(`${condition}${field}`));
  }
  if (typeof patch.observer === 'string') patch.observer = patch.observer.replace(/\s*(°|deg(ree)?s?)$/i, '') as '2';
  return patch;
}

/** Conditions of the row hold for its let-downs too. */
function inherited(row: MeasurementPatch): MeasurementPatch {
  const { lab: _lab, spectrum: _spectrum, ...conditions } = row;
  return conditions;
}

function readLetDowns(cells: RowCells, row: MeasurementPatch, count: number): LetDownPatch[] | undefined {
  const steps: LetDownPatch[] = [];
  for (let n = 1; n <= count; n++) {
    const partsDiluent = cells.number(`letdown${n}_parts`);
    const own = readMeasurement(cells, `letdown${n}_`, `letdown${n}_`);
    if (typeof partsDiluent === 'number') {
      steps.push({ partsDiluent, measurement: { ...inherited(row), ...own } });
    } else if (Object.keys(own).length > 0) {
      cells.fault(`letdown${n}_parts`, 'nothing', 'the parts of diluent of this step', 'Fill in the dilution.');
    }
  }
  return steps.length > 0 ? steps : undefined;
}

function readOptics(cells: RowCells): Shade['optics'] | null | undefined {
  const neatTau = cells.number('optics_neat_tau');
  const shape = cells.read('optics_shape', 'carbon or 31 numbers', (cell) =>
    cell.trim() === 'carbon' ? ('carbon' as const) : numbersFromCell(cell),
  );
  const scatterRatio = cells.number('optics_scatter_ratio');
  const source = cells.text('optics_source');
  if (neatTau === null) return null;
  const given = [neatTau, shape, scatterRatio, source].filter((value) => value !== undefined);
  if (given.length === 0) return undefined;
  return { neatTau, shape, scatterRatio, source } as Shade['optics'];
}

/** An entry's part, absent when it is empty. */
const optional = <Field extends string>(field: Field, part: string | undefined) =>
  part === undefined || part === '' ? {} : { [field]: part };

function readLots(cells: RowCells): unknown[] | undefined {
  const entries = cells.list('lots');
  if (entries === undefined) return undefined;
  return (entries ?? []).map(([lot, expires, opened, quantity]) => ({
    lot,
    expires,
    ...optional('opened', opened),
    ...(quantity ? { quantityMl: numberFromCell(quantity) ?? quantity } : {}),
  }));
}

function readRegulatory(cells: RowCells): unknown[] | undefined {
  const entries = cells.list('regulatory');
  if (entries === undefined) return undefined;
  const flag = (part: string | undefined) => (part ? (booleanFromCell(part) ?? part) : null);
  return (entries ?? []).map(([region, intendedUse, batch, ingredients, nickel, chromium]) => ({
    region,
    intendedUse: intendedUse || null,
    batchOnLabel: flag(batch),
    ingredientsOnLabel: flag(ingredients),
    nickelStatement: flag(nickel),
    chromiumStatement: flag(chromium),
  }));
}

/** @param letDowns highest number of a let-down column in the table */
export function csvRowToPatch(
  cell: CellReader,
  row: number,
  letDowns: number,
): { patch: ShadePatch; problems: Problem[] } {
  const cells = new RowCells(cell, row);
  const patch: ShadePatch = {};
  const codes = (column: string) => {
    const entries = cells.list(column);
    return entries === undefined ? undefined : (entries ?? []).map(([code]) => code);
  };
  put(patch, 'code', cells.text('code'));
  put(patch, 'name', cells.text('name'));
  put(patch, 'line', cells.text('line'));
  put(patch, 'form', cells.text('form'));
  put(patch, 'dilutable', cells.yesNo('dilutable'));
  put(patch, 'minParts', cells.number('min_parts'));
  put(patch, 'maxParts', cells.number('max_parts'));
  put(patch, 'typicalParts', cells.number('typical_parts'));
  put(patch, 'limitsSource', cells.text('limits_source'));
  put(patch, 'diluents', codes('diluents'));
  put(patch, 'undertone', cells.text('undertone'));
  put(patch, 'opacity', cells.text('opacity'));
  const masstone = readMeasurement(cells, 'masstone_', '');
  if (Object.keys(masstone).length > 0) patch.masstone = masstone;
  put(patch, 'letDowns', readLetDowns(cells, masstone, letDowns));
  put(patch, 'optics', readOptics(cells));
  const ingredients = cells.list('ingredients');
  if (ingredients !== undefined) {
    patch.ingredients = (ingredients ?? []).map(([name, ci, cas]) => ({
      name: name!,
      ...optional('ci', ci),
      ...optional('cas', cas),
    }));
  }
  put(patch, 'lots', readLots(cells));
  put(patch, 'regulatory', readRegulatory(cells));
  put(patch, 'status', cells.text('status'));
  put(patch, 'replacement', cells.text('replacement'));
  put(patch, 'discontinuedReason', cells.text('discontinued_reason'));
  put(patch, 'discontinuedOn', cells.text('discontinued_on'));
  put(patch, 'doNotMixWith', codes('do_not_mix_with'));
  put(patch, 'notes', cells.text('notes'));
  return { patch, problems: cells.problems };
}
