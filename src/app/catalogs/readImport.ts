import { CatalogIntake, type Intake, type IntakeBase } from '../../catalog/catalogIntake.ts';
import { type CatalogLines, joinCatalogBytes, openCatalogText } from '../../catalog/catalogText.ts';
import { codeKey } from '../../catalog/checkShadeRules.ts';
import { mergeDiluents } from '../../catalog/diffCatalogs.ts';
import type { FieldChange } from '../../catalog/fieldChanges.ts';
import type { Answers, CatalogFile, FileColumn, Question } from '../../catalog/formats/catalogFile.ts';
import { detectFormat } from '../../catalog/formats/detectFormat.ts';
import { readCatalogFile } from '../../catalog/formats/readCatalogFile.ts';
import { writeRejectedRows } from '../../catalog/formats/writeRejectedRows.ts';
import { PackedLines } from '../../catalog/packedLines.ts';
import type { Problem } from '../../catalog/problem.ts';
import type { Catalog, Shade } from '../../catalog/shade.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { catalogProblemsTexts } from '../../language/texts/catalogProblems.ts';

/** A file to be taken into a catalog. */
export interface ImportFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly answers: Answers;
  /** ISO date against which lots expire. */
  readonly today: string;
}

export interface ImportRemark {
  readonly expected: string;
  readonly fix: string;
  readonly count: number;
  /** Rows of the first few. */
  readonly rows: readonly number[];
}

export interface MissingField extends Omit<ImportRemark, 'fix'> {
  readonly field: string;
}

/** What a file would change, as a page or the API tells it. Long lists are cut; the counts are not. */
export interface ImportCheck {
  /** The version it was checked against; 0 before the first. */
  readonly baseVersion: number;
  readonly counts: {
    readonly rows: number;
    readonly added: number;
    readonly changed: number;
    readonly same: number;
    readonly rejected: number;
    readonly untouched: number;
  };
  readonly questions: readonly Question[];
  /** Columns of a table with what they were taken for. */
  readonly columns: readonly FileColumn[];
  readonly added: readonly { readonly row: number; readonly code: string; readonly name: string }[];
  readonly changed: readonly { readonly row: number; readonly code: string; readonly fields: readonly FieldChange[] }[];
  /** Faults of the file as a whole. */
  readonly fileProblems: readonly Problem[];
  /** Faults that a cell of a row causes. */
  readonly errors: readonly Problem[];
  /** Fields the file has no place for, and how many rows lack them. */
  readonly missing: readonly MissingField[];
  /** Rows with such faults beyond those listed. */
  readonly unlisted: number;
  readonly warnings: readonly ImportRemark[];
}

const MOST_SHOWN = 200;
const MOST_FIELDS = 40;
const ROWS_NAMED = 5;

interface Kept {
  readonly code: string;
  readonly name: string;
  /** Place of a new or changed shade among those written so far. */
  readonly place: number;
}

/** A catalog to import into: its text opened, and what the rules between shades need. */
export interface ImportBase extends CatalogLines, IntakeBase {}

/** The code of a shade in its JSON, where it stands first: to read all of 20,000 shades only for that takes a second. */
function codeIn(line: string): string | undefined {
  return /^\{"code":"([^"\\]*)"/.exec(line)?.[1];
}

/** @param text of the catalog, or its UTF-8 bytes */
export async function openBase(text: string | Buffer): Promise<ImportBase> {
  const codes: string[] = [];
  const { header, lines } = await openCatalogText(text, (read, line) => codes.push(codeIn(line) ?? read().code));
  return { header, lines, codes, find: (place) => JSON.parse(lines.at(place)) as Shade };
}

interface ReadImport {
  readonly file: CatalogFile;
  readonly intake: Intake<Kept>;
  readonly rows: number;
  readonly diluents: Catalog['diluents'];
  /** New and changed shades, those too that were rejected in the end. */
  readonly written: PackedLines;
}

/** Reads a file against a catalog row by row; of a shade only what is asked for stays in memory. */
function read(base: ImportBase, source: ImportFile, watch?: (share: number) => void): ReadImport {
  let written = new PackedLines();
  const keep = (shade: Shade, fate: 'new' | 'changed' | 'same'): Kept => {
    const { code, name } = shade;
    const place = written.count;
    if (fate !== 'same') written.add(JSON.stringify(shade));
    return { code, name, place };
  };
  const start = (isTable: boolean) => {
    written = new PackedLines();
    const { name: fileName, today, answers } = source;
    const options = { fileName, isTable, today, defaults: answers.shade, mostDetailed: MOST_SHOWN, keep };
    return new CatalogIntake<Kept>(base, options);
  };
  let rows = 0;
  const detected = detectFormat(source.bytes, source.name);
  const isTable = 'format' in detected && detected.format === 'csv';
  let intake = start(isTable);
  const file = readCatalogFile(source.bytes, source.name, source.answers, {
    ...(watch && { watch }),
    take(row) {
      rows += 1;
      intake.take(row);
    },
  });
  if (file.problems.some(({ level }) => level === 'error')) {
    // A fault of the file as a whole: what was read before it counts for nothing.
    intake = start(isTable);
    rows = 0;
  }
  const diluents = mergeDiluents(base.header, file.header);
  return { file, intake: intake.finish(diluents), rows, diluents, written };
}

/** The same advice for many rows is said once. */
function groupRemarks(problems: readonly Problem[]): ImportRemark[] {
  const groups = new Map<string, { expected: string; fix: string; count: number; rows: number[] }>();
  for (const { expected, fix: exact, row, path } of problems) {
    // Advice that names a shade is one advice for all of them.
    const fix = path.endsWith('replacement') ? catalogChangesTexts.ofEach(exact) : exact;
    const key = `${expected}|${fix}`;
    const group = groups.get(key) ?? { expected, fix, count: 0, rows: [] };
    group.count += 1;
    if (row !== undefined && group.rows.length < ROWS_NAMED) group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].sort((one, other) => other.count - one.count).slice(0, MOST_SHOWN);
}

/** Tells faults of cells from fields that no column of the file could hold. */
function sortErrors(problems: readonly Problem[], columns: readonly FileColumn[]) {
  const mapped = new Set(columns.map(({ column }) => column));
  const ofCells: Problem[] = [];
  const missing = new Map<string, { field: string; expected: string; count: number; rows: number[] }>();
  for (const problem of problems) {
    const { path, column, found, expected, row } = problem;
    const field = column ?? path;
    if (columns.length === 0 || found !== catalogProblemsTexts.nothing || mapped.has(field)) {
      ofCells.push(problem);
      continue;
    }
    const group = missing.get(field) ?? { field, expected, count: 0, rows: [] };
    group.count += 1;
    if (row !== undefined && group.rows.length < ROWS_NAMED) group.rows.push(row);
    missing.set(field, group);
  }
  return { ofCells, missing: [...missing.values()] };
}

function checkOf({ header }: ImportBase, { file, intake, rows }: ReadImport): ImportCheck {
  const { accepted, rejected, warnings, untouched } = intake;
  const added = accepted.filter(({ fate }) => fate === 'new');
  const changed = accepted.filter(({ fate }) => fate === 'changed');
  const { ofCells, missing } = sortErrors(
    rejected.flatMap(({ problems }) => problems),
    file.columns ?? [],
  );
  const errors = ofCells.slice(0, MOST_SHOWN);
  const listed = new Set(errors.map(({ row }) => row));
  return {
    baseVersion: header.version,
    counts: {
      rows,
      added: added.length,
      changed: changed.length,
      same: accepted.length - added.length - changed.length,
      rejected: rejected.length,
      untouched: untouched.length,
    },
    questions: file.questions,
    columns: file.columns ?? [],
    added: added.slice(0, MOST_SHOWN).map(({ row, kept: { code, name } }) => ({ row, code, name })),
    changed: changed.slice(0, MOST_SHOWN).map(({ row, kept: { code }, fields }) => {
      return { row, code, fields: fields.slice(0, MOST_FIELDS) };
    }),
    fileProblems: file.problems,
    errors,
    missing,
    unlisted: new Set(ofCells.flatMap(({ row }) => (listed.has(row) ? [] : [row]))).size,
    warnings: groupRemarks(warnings),
  };
}

/** The catalog with every accepted row taken over, as text in UTF-8. */
function nextText(
  { header, codes, lines: olds }: ImportBase,
  { intake, diluents, written }: Pick<ReadImport, 'intake' | 'diluents' | 'written'>,
): Buffer {
  const changed = new Map<string, number>();
  for (const { key, fate, kept } of intake.accepted) if (fate === 'changed') changed.set(key, kept.place);
  const added = intake.accepted.filter(({ fate }) => fate === 'new');
  const lines = new PackedLines();
  // Lines that follow one another here as there are taken over together.
  let run = { source: olds, from: 0, to: 0 };
  const take = (source: PackedLines, at: number) => {
    if (source === run.source && at === run.to) run.to += 1;
    else {
      lines.append(run.source, run.from, run.to);
      run = { source, from: at, to: at + 1 };
    }
  };
  for (const [at, code] of codes.entries()) {
    const place = changed.get(codeKey(code));
    if (place === undefined) take(olds, at);
    else take(written, place);
  }
  for (const { kept } of added) take(written, kept.place);
  lines.append(run.source, run.from, run.to);
  return joinCatalogBytes({ header: { ...header, version: header.version + 1, diluents }, lines });
}

/**
 * The dry run: what the file would change, and the text of the catalog as it would be, UTF-8; null when nothing would
 * change. Changes nothing.
 */
export function checkImport(
  base: ImportBase,
  source: ImportFile,
  watch?: (share: number) => void,
): { check: ImportCheck; next: Buffer | null } {
  const found = read(base, source, watch);
  const check = checkOf(base, found);
  return { check, next: check.counts.added + check.counts.changed === 0 ? null : nextText(base, found) };
}

/** The rejected rows with what is wrong, as CSV. */
export function rejectedRows(base: ImportBase, source: ImportFile): string {
  const { file, intake } = read(base, source);
  return writeRejectedRows(file, intake);
}
