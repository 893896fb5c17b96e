/** How one value stands in a cell of a spreadsheet file, both ways. */

/** Clears an optional field; an empty cell leaves it as it is. */
export const CLEAR = '-';

/** Starts that make a spreadsheet run a cell as a formula (also full-width, which some locales accept). */
const FORMULA_START = /^'*[=+\-@\t\r＝＋－＠]/;
const ESCAPED_START = /^'+[=+\-@\t\r＝＋－＠]/;

/** Text made harmless for spreadsheets by a leading apostrophe, which `textFromCell` takes away again. */
export function textToCell(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** The reverse of `textToCell`; also unwraps `="00123"`, the way Excel keeps text from becoming a number. */
export function textFromCell(cell: string): string {
  if (ESCAPED_START.test(cell)) return cell.slice(1);
  const wrapped = /^="([^"]*(?:""[^"]*)*)"$/.exec(cell);
  return wrapped === null ? cell : wrapped[1]!.replaceAll('""', '"');
}

/**
 * A number with decimal point or decimal comma, and a true minus sign; undefined for anything else, grouped
 * thousands included, because "1,234" would be read in two ways.
 */
export function numberFromCell(cell: string): number | undefined {
  const plain = textFromCell(cell.trim()).trim().replace('−', '-');
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?$/i.test(plain)) return undefined;
  return Number(plain.replace(',', '.'));
}

/** Numbers between spaces. */
export function numbersFromCell(cell: string): number[] | undefined {
  const values = cell.trim().split(/\s+/).map(numberFromCell);
  return values.includes(undefined) ? undefined : (values as number[]);
}

const YES = new Set(['yes', 'true', '1', 'y']);
const NO = new Set(['no', 'false', '0', 'n']);

export function booleanFromCell(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

export const booleanToCell = (value: boolean): string => (value ? 'yes' : 'no');

const escapePart = (part: string): string => part.replaceAll(/[\\|;]/g, (sign) => `\\${sign}`);

/** Entries separated by " | ", their parts by "; "; `\` escapes. Trailing empty parts are left out. */
export function listToCell(entries: readonly (readonly (string | undefined)[])[]): string {
  return entries
    .map((parts) => {
      const last = parts.findLastIndex((part) => part !== undefined && part !== '');
      return parts
        .slice(0, last + 1)
        .map((part) => escapePart(part ?? ''))
        .join('; ');
    })
    .join(' | ');
}

/** The reverse of `listToCell`: entries of trimmed parts. */
export function listFromCell(cell: string): string[][] {
  const entries: string[][] = [['']];
  for (let at = 0; at < cell.length; at++) {
    const parts = entries.at(-1)!;
    const sign = cell[at]!;
    if (sign === '\\' && at + 1 < cell.length) {
      at += 1;
      parts[parts.length - 1] += cell[at]!;
    } else if (sign === ';') parts.push('');
    else if (sign === '|') entries.push(['']);
    else parts[parts.length - 1] += sign;
  }
  return entries.map((parts) => parts.map((part) => part.trim()));
}
