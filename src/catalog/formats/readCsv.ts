import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { catalogProblemsTexts } from '../../language/texts/catalogProblems.ts';
import { describeValue, type Problem } from '../problem.ts';
import {
  type Answers,
  type CellFix,
  type IncomingRow,
  type RawCatalogFile,
  type ReadHooks,
  unreadable,
} from './catalogFile.ts';
import { guessColumn, isCodeLike, letDownOfColumn, MOST_LET_DOWNS, wavelengthOfColumn } from './csvColumns.ts';
import { csvRowToPatch } from './csvRowToPatch.ts';
import { decodeText } from './decodeText.ts';
import { findWavelengths, readWavelengths, scaleOf, type WavelengthColumns } from './wavelengthColumns.ts';

/** A row of a real shade table, spectra included, has some 10,000 characters. */
const MAX_ROW_BYTES = 200_000;
const MAX_ROWS = 50_000;
const MAX_SHARED_TEXTS = 20_000;
const MAX_SHARED_LENGTH = 300;
const WATCHED_EVERY = 500;
const EXAMPLE_LENGTH = 40;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The sign that stands most often between the fields of the first line. */
function detectDelimiter(text: string): string {
  const firstLine = /^(?:"[^"]*(?:""[^"]*)*"|[^"\r\n])*/.exec(text.slice(0, 20_000))?.[0] ?? '';
  const bare = firstLine.replaceAll(/"[^"]*(?:""[^"]*)*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

/** A table as UTF-8 without byte order mark; large ones are not decoded as a whole. */
interface TableBytes {
  readonly bytes: Buffer;
  readonly delimiter: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

function toUtf8(bytes: Uint8Array): Pick<TableBytes, 'bytes' | 'encoding'> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Text without a zero byte that is UTF-8 is nothing else; everything else is decoded and written anew.
  if (isUtf8(view) && !view.includes(0)) {
    const marked = view[0] === 0xef && view[1] === 0xbb && view[2] === 0xbf;
    return { bytes: marked ? view.subarray(3) : view, encoding: 'utf-8' };
  }
  const { text, encoding } = decodeText(bytes);
  return { bytes: Buffer.from(text, 'utf8'), encoding };
}

function openTable(file: Uint8Array): TableBytes {
  const { bytes, encoding } = toUtf8(file);
  const start = bytes.toString('utf8', 0, 80_000);
  // Excel's own first line names the delimiter.
  const named = /^sep=([,;\t])\r?\n/i.exec(start);
  if (named !== null) return { bytes: bytes.subarray(named[0].length), delimiter: named[1]!, encoding };
  return { bytes, delimiter: detectDelimiter(start), encoding };
}

/** A line that no table has keeps the parser from copying a huge cell. */
function hasEndlessLine(bytes: Buffer): boolean {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, start);
    const stop = end === -1 ? bytes.indexOf(CARRIAGE_RETURN, start) : end;
    const length = (stop === -1 ? bytes.length : stop) - start;
    if (length > MAX_ROW_BYTES) return true;
    start = stop === -1 ? bytes.length : stop + 1;
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
      const fix = catalogFilesTexts.chooseAColumn;
      problems.push({
        ...place,
        found: describeValue(header),
        expected: catalogFilesTexts.knownColumn,
        fix,
        level: 'warning',
      });
    } else if (seen.has(column)) {
      const found = catalogFilesTexts.twoColumns(column);
      problems.push({
        ...place,
        found,
        expected: catalogProblemsTexts.one,
        fix: catalogFilesTexts.leaveOutThisOr(seen.get(column)!),
        level: 'error',
      });
    } else seen.set(column, header);
  }
  if (!seen.has('code')) {
    const fix = catalogFilesTexts.chooseTheColumnThatHolds;
    problems.push({
      path: '',
      row: 1,
      column: 'code',
      found: catalogProblemsTexts.nothing,
      expected: catalogFilesTexts.columnOfCodes,
      fix,
      level: 'error',
    });
  }
  return problems;
}

/** Hands over one record after another; the header is row 1. Returns the fault of a table that cannot be read. */
function eachRecord({ bytes, delimiter }: TableBytes, take: (cells: string[], row: number) => void): Problem | null {
  let row = 0;
  try {
    parse(bytes, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: MAX_ROW_BYTES,
      to: MAX_ROWS + 2,
      on_record(cells: string[]) {
        row += 1;
        take(cells, row);
        // Nothing is kept by the parser.
        return null;
      },
    });
    return null;
  } catch (error) {
    const at = (error as { lines?: number }).lines;
    return unreadable(
      at === undefined ? catalogFilesTexts.tableThatCannotBeRead : catalogFilesTexts.brokenRowNearLine(at),
      catalogFilesTexts.csvTable,
      catalogFilesTexts.lookForAQuotationMark,
    ).problems[0]!;
  }
}

/** Conditions and sources repeat in every row; one copy of each keeps a large table small in memory. */
function sharedTexts(): (cell: string) => string {
  const known = new Map<string, string>();
  return (cell) => {
    if (cell.length > MAX_SHARED_LENGTH) return cell;
    const first = known.get(cell);
    if (first !== undefined) return first;
    if (known.size < MAX_SHARED_TEXTS) known.set(cell, cell);
    return cell;
  };
}

/** Puts a person's corrections into a row. */
function corrected(headers: readonly string[], cells: string[], fixes: readonly CellFix[] | undefined): string[] {
  for (const { column, value } of fixes ?? []) {
    const at = headers.indexOf(column);
    if (at === -1) continue;
    while (cells.length <= at) cells.push('');
    cells[at] = value;
  }
  return cells;
}

function fixesByRow(answers: Answers): ReadonlyMap<number, readonly CellFix[]> {
  const byRow = new Map<number, CellFix[]>();
  for (const fix of answers.cells ?? []) byRow.set(fix.row, [...(byRow.get(fix.row) ?? []), fix]);
  return byRow;
}

interface Mapping {
  readonly headers: readonly string[];
  readonly columns: readonly (string | null)[];
  readonly problems: Problem[];
  readonly place: ReadonlyMap<string, number>;
  readonly letDowns: number;
  readonly wavelengths: WavelengthColumns | undefined;
  /** Columns whose texts repeat from row to row. */
  readonly texts: ReadonlySet<number>;
}

/** Numbers hardly repeat; to look each of them up costs more than it saves. */
const NUMBER_COLUMN = /(_[Lab]|_parts|_spectrum|_reflectance|_um|_tau|_shape|_ratio)$/;

function mapColumns(headers: readonly string[], answers: Answers): Mapping {
  const chosen = new Map(Object.entries(answers.columns ?? {}));
  const guessed = headers.map((header) => (chosen.has(header) ? chosen.get(header)! : guessColumn(header)));
  const wavelengths = findWavelengths(guessed);
  const codes = guessed.includes('code')
    ? -1
    : headers.findIndex((header) => !chosen.has(header) && isCodeLike(header));
  const columns = guessed.map((column, at) => {
    if (at === codes) return 'code';
    return column !== null && wavelengthOfColumn(column) !== undefined && wavelengths === undefined ? null : column;
  });
  const place = new Map(columns.flatMap((column, at) => (column === null ? [] : [[column, at] as const])));
  const letDowns = Math.min(
    MOST_LET_DOWNS,
    Math.max(0, ...[...place.keys()].map((name) => letDownOfColumn(name) ?? 0)),
  );
  const texts = new Set([...place].flatMap(([column, at]) => (NUMBER_COLUMN.test(column) ? [] : [at])));
  return { headers, columns, problems: columnProblems(headers, columns), place, letDowns, wavelengths, texts };
}

function readRow(
  cells: readonly string[],
  row: number,
  mapping: Mapping,
  share: (cell: string) => string,
): IncomingRow {
  const read = (column: string) => {
    const at = mapping.place.get(column);
    if (at === undefined) return undefined;
    const cell = cells[at];
    if (cell === undefined || cell.trim() === '') return undefined;
    return mapping.texts.has(at) ? share(cell) : cell;
  };
  const { patch, problems } = csvRowToPatch(read, row, mapping.letDowns);
  const { wavelengths, headers } = mapping;
  if (wavelengths !== undefined && !mapping.place.has('masstone_spectrum')) {
    const { spectrum, problem } = readWavelengths(cells, headers, row, wavelengths);
    if (problem) problems.push(problem);
    if (spectrum) patch.masstone = { ...patch.masstone, spectrum };
  }
  const { length } = mapping.columns;
  if (cells.slice(length).some((cell) => cell.trim() !== '')) {
    const found = catalogFilesTexts.cells(cells.length);
    const fix = catalogFilesTexts.putQuotationMarksAroundCells;
    problems.push({ path: '', row, found, expected: catalogFilesTexts.cells(length), fix, level: 'error' });
  }
  return { row, patch, problems };
}

/** With the scale of its columns by wavelength, for which the whole table is looked through first. */
function scaled(table: TableBytes, mapping: Mapping): Mapping {
  const { wavelengths } = mapping;
  if (wavelengths === undefined) return mapping;
  let scale = 1;
  eachRecord(table, (cells, row) => {
    if (row > 1 && scale === 1) scale = scaleOf(cells, wavelengths);
  });
  return { ...mapping, wavelengths: { ...wavelengths, scale } };
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** A table of shades, one row each, in any of the common dialects of CSV. The header is row 1. */
export function readCsv(file: Uint8Array, answers: Answers, { take, watch }: ReadHooks = {}): RawCatalogFile {
  const table = openTable(file);
  if (hasEndlessLine(table.bytes)) {
    return unreadable(
      catalogFilesTexts.lineOfMoreThanBytes(MAX_ROW_BYTES),
      catalogFilesTexts.oneShadeALine,
      catalogFilesTexts.exportTheTableAgainWithLine,
    );
  }
  const fixes = fixesByRow(answers);
  const share = sharedTexts();
  const rows: IncomingRow[] = [];
  let mapping: Mapping | undefined;
  let first: readonly string[] | undefined;
  let last = 0;
  let readBytes = 0;
  const broken = eachRecord(table, (cells, row) => {
    last = row;
    if (mapping === undefined) mapping = scaled(table, mapColumns(cells, answers));
    else if (!isEmpty(cells)) {
      first ??= [...cells];
      if (!mapping.problems.some(({ level }) => level === 'error')) {
        const read = readRow(corrected(mapping.headers, cells, fixes.get(row)), row, mapping, share);
        if (take) take(read);
        else rows.push(read);
      }
    }
    if (watch === undefined) return;
    for (const cell of cells) readBytes += cell.length + 1;
    if (row % WATCHED_EVERY === 0) watch(Math.min(1, readBytes / table.bytes.length));
  });
  if (broken !== null) return { rows: [], problems: [broken] };
  if (mapping === undefined || isEmpty(mapping.headers)) {
    return unreadable(
      catalogFilesTexts.emptyFile,
      catalogFilesTexts.headerAndRows,
      catalogFilesTexts.exportTheTableAgain,
    );
  }
  if (last > MAX_ROWS + 1) {
    return unreadable(
      catalogFilesTexts.moreThanRows(MAX_ROWS),
      catalogFilesTexts.atMost(MAX_ROWS),
      catalogFilesTexts.splitTheFile,
    );
  }
  const { headers, columns, problems } = mapping;
  if (table.encoding === 'windows-1252') {
    const fix = catalogFilesTexts.checkAccentedLetters;
    problems.push({ path: '', found: catalogFilesTexts.textThatIsNotUtf8, expected: 'UTF-8', fix, level: 'warning' });
  }
  return {
    rows,
    problems,
    columns: headers.map((header, at) => ({
      header,
      column: columns[at]!,
      example: (first?.[at] ?? '').trim().slice(0, EXAMPLE_LENGTH),
    })),
    cellsOf: (wanted) => cellsOfRows(table, headers, wanted, fixes),
  };
}

function cellsOfRows(
  table: TableBytes,
  headers: readonly string[],
  wanted: ReadonlySet<number>,
  fixes: ReadonlyMap<number, readonly CellFix[]>,
): Map<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  eachRecord(table, (cells, row) => {
    if (wanted.has(row)) found.set(row, corrected(headers, cells, fixes.get(row)));
  });
  return found;
}
