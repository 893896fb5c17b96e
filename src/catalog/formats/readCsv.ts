import { parse } from 'csv-parse/sync';
import { describeValue, type Problem } from '../problem.ts';
import { type Answers, type IncomingRow, type RawCatalogFile, unreadable } from './catalogFile.ts';
import { guessColumn, letDownOfColumn } from './csvColumns.ts';
import { csvRowToPatch } from './csvRowToPatch.ts';
import { decodeText } from './decodeText.ts';

/** A row of a real shade table, spectra included, has some 10,000 characters. */
const MAX_ROW_CHARACTERS = 200_000;
const MAX_ROWS = 50_000;
const MAX_LET_DOWNS = 20;
const MAX_SHARED_TEXTS = 20_000;

/** The sign that stands most often between the fields of the first line. */
function detectDelimiter(text: string): string {
  const firstLine = /^(?:"[^"]*(?:""[^"]*)*"|[^"\r\n])*/.exec(text.slice(0, 20_000))?.[0] ?? '';
  const bare = firstLine.replaceAll(/"[^"]*(?:""[^"]*)*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

/** Excel's own first line, which names the delimiter. */
function takeSepLine(text: string): { text: string; delimiter?: string } {
  const found = /^sep=([,;\t])\r?\n/i.exec(text);
  return found === null ? { text } : { text: text.slice(found[0].length), delimiter: found[1]! };
}

/** A line that no table has keeps the parser from copying a huge cell. */
function hasEndlessLine(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end === -1 ? text.indexOf('\r', start) : end;
    const length = (stop === -1 ? text.length : stop) - start;
    if (length > MAX_ROW_CHARACTERS) return true;
    start = stop === -1 ? text.length : stop + 1;
  }
  return false;
}

function columnProblems(headers: readonly string[], columns: readonly (string | null)[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const [at, column] of columns.entries()) {
    const header = headers[at]!;
    const place = { path: '', row: 1, column: header };
    if (column === null) {
      if (header.trim() === '') continue;
      const fix = 'Choose a column for it, or leave it out.';
      problems.push({ ...place, found: describeValue(header), expected: 'a known column', fix, level: 'warning' });
    } else if (seen.has(column)) {
      const found = `two columns for ${column}`;
      problems.push({
        ...place,
        found,
        expected: 'one',
        fix: `Leave out this one or ${seen.get(column)}.`,
        level: 'error',
      });
    } else seen.set(column, header);
  }
  if (!seen.has('code')) {
    const fix = 'Choose the column that holds the shade codes.';
    problems.push({
      path: '',
      row: 1,
      column: 'code',
      found: 'nothing',
      expected: 'a column of codes',
      fix,
      level: 'error',
    });
  }
  return problems;
}

function parseTable(text: string, delimiter: string): string[][] | RawCatalogFile {
  try {
    return parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: MAX_ROW_CHARACTERS,
      to: MAX_ROWS + 2,
    });
  } catch (error) {
    const at = (error as { lines?: number }).lines;
    return unreadable(
      at === undefined ? 'a table that cannot be read' : `a broken row near line ${at}`,
      'a CSV table',
      'Look for a quotation mark that is opened and not closed.',
    );
  }
}

/** A table of shades, one row each, in any of the common dialects of CSV. The header is row 1. */
export function readCsv(bytes: Uint8Array, answers: Answers): RawCatalogFile {
  const decoded = decodeText(bytes);
  const { text, delimiter } = takeSepLine(decoded.text);
  if (hasEndlessLine(text)) {
    return unreadable(
      `a line of more than ${MAX_ROW_CHARACTERS} characters`,
      'one shade a line',
      'Export the table again with line breaks.',
    );
  }
  const table = parseTable(text, delimiter ?? detectDelimiter(text));
  if (!Array.isArray(table)) return table;
  const [headers, ...body] = table;
  if (headers === undefined || headers.every((cell) => cell.trim() === '')) {
    return unreadable('an empty file', 'a header and rows', 'Export the table again, or start from the template.');
  }
  if (body.length > MAX_ROWS) {
    return unreadable(`more than ${MAX_ROWS} rows`, `at most ${MAX_ROWS}`, 'Split the file.');
  }
  const chosen = new Map(Object.entries(answers.columns ?? {}));
  const columns = headers.map((header) => (chosen.has(header) ? chosen.get(header)! : guessColumn(header)));
  const problems = columnProblems(headers, columns);
  if (decoded.encoding === 'windows-1252') {
    const fix = 'Check accented letters; save as UTF-8 if they look wrong.';
    problems.push({ path: '', found: 'text that is not UTF-8', expected: 'UTF-8', fix, level: 'warning' });
  }
  shareRepeatedTexts(body);
  const mapping = headers.map((header, at) => ({ header, column: columns[at]! }));
  if (problems.some((problem) => problem.level === 'error')) return { rows: [], problems, columns: mapping };
  return { rows: readRows(body, columns), problems, columns: mapping };
}

/** Conditions and sources repeat in every row; one copy of each keeps a large table small in memory. */
function shareRepeatedTexts(body: readonly string[][]): void {
  const known = new Map<string, string>();
  for (const cells of body) {
    for (const [at, cell] of cells.entries()) {
      const first = known.get(cell);
      if (first !== undefined) cells[at] = first;
      else if (known.size < MAX_SHARED_TEXTS) known.set(cell, cell);
    }
  }
}

function readRows(body: readonly string[][], columns: readonly (string | null)[]): IncomingRow[] {
  const place = new Map(columns.flatMap((column, at) => (column === null ? [] : [[column, at] as const])));
  const letDowns = Math.min(MAX_LET_DOWNS, Math.max(0, ...[...place.keys()].map((name) => letDownOfColumn(name) ?? 0)));
  return body.flatMap((cells, index): IncomingRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const row = index + 2;
    const read = (column: string) => {
      const at = place.get(column);
      const cell = at === undefined ? undefined : cells[at];
      return cell === undefined || cell.trim() === '' ? undefined : cell;
    };
    const { patch, problems } = csvRowToPatch(read, row, letDowns);
    if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      const found = `${cells.length} cells`;
      const fix = 'Put quotation marks around cells that hold the separator.';
      problems.push({ path: '', row, found, expected: `${columns.length} cells`, fix, level: 'error' });
    }
    return [{ row, patch, problems, cells }];
  });
}
