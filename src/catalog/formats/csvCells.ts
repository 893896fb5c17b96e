/** How one value stands in a cell of a spreadsheet file, both ways. */

/** Clears an optional field; an empty cell leaves it as it is. */
export const CLEAR = '-';

/** Starts that make a spreadsheet run a cell as a formula (also full-width, which some locales accept). */
const FORMULA_START = /^'*[=+\-@\t\r＝＋－＠]/;
const APOSTROPHE = 39;
const EQUALS = 61;
const ESCAPED_START = /^'+[=+\-@\t\r＝＋－＠]/;

/** Text made harmless for spreadsheets by a leading apostrophe, which `textFromCell` takes away again. */
export function textToCell(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** The reverse of `textToCell`; also unwraps `="00123"`, the way Excel keeps text from becoming a number. */
export function textFromCell(cell: string): string {
  const first = cell.charCodeAt(0);
  if (first !== APOSTROPHE && first !== EQUALS) return cell;
  if (ESCAPED_START.test(cell)) return cell.slice(1);
  const wrapped = /^="([^"]*(?:""[^"]*)*)"$/.exec(cell);
  return wrapped === null ? cell : wrapped[1]!.replaceAll('""', '"');
}

const ZERO = 48;
const NINE = 57;
const MOST_EXACT_DIGITS = 15;
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** Where the number that was read last ends. */
let numberEnd = 0;

/**
 * A plain decimal number that starts at `from`: most numbers of a large table are such, and cutting each of them out of
 * its cell first takes most of the time. Up to 15 digits over a power of ten is what `Number` makes of the text.
 * @returns NaN for anything that needs a closer look
 */
function plainNumberAt(text: string, from: number): number {
  let at = from;
  const sign = text.charCodeAt(at);
  if (sign === 43 || sign === 45) at += 1;
  let value = 0;
  let digits = 0;
  let point = -1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      value = 10 * value + (code - ZERO);
      digits += 1;
    } else if ((code === 46 || code === 44) && point === -1) point = at;
    else break;
  }
  numberEnd = at;
  if (digits === 0 || digits > MOST_EXACT_DIGITS) return Number.NaN;
  const size = point === -1 ? value : value / POWERS[at - point - 1]!;
  return sign === 45 ? -size : size;
}

/**
 * A number with decimal point or decimal comma, and a true minus sign; undefined for anything else, grouped
 * thousands included, because "1,234" would be read in two ways.
 */
export function numberFromCell(cell: string): number | undefined {
  const quick = plainNumberAt(cell, 0);
  if (numberEnd === cell.length && !Number.isNaN(quick)) return quick;
  const plain = textFromCell(cell.trim()).trim().replace('−', '-');
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?$/i.test(plain)) return undefined;
  return Number(plain.replace(',', '.'));
}

const SPACE = 32;

/** Plain numbers with single spaces between them; undefined for anything else. */
function plainNumbers(cell: string): number[] | undefined {
  const values: number[] = [];
  for (let at = 0; ; at = numberEnd + 1) {
    const value = plainNumberAt(cell, at);
    if (Number.isNaN(value)) return undefined;
    values.push(value);
    if (numberEnd === cell.length) return values;
    if (cell.charCodeAt(numberEnd) !== SPACE) return undefined;
  }
}

/** Numbers between spaces or semicolons, or between commas where these cannot be decimal. */
export function numbersFromCell(cell: string): number[] | undefined {
  const quick = plainNumbers(cell);
  if (quick !== undefined) return quick;
  const read = (separator: RegExp) => {
    const values = cell.trim().split(separator).map(numberFromCell);
    return values.includes(undefined) ? undefined : (values as number[]);
  };
  return read(/\s*;\s*|\s+/) ?? (cell.includes('.') && cell.includes(',') ? read(/\s*,\s*/) : undefined);
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
