import type * as z from 'zod';
import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
import { checkColourRules } from './checkColourRules.ts';
import { checkLinks, checkOwnRules, codeKey, type LinkedShade } from './checkShadeRules.ts';
import { type FieldChange, fieldChanges } from './fieldChanges.ts';
import type { IncomingRow } from './formats/catalogFile.ts';
import { columnOfField, columnOfPath } from './formats/csvColumns.ts';
import { mergeShade } from './mergeShade.ts';
import { describeValue, formatPath, type Problem } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { type Catalog, parseShade, type Shade } from './shade.ts';

/** The shades that are there already; large catalogs are not whole in memory. */
export interface IntakeBase {
  /** Codes of all of them in order. */
  readonly codes: readonly string[];
  find(place: number): Shade;
}

/** What the rules between shades need of one. */
function linksOf(shade: Shade): LinkedShade {
  const { code, status, replacement, discontinuedReason, diluents, doNotMixWith } = shade;
  return { code, status, replacement, discontinuedReason, diluents, doNotMixWith };
}

export function baseOfCatalog({ shades }: Pick<Catalog, 'shades'>): IntakeBase {
  return { codes: shades.map(({ code }) => code), find: (place) => shades[place]! };
}

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
  readonly keep: (shade: Shade, fate: 'new' | 'changed' | 'same') => Kept;
  /** Of so many changed rows the fields are told; of all when left out. */
  readonly mostDetailed?: number;
}

/** A row that is taken over. */
export interface Accepted<Kept> {
  readonly row: number;
  readonly key: string;
  readonly kept: Kept;
  readonly links: LinkedShade;
  /** What differs, where it is told. */
  readonly fields: readonly FieldChange[];
  readonly fate: 'new' | 'changed' | 'same';
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

/** The new shade with the old one's fields where they are equal, so that a large catalog is not kept twice. */
function withUnchanged(old: Shade, shade: Shade, changes: readonly FieldChange[]): Shade {
  if (changes.length === 0) return old;
  const changed = new Set(changes.map(({ field }) => /^[^.[]*/.exec(field)![0]));
  const kept = Object.entries(old).filter(([field]) => !changed.has(field));
  return { ...shade, ...Object.fromEntries(kept) };
}

type StepOf = (place: number) => number | undefined;

/** In which columns of the row a step of the merged ladder stands; a step that only the catalog has is in none. */
function stepsOf({ letDowns }: { readonly letDowns?: unknown }, { letDowns: sent }: IncomingRow['patch']): StepOf {
  const steps = (letDowns ?? []) as readonly { readonly partsDiluent?: unknown }[];
  return (place) => sent?.find(({ partsDiluent }) => partsDiluent === steps[place]?.partsDiluent)?.step;
}

function repeatedRow(row: IncomingRow, first: number): Problem {
  return {
    path: 'code',
    row: row.row,
    column: 'code',
    found: catalogProblemsTexts.codeAgain(describeValue(row.patch.code)),
    expected: catalogProblemsTexts.eachCodeOnce,
    fix: catalogProblemsTexts.removeThisRowOrRow(first),
    level: 'error',
  };
}

/**
 * Takes the rows of a file into a catalog one by one, without changing the catalog: each row is merged, checked and
 * compared when it comes, and the rules between shades are looked at in the end.
 */
export class CatalogIntake<Kept> {
  readonly #base: IntakeBase;
  readonly #options: IntakeOptions<Kept>;
  readonly #places: ReadonlyMap<string, number>;
  readonly #lists = new Map<string, string[]>();
  readonly #untouched = new Map<number, LinkedShade>();
  readonly #firstRow = new Map<string, number>();
  readonly #rejected = new Map<number, readonly Problem[]>();
  #accepted: Accepted<Kept>[] = [];
  #detailed = 0;

  constructor(base: IntakeBase, options: IntakeOptions<Kept>) {
    this.#base = base;
    this.#options = options;
    this.#places = new Map(base.codes.map((code, place) => [codeKey(code), place]));
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
    const place = key === undefined ? undefined : this.#places.get(key);
    const outcome = this.#prepare(row, place === undefined ? undefined : this.#base.find(place));
    if (Array.isArray(outcome)) this.#rejected.set(row.row, outcome);
    else this.#accepted.push(outcome);
  }

  /** @param diluents those of the catalog once the file is taken over */
  finish(diluents: Catalog['diluents']): Intake<Kept> {
    let faults = this.#linkProblems(diluents);
    // A rejected row may have been another row's replacement, so look again until nothing more falls.
    for (let fallen = true; fallen; faults = fallen ? this.#linkProblems(diluents) : faults) {
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
      untouched: this.#base.codes.filter((code) => !this.#firstRow.has(codeKey(code))),
    };
  }

  #inRow(problem: Problem, row: number, stepOf?: StepOf): Problem {
    const path = problem.path.replace(/^shades\[\d+\]\.?/, '');
    const column = this.#options.isTable ? columnOfPath(path, stepOf) : undefined;
    if (column === undefined) return { ...problem, path, row };
    // Somebody with a table knows the columns, not the fields.
    const fix = problem.fix.replaceAll(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (word) => columnOfField(word) ?? word);
    return { ...problem, path, row, column, fix };
  }

  /** What the schema has against a row; conditions of a table's row are told once, not for every let-down again. */
  #schemaFaults(row: IncomingRow, merged: Record<string, unknown>, issues: readonly z.core.$ZodIssue[]): Problem[] {
    if (!this.#options.isTable) return schemaProblems(merged, issues).map((problem) => this.#inRow(problem, row.row));
    const stepOf = stepsOf(merged, row.patch);
    const nameOf = (path: readonly PropertyKey[]) => columnOfPath(formatPath(path), stepOf) ?? formatPath(path);
    const problems = schemaProblems(merged, issues, nameOf).map((problem) => this.#inRow(problem, row.row, stepOf));
    return problems.filter(({ path, found }) => {
      const field = /^letDowns\[\d+\]\.measurement\.(\w+)$/.exec(path)?.[1];
      return !problems.some((other) => other.path === `masstone.${field}` && other.found === found);
    });
  }

  #prepare(row: IncomingRow, old: Shade | undefined): Accepted<Kept> | Problem[] {
    const { fileName, defaults, keep } = this.#options;
    const errors = row.problems.filter(isError);
    if (errors.length > 0) return errors;
    const merged = mergeShade(old, row.patch, `file "${fileName}"`, defaults);
    const parsed = parseShade(merged);
    if (!parsed.success) {
      return this.#schemaFaults(row, merged, parsed.error.issues);
    }
    const changes = old === undefined ? [] : fieldChanges(old, parsed.data);
    const shade = old === undefined ? parsed.data : withUnchanged(old, parsed.data, changes);
    const fate = old === undefined ? 'new' : changes.length > 0 ? 'changed' : 'same';
    const { today } = this.#options;
    const found = fate === 'same' ? [] : [...checkColourRules(shade, 0), ...checkOwnRules(shade, 0, today)];
    const stepOf = this.#options.isTable ? stepsOf(shade, row.patch) : undefined;
    const own = found.map((problem) => this.#inRow(problem, row.row, stepOf));
    if (own.some(isError)) return own.filter(isError);
    const remarks = [...row.problems, ...own];
    const isDetailed = fate === 'changed' && this.#detailed < (this.#options.mostDetailed ?? Number.POSITIVE_INFINITY);
    if (isDetailed) this.#detailed += 1;
    const fields = isDetailed ? changes : [];
    return {
      row: row.row,
      key: codeKey(shade.code),
      kept: keep(shade, fate),
      links: this.#sharedLinks(shade),
      fields,
      fate,
      remarks,
    };
  }

  /** Of a shade that the file leaves as it is; only then it is read for that. */
  #linksAt(place: number): LinkedShade {
    const known = this.#untouched.get(place) ?? this.#sharedLinks(this.#base.find(place));
    this.#untouched.set(place, known);
    return known;
  }

  /** Lists of codes repeat from row to row; each is kept once. */
  #sharedLinks(shade: Shade): LinkedShade {
    const share = (codes: string[]): string[] => {
      const key = codes.join('\n');
      const known = this.#lists.get(key);
      if (known === undefined) this.#lists.set(key, codes);
      return known ?? codes;
    };
    const links = linksOf(shade);
    return { ...links, diluents: share(links.diluents), doNotMixWith: share(links.doNotMixWith) };
  }

  /** Problems of the rules across shades, by the key of the touched shade they concern. */
  #linkProblems(diluents: Catalog['diluents']): Map<string, Problem[]> {
    const byKey = new Map(this.#accepted.map(({ key, links }) => [key, links]));
    const touched = new Set(this.#accepted.filter(({ fate }) => fate !== 'same').map(({ key }) => key));
    const kept = this.#base.codes.map((code, place) => byKey.get(codeKey(code)) ?? this.#linksAt(place));
    const added = this.#accepted.filter(({ fate }) => fate === 'new').map(({ links }) => links);
    const shades: readonly LinkedShade[] = [...kept, ...added];
    const found = new Map<string, Problem[]>();
    for (const problem of checkLinks({ diluents, shades })) {
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
