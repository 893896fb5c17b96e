import * as z from 'zod';
import { describeValue } from '../problem.ts';
import { REGIONS } from '../shade.ts';
import { booleanFromCell, numberFromCell } from './csvCells.ts';
import type { RowCells } from './rowCells.ts';

/** Columns that hold several entries. A faulty entry is told as it stands, so that it is found in a long cell. */

const LOT_FORM = '"lot; expiry; opened; ml" with dates as YYYY-MM-DD';
const INGREDIENT_FORM = '"name; CI number; CAS number"';
const LABEL_FORM = '"region; intended use; batch; ingredients; nickel; chromium"';
const LABEL_FLAGS = ['batch', 'ingredients', 'nickel', 'chromium'] as const;

const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;
const isEmpty = (parts: readonly string[]): boolean => parts.every((part) => part === '');

/** An entry's part, absent when it is empty. */
const optional = <Field extends string>(field: Field, part: string | undefined) =>
  part === undefined || part === '' ? {} : { [field]: part };

/** Reads every entry of a cell; what `convert` says of a faulty one is a fault of the cell. */
function readEntries(
  cells: RowCells,
  column: string,
  { form, most }: { readonly form: string; readonly most: number },
  convert: (parts: readonly string[], fault: (found: string, fix: string) => undefined) => unknown,
): unknown[] | undefined {
  const entries = cells.list(column);
  if (entries === undefined) return undefined;
  return (entries ?? []).map((parts) => {
    const fault = (found: string, fix: string) => cells.fault(column, found, form, fix);
    if (isEmpty(parts)) return fault('an empty entry', 'Take away the | that has nothing beside it.');
    if (parts.length > most) {
      return fault(`${parts.length} parts in ${describeValue(parts.join('; '))}`, 'Put | between entries.');
    }
    return convert(parts, fault);
  });
}

/** "31.12.2027" names one day only; with other signs the month could come first. */
function dayFix(text: string): string {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (isDay(iso)) return `Write ${iso}.`;
  if (/^\d{4}-\d{1,2}$/.test(text)) return 'Give the day too: the last of the month where the label has none.';
  return 'Write the day as YYYY-MM-DD.';
}

export function readLots(cells: RowCells): unknown[] | undefined {
  return readEntries(cells, 'lots', { form: LOT_FORM, most: 4 }, (parts, fault) => {
    const [lot = '', expires = '', opened = '', quantity = ''] = parts;
    const whole = describeValue(parts.join('; '));
    if (lot === '') return fault(`${whole} without a lot number`, 'Write the number on the bottle first.');
    if (expires === '') {
      const fix = lot.includes(',')
        ? 'Separate the parts by semicolons.'
        : `Write the expiry after the number, as in ${lot}; 2027-05-31.`;
      return fault(`${whole} without an expiry`, fix);
    }
    const days: readonly [string, string][] = [
      ['expiry', expires],
      ['day of opening', opened],
    ];
    for (const [what, day] of days) {
      if (day !== '' && !isDay(day)) return fault(`${describeValue(day)} as ${what} of lot ${lot}`, dayFix(day));
    }
    const quantityMl = quantity === '' ? undefined : (numberFromCell(quantity) ?? Number.NaN);
    if (quantityMl !== undefined && !(quantityMl >= 0)) {
      const found = `${describeValue(quantity)} as quantity of lot ${lot}`;
      return fault(found, 'Give the quantity in ml as a number, or leave it out.');
    }
    return { lot, expires, ...optional('opened', opened), ...(quantityMl !== undefined && { quantityMl }) };
  });
}

export function readRegulatory(cells: RowCells): unknown[] | undefined {
  return readEntries(cells, 'regulatory', { form: LABEL_FORM, most: 6 }, (parts, fault) => {
    const [region = '', intendedUse, ...said] = parts;
    if (!REGIONS.some((known) => known === region)) {
      const found = `${region === '' ? 'no region' : `the region ${describeValue(region)}`}`;
      return fault(found, `Start each entry with one of ${REGIONS.join(', ')}.`);
    }
    const flags = LABEL_FLAGS.map((_, at) => (said[at] ? booleanFromCell(said[at]) : null));
    const wrong = flags.indexOf(undefined);
    if (wrong !== -1) {
      const found = `${describeValue(said[wrong])} for the ${LABEL_FLAGS[wrong]} of ${region}`;
      return fault(found, 'Write yes or no, or nothing where it is not known.');
    }
    const [batchOnLabel, ingredientsOnLabel, nickelStatement, chromiumStatement] = flags;
    return {
      region,
      intendedUse: intendedUse || null,
      batchOnLabel,
      ingredientsOnLabel,
      nickelStatement,
      chromiumStatement,
    };
  });
}

export function readIngredients(cells: RowCells): unknown[] | undefined {
  return readEntries(cells, 'ingredients', { form: INGREDIENT_FORM, most: 3 }, (parts, fault) => {
    const [name = '', ci, cas] = parts;
    if (name !== '') return { name, ...optional('ci', ci), ...optional('cas', cas) };
    return fault(`${describeValue(parts.join('; '))} without a name`, 'Write the name of the ingredient first.');
  });
}

/** Codes of other shades or of diluents. */
export function readCodes(cells: RowCells, column: 'diluents' | 'do_not_mix_with'): unknown[] | undefined {
  return readEntries(cells, column, { form: 'codes separated by |', most: 1 }, ([code]) => code);
}
