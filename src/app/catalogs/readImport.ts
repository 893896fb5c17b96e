import { CatalogIntake, type Intake } from '../../catalog/catalogIntake.ts';
import { codeKey } from '../../catalog/checkShadeRules.ts';
import { mergeDiluents } from '../../catalog/diffCatalogs.ts';
import type { FieldChange } from '../../catalog/fieldChanges.ts';
import type { Answers, CatalogFile, Question } from '../../catalog/formats/catalogFile.ts';
import { detectFormat } from '../../catalog/formats/detectFormat.ts';
import { readCatalogFile } from '../../catalog/formats/readCatalogFile.ts';
import { writeRejectedRows } from '../../catalog/formats/writeRejectedRows.ts';
import type { Problem } from '../../catalog/problem.ts';
import type { Catalog } from '../../catalog/shade.ts';

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
  readonly columns: readonly { readonly header: string; readonly column: string | null }[];
  readonly added: readonly { readonly row: number; readonly code: string; readonly name: string }[];
  readonly changed: readonly { readonly row: number; readonly code: string; readonly fields: readonly FieldChange[] }[];
  /** Faults of the file as a whole. */
  readonly fileProblems: readonly Problem[];
  readonly errors: readonly Problem[];
  readonly warnings: readonly ImportRemark[];
}

const MOST_SHOWN = 200;
const MOST_FIELDS = 40;
const ROWS_NAMED = 5;

interface Kept {
  readonly code: string;
  readonly name: string;
  /** The shade as text, where the whole catalog is wanted. */
  readonly json: string;
}

interface ReadImport {
  readonly file: CatalogFile;
  readonly intake: Intake<Kept>;
  readonly rows: number;
  readonly diluents: Catalog['diluents'];
}

/** Reads a file against a catalog row by row; of a shade only what is asked for stays in memory. */
function read(catalog: Catalog, source: ImportFile, withText: boolean, watch?: (share: number) => void): ReadImport {
  const start = (isTable: boolean) =>
    new CatalogIntake<Kept>(catalog, {
      fileName: source.name,
      isTable,
      today: source.today,
      defaults: source.answers.shade,
      keep: (shade) => ({ code: shade.code, name: shade.name, json: withText ? JSON.stringify(shade) : '' }),
    });
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
  const diluents = mergeDiluents(catalog, file.header);
  return { file, intake: intake.finish(diluents), rows, diluents };
}

/** The same advice for many rows is said once. */
function groupRemarks(problems: readonly Problem[]): ImportRemark[] {
  const groups = new Map<string, { expected: string; fix: string; count: number; rows: number[] }>();
  for (const { expected, fix: exact, row, path } of problems) {
    // Advice that names a shade is one advice for all of them.
    const fix = path.endsWith('replacement') ? exact.replace(/ of .*\.$/, ' of each.') : exact;
    const key = `${expected}|${fix}`;
    const group = groups.get(key) ?? { expected, fix, count: 0, rows: [] };
    group.count += 1;
    if (row !== undefined && group.rows.length < ROWS_NAMED) group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].sort((one, other) => other.count - one.count).slice(0, MOST_SHOWN);
}

function checkOf(catalog: Catalog, { file, intake, rows }: ReadImport): ImportCheck {
  const { accepted, rejected, warnings, untouched } = intake;
  const added = accepted.filter(({ isNew }) => isNew);
  const changed = accepted.filter(({ isNew, fields }) => !isNew && fields.length > 0);
  return {
    baseVersion: catalog.version,
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
    errors: rejected.flatMap(({ problems }) => problems).slice(0, MOST_SHOWN),
    warnings: groupRemarks(warnings),
  };
}

/** The dry run: what the file would change. Changes nothing. */
export function checkImport(catalog: Catalog, source: ImportFile, watch?: (share: number) => void): ImportCheck {
  return checkOf(catalog, read(catalog, source, false, watch));
}

/** The next version as text, with every accepted row taken over, and what was taken. */
export function importedCatalog(catalog: Catalog, source: ImportFile): { check: ImportCheck; catalogJson: string } {
  const found = read(catalog, source, true);
  const { accepted } = found.intake;
  const texts = new Map(accepted.map(({ key, kept }) => [key, kept.json]));
  const kept = catalog.shades.map((shade) => texts.get(codeKey(shade.code)) ?? JSON.stringify(shade));
  const added = accepted.filter(({ isNew }) => isNew).map((entry) => entry.kept.json);
  const { shades: _, ...header } = catalog;
  const frame = JSON.stringify({ ...header, version: catalog.version + 1, diluents: found.diluents });
  const catalogJson = `${frame.slice(0, -1)},"shades":[${[...kept, ...added].join(',')}]}`;
  return { check: checkOf(catalog, found), catalogJson };
}

/** The rejected rows with what is wrong, as CSV. */
export function rejectedRows(catalog: Catalog, source: ImportFile): string {
  const { file, intake } = read(catalog, source, false);
  return writeRejectedRows(file, intake);
}
