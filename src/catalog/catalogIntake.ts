import { checkColourRules } from './checkColourRules.ts';
import { checkShadeRules, codeKey, type RuledShade } from './checkShadeRules.ts';
import { type FieldChange, fieldChanges } from './fieldChanges.ts';
import type { IncomingRow } from './formats/catalogFile.ts';
import { columnOfPath } from './formats/csvColumns.ts';
import { mergeShade } from './mergeShade.ts';
import { describeValue, type Problem } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { type Catalog, type Shade, shadeSchema } from './shade.ts';

export interface IntakeOptions<Kept> {
  /** Name of the file: the source of numbers that name none. */
  readonly fileName: string;
  /** Faults of a table name the column. */
  readonly isTable: boolean;
  /** ISO date against which lots expire. */
  readonly today?: string | undefined;
  /** Fields of new shades that the file has no place for. */
  readonly defaults?: Partial<Shade> | undefined;
  /** What stays of an accepted shade; the whole of a large catalog need not. */
  readonly keep: (shade: Shade) => Kept;
}

/** A row that is taken over. */
export interface Accepted<Kept> {
  readonly row: number;
  readonly key: string;
  readonly kept: Kept;
  readonly rules: RuledShade;
  readonly fields: readonly FieldChange[];
  readonly isNew: boolean;
  /** Remarks about the row itself and about its colours. */
  readonly remarks: readonly Problem[];
}

export interface RejectedRow {
  readonly row: number;
  readonly problems: readonly Problem[];
}

export interface Intake<Kept> {
  readonly accepted: readonly Accepted<Kept>[];
  readonly rejected: readonly RejectedRow[];
  /** Warnings about rows that are taken. */
  readonly warnings: readonly Problem[];
  /** Codes of the catalog that the file does not name; they stay. */
  readonly untouched: readonly string[];
}

const isError = ({ level }: Problem): boolean => level === 'error';

function rulesOf({ masstone: _m, letDowns: _l, optics: _o, ...rules }: Shade): RuledShade {
  return rules;
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
 * Takes the rows of a file into a catalog one by one, without changing the catalog: each row is merged, checked and
 * compared when it comes, and the rules between shades are looked at in the end.
 */
export class CatalogIntake<Kept> {
  readonly #catalog: Catalog;
  readonly #options: IntakeOptions<Kept>;
  readonly #olds: ReadonlyMap<string, Shade>;
  readonly #firstRow = new Map<string, number>();
  readonly #rejected = new Map<number, readonly Problem[]>();
  #accepted: Accepted<Kept>[] = [];

  constructor(catalog: Catalog, options: IntakeOptions<Kept>) {
    this.#catalog = catalog;
    this.#options = options;
    this.#olds = new Map(catalog.shades.map((shade) => [codeKey(shade.code), shade]));
  }

  take(row: IncomingRow): void {
    const { code } = row.patch;
    const key = typeof code === 'string' ? codeKey(code.trim()) : undefined;
    const first = key === undefined ? undefined : this.#firstRow.get(key);
    if (first !== undefined) {
      this.#rejected.set(row.row, [repeatedRow(row, first)]);
      return;
    }
    if (key !== undefined) this.#firstRow.set(key, row.row);
    const outcome = this.#prepare(row, key === undefined ? undefined : this.#olds.get(key));
    if (Array.isArray(outcome)) this.#rejected.set(row.row, outcome);
    else this.#accepted.push(outcome);
  }

  /** @param diluents those of the catalog once the file is taken over */
  finish(diluents: Catalog['diluents']): Intake<Kept> {
    let faults = this.#ruleProblems(diluents);
    // A rejected row may have been another row's replacement, so look again until nothing more falls.
    for (let fallen = true; fallen; faults = fallen ? this.#ruleProblems(diluents) : faults) {
      fallen = false;
      this.#accepted = this.#accepted.filter(({ key, row }) => {
        const errors = faults.get(key)?.filter(isError) ?? [];
        if (errors.length === 0) return true;
        this.#rejected.set(
          row,
          errors.map((problem) => this.#inRow(problem, row)),
        );
        fallen = true;
        return false;
      });
    }
    const warnings = this.#accepted.flatMap(({ key, row, remarks }) => [
      ...remarks,
      ...(faults.get(key) ?? []).map((problem) => this.#inRow(problem, row)),
    ]);
    return {
      accepted: this.#accepted,
      rejected: [...this.#rejected].sort(([one], [other]) => one - other).map(([row, problems]) => ({ row, problems })),
      warnings,
      untouched: this.#catalog.shades.map(({ code }) => code).filter((code) => !this.#firstRow.has(codeKey(code))),
    };
  }

  #inRow(problem: Problem, row: number): Problem {
    const path = problem.path.replace(/^shades\[\d+\]\.?/, '');
    const column = this.#options.isTable ? columnOfPath(path) : undefined;
    if (column === undefined) return { ...problem, path, row };
    // Somebody with a table knows the column, not the path.
    const { fix } = problem;
    const named = fix.includes(path) ? path : (path.split('.').at(-1) ?? path);
    return { ...problem, path, row, column, fix: fix.replace(named, column) };
  }

  #prepare(row: IncomingRow, old: Shade | undefined): Accepted<Kept> | Problem[] {
    const { fileName, defaults, keep } = this.#options;
    const errors = row.problems.filter(isError);
    if (errors.length > 0) return errors;
    const merged = mergeShade(old, row.patch, `file "${fileName}"`, defaults);
    const parsed = shadeSchema.safeParse(merged);
    if (!parsed.success) {
      return schemaProblems(merged, parsed.error.issues).map((problem) => this.#inRow(problem, row.row));
    }
    const shade = parsed.data;
    const fields = old === undefined ? [] : fieldChanges(old, shade);
    const isNew = old === undefined;
    const colours =
      isNew || fields.length > 0 ? checkColourRules(shade, 0).map((problem) => this.#inRow(problem, row.row)) : [];
    if (colours.some(isError)) return colours.filter(isError);
    const remarks = [...row.problems, ...colours];
    const key = codeKey(shade.code);
    return { row: row.row, key, kept: keep(shade), rules: rulesOf(shade), fields, isNew, remarks };
  }

  /** Problems of the rules across shades, by the key of the touched shade they concern. */
  #ruleProblems(diluents: Catalog['diluents']): Map<string, Problem[]> {
    const byKey = new Map(this.#accepted.map(({ key, rules }) => [key, rules]));
    const touched = new Set(
      this.#accepted.filter(({ isNew, fields }) => isNew || fields.length > 0).map(({ key }) => key),
    );
    const kept = this.#catalog.shades.map((shade) => byKey.get(codeKey(shade.code)) ?? shade);
    const added = this.#accepted.filter(({ isNew }) => isNew).map(({ rules }) => rules);
    const shades: readonly RuledShade[] = [...kept, ...added];
    const found = new Map<string, Problem[]>();
    for (const problem of checkShadeRules({ diluents, shades }, this.#options.today)) {
      const at = /^shades\[(\d+)\]/.exec(problem.path);
      if (at === null) continue;
      const key = codeKey(shades[Number(at[1])]!.code);
      if (!touched.has(key)) continue;
      const list = found.get(key);
      if (list) list.push(problem);
      else found.set(key, [problem]);
    }
    return found;
  }
}
