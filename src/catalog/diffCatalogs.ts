import { checkColourRules } from './checkColourRules.ts';
import { checkShadeRules, codeKey } from './checkShadeRules.ts';
import { type FieldChange, fieldChanges } from './fieldChanges.ts';
import type { CatalogFile, IncomingRow } from './formats/catalogFile.ts';
import { columnOfPath } from './formats/csvColumns.ts';
import { mergeShade } from './mergeShade.ts';
import { describeValue, type Problem } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { type Catalog, diluentSchema, type Shade, shadeSchema } from './shade.ts';

export interface CatalogDiff {
  readonly added: readonly { readonly row: number; readonly shade: Shade }[];
  readonly changed: readonly { readonly row: number; readonly shade: Shade; readonly fields: readonly FieldChange[] }[];
  readonly same: readonly { readonly row: number; readonly code: string }[];
  readonly rejected: readonly {
    readonly row: number;
    readonly problems: readonly Problem[];
    readonly cells?: readonly string[];
  }[];
  /** Faults of the file as a whole, and warnings about rows that are taken. */
  readonly problems: readonly Problem[];
  /** Codes of the catalog that the file does not name; they stay. */
  readonly untouched: readonly string[];
  /** The catalog with every accepted row applied; publishing it as a new version is the caller's. */
  readonly result: Catalog;
}

export interface DiffOptions {
  /** ISO date against which lots expire. */
  readonly today?: string;
  /** Fields of new shades that the file has no place for. */
  readonly defaults?: Partial<Shade>;
}

/** A row on its way into the catalog. */
interface Candidate {
  readonly row: IncomingRow;
  readonly key: string;
  readonly shade: Shade;
  readonly fields: readonly FieldChange[];
  readonly isNew: boolean;
}

type Outcome = { candidate: Candidate } | { problems: Problem[] };

function inRow(problem: Problem, row: IncomingRow, isTable: boolean): Problem {
  const path = problem.path.replace(/^shades\[\d+\]\.?/, '');
  const column = isTable ? columnOfPath(path) : undefined;
  return { ...problem, path, row: row.row, ...(column !== undefined && { column }) };
}

function prepare(
  row: IncomingRow,
  old: Shade | undefined,
  source: string,
  options: DiffOptions,
  isTable: boolean,
): Outcome {
  const errors = row.problems.filter((problem) => problem.level === 'error');
  if (errors.length > 0) return { problems: errors };
  const merged = mergeShade(old, row.patch, source, options.defaults);
  const parsed = shadeSchema.safeParse(merged);
  if (!parsed.success) {
    return { problems: schemaProblems(merged, parsed.error.issues).map((problem) => inRow(problem, row, isTable)) };
  }
  const fields = old === undefined ? [] : fieldChanges(old, parsed.data);
  return { candidate: { row, key: codeKey(parsed.data.code), shade: parsed.data, fields, isNew: old === undefined } };
}

/** Diluents of a JSON catalog are met by their code. */
function withDiluents(catalog: Catalog, header: CatalogFile['header']): Catalog {
  const incoming = diluentSchema.array().safeParse(header?.diluents);
  if (!incoming.success) return catalog;
  const diluents = new Map(catalog.diluents.map((diluent) => [codeKey(diluent.code), diluent]));
  for (const diluent of incoming.data) diluents.set(codeKey(diluent.code), diluent);
  return { ...catalog, diluents: [...diluents.values()] };
}

function apply(catalog: Catalog, candidates: readonly Candidate[]): Catalog {
  const byKey = new Map(candidates.map((candidate) => [candidate.key, candidate.shade]));
  const kept = catalog.shades.map((shade) => byKey.get(codeKey(shade.code)) ?? shade);
  const added = candidates.filter((candidate) => candidate.isNew).map((candidate) => candidate.shade);
  return { ...catalog, shades: [...kept, ...added] };
}

/** Problems of the rules across shades and of the colours, by the key of the shade they concern. */
function rulesByKey(result: Catalog, touched: ReadonlySet<string>, today: string | undefined): Map<string, Problem[]> {
  const found = new Map<string, Problem[]>();
  const add = (key: string, problems: readonly Problem[]) => {
    if (problems.length > 0 && touched.has(key)) found.set(key, [...(found.get(key) ?? []), ...problems]);
  };
  for (const problem of checkShadeRules(result, today)) {
    const at = /^shades\[(\d+)\]/.exec(problem.path);
    if (at !== null) add(codeKey(result.shades[Number(at[1])]!.code), [problem]);
  }
  for (const [at, shade] of result.shades.entries()) {
    const key = codeKey(shade.code);
    if (touched.has(key)) add(key, checkColourRules(shade, at));
  }
  return found;
}

function repeatedRow(row: IncomingRow, first: number): Problem {
  return {
    path: 'code',
    row: row.row,
    column: 'code',
    found: `${describeValue(row.patch.code)} again`,
    expected: 'each code once',
    fix: `Remove this row or row ${first}.`,
    level: 'error',
  };
}

/**
 * What a file would change in a catalog, without changing anything: new, changed (field by field), same and rejected
 * rows, which add up to the file's rows. Rows and columns that are absent delete nothing, and applying the same file
 * to the result again changes nothing. A rejected row leaves its shade as it was.
 */
export function diffCatalogs(catalog: Catalog, file: CatalogFile, options: DiffOptions = {}): CatalogDiff {
  const isTable = file.format === 'csv';
  const source = `file "${file.name}"`;
  const base = withDiluents(catalog, file.header);
  const olds = new Map(catalog.shades.map((shade) => [codeKey(shade.code), shade]));
  const firstRow = new Map<string, number>();
  const rejected = new Map<IncomingRow, Problem[]>();
  let accepted: Candidate[] = [];
  for (const row of file.rows) {
    const { code } = row.patch;
    const key = typeof code === 'string' ? codeKey(code.trim()) : undefined;
    const first = key === undefined ? undefined : firstRow.get(key);
    if (first !== undefined) {
      rejected.set(row, [repeatedRow(row, first)]);
      continue;
    }
    if (key !== undefined) firstRow.set(key, row.row);
    const outcome = prepare(row, key === undefined ? undefined : olds.get(key), source, options, isTable);
    if ('candidate' in outcome) accepted.push(outcome.candidate);
    else rejected.set(row, outcome.problems);
  }
  let result = apply(base, accepted);
  let faults = rulesByKey(result, touchedKeys(accepted), options.today);
  // A rejected row may have been another row's replacement, so look again until nothing more falls.
  for (let fallen = true; fallen; ) {
    fallen = false;
    accepted = accepted.filter((candidate) => {
      const errors = faults.get(candidate.key)?.filter((problem) => problem.level === 'error') ?? [];
      if (errors.length === 0) return true;
      rejected.set(
        candidate.row,
        errors.map((problem) => inRow(problem, candidate.row, isTable)),
      );
      fallen = true;
      return false;
    });
    if (fallen) {
      result = apply(base, accepted);
      faults = rulesByKey(result, touchedKeys(accepted), options.today);
    }
  }
  const warnings = accepted.flatMap((candidate) => [
    ...candidate.row.problems,
    ...(faults.get(candidate.key) ?? []).map((problem) => inRow(problem, candidate.row, isTable)),
  ]);
  return {
    added: accepted.filter((c) => c.isNew).map(({ row, shade }) => ({ row: row.row, shade })),
    changed: accepted
      .filter((c) => !c.isNew && c.fields.length > 0)
      .map(({ row, shade, fields }) => ({ row: row.row, shade, fields })),
    same: accepted
      .filter((c) => !c.isNew && c.fields.length === 0)
      .map(({ row, shade }) => ({ row: row.row, code: shade.code })),
    rejected: [...rejected].map(([row, problems]) => ({
      row: row.row,
      problems,
      ...(row.cells !== undefined && { cells: row.cells }),
    })),
    problems: [...file.problems, ...warnings],
    untouched: catalog.shades.map((shade) => shade.code).filter((code) => !firstRow.has(codeKey(code))),
    result,
  };
}

function touchedKeys(candidates: readonly Candidate[]): Set<string> {
  return new Set(candidates.filter((c) => c.isNew || c.fields.length > 0).map((c) => c.key));
}
