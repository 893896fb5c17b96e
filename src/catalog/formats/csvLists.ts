import * as z from 'zod';
import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { describeValue } from '../problem.ts';
import { REGIONS } from '../shade.ts';
import { booleanFromCell, numberFromCell } from './csvCells.ts';
import type { RowCells } from './rowCells.ts';

/** Columns that hold several entries. A faulty entry is told as it stands, so that it is found in a long cell. */

const LOT_FORM = catalogFilesTexts.lotExpiryOpened;
const INGREDIENT_FORM = catalogFilesTexts.nameCiNumber;
const LABEL_FORM = catalogFilesTexts.regionIntendedUse;
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
    if (isEmpty(parts)) return fault(catalogFilesTexts.emptyEntry, catalogFilesTexts.takeAwayEmptyEntry);
    if (parts.length > most) {
      return fault(
        catalogFilesTexts.partsIn(parts.length, describeValue(parts.join('; '))),
        catalogFilesTexts.putBetweenEntries,
      );
    }
    return convert(parts, fault);
  });
}

/** "31.12.2027" names one day only; with other signs the month could come first. */
function dayFix(text: string): string {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (isDay(iso)) return catalogFilesTexts.writeDay(iso);
  if (/^\d{4}-\d{1,2}$/.test(text)) return catalogFilesTexts.giveTheDayToo;
  return catalogFilesTexts.writeTheDayAsYyyymmdd;
}

export function readLots(cells: RowCells): unknown[] | undefined {
  return readEntries(cells, 'lots', { form: LOT_FORM, most: 4 }, (parts, fault) => {
    const [lot = '', expires = '', opened = '', quantity = ''] = parts;
    const whole = describeValue(parts.join('; '));
    if (lot === '')
      return fault(catalogFilesTexts.withoutALotNumber(whole), catalogFilesTexts.writeTheNumberOnTheBottle);
    if (expires === '') {
      const fix = lot.includes(',')
        ? catalogFilesTexts.separateThePartsBySemicolons
        : catalogFilesTexts.writeTheExpiryAfterTheNumber(lot);
      return fault(catalogFilesTexts.withoutAnExpiry(whole), fix);
    }
    const days: readonly [string, string][] = [
      ['expiry', expires],
      [catalogFilesTexts.dayOfOpening, opened],
    ];
    for (const [what, day] of days) {
      if (day !== '' && !isDay(day))
        return fault(catalogFilesTexts.dayOfLot(describeValue(day), what, lot), dayFix(day));
    }
    const quantityMl = quantity === '' ? undefined : (numberFromCell(quantity) ?? Number.NaN);
    if (quantityMl !== undefined && !(quantityMl >= 0)) {
      const found = catalogFilesTexts.quantityOfLot(describeValue(quantity), lot);
      return fault(found, catalogFilesTexts.giveTheQuantityInMl);
    }
    return { lot, expires, ...optional('opened', opened), ...(quantityMl !== undefined && { quantityMl }) };
  });
}

export function readRegulatory(cells: RowCells): unknown[] | undefined {
  return readEntries(cells, 'regulatory', { form: LABEL_FORM, most: 6 }, (parts, fault) => {
    const [region = '', intendedUse, ...said] = parts;
    if (!REGIONS.some((known) => known === region)) {
      const found = `${region === '' ? catalogFilesTexts.noRegion : catalogFilesTexts.theRegion(describeValue(region))}`;
      return fault(found, catalogFilesTexts.startEachEntryWithOne(REGIONS.join(', ')));
    }
    const flags = LABEL_FLAGS.map((_, at) => (said[at] ? booleanFromCell(said[at]) : null));
    const wrong = flags.indexOf(undefined);
    if (wrong !== -1) {
      const found = catalogFilesTexts.statementNotRead(describeValue(said[wrong]), LABEL_FLAGS[wrong], region);
      return fault(found, catalogFilesTexts.writeYesOrNo);
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
    return fault(
      catalogFilesTexts.withoutAName(describeValue(parts.join('; '))),
      catalogFilesTexts.writeTheNameOfTheIngredient,
    );
  });
}

/** Codes of other shades or of diluents. */
export function readCodes(cells: RowCells, column: 'diluents' | 'do_not_mix_with'): unknown[] | undefined {
  return readEntries(cells, column, { form: catalogFilesTexts.codesSeparated, most: 1 }, ([code]) => code);
}
