import { StippleError } from '../errors.ts';
import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
import { diffCatalogs } from './diffCatalogs.ts';
import type { CatalogFile } from './formats/catalogFile.ts';
import { freezeDeep } from './freezeDeep.ts';
import type { Problem } from './problem.ts';
import { type Catalog, catalogSchema, type Shade } from './shade.ts';

/** "Ash line (2).csv" -> "ash-line-2". */
function idOf(fileName: string): string {
  const plain = fileName
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.replaceAll(/^-+|-+$/g, '').slice(0, 63) || 'file';
}

/** The column of diluents lists approved sterile ones, so naming one there states its sterility. */
function namedDiluents(file: CatalogFile): Catalog['diluents'] {
  const codes = new Set(file.rows.flatMap((row) => (Array.isArray(row.patch.diluents) ? row.patch.diluents : [])));
  return [...codes].map((code) => ({ code, name: code, sterile: true, lots: [] }));
}

function refuse(file: CatalogFile, problem: Problem | undefined): never {
  const row = problem?.row === undefined ? '' : catalogProblemsTexts.inRow(problem.row, problem.column);
  const what =
    problem === undefined
      ? catalogProblemsTexts.itHasNoShades
      : catalogProblemsTexts.foundExpected(problem.found, problem.expected);
  throw new StippleError(
    'SMP_CATALOG_INVALID',
    catalogProblemsTexts.fileNotUsed(file.name, row, what, problem?.fix ?? '').trim(),
  );
}

/**
 * A catalog of a file alone, frozen. Every row must be good: a file that is matched against leaves no shade out
 * silently.
 * @param defaults fields of the shades that the file has no place for
 * @throws StippleError SMP_CATALOG_INVALID naming row, column and what is expected, or the open question
 */
export function catalogFromFile(file: CatalogFile, defaults: Partial<Shade> = {}): Catalog {
  const fatal = file.problems.find((problem) => problem.level === 'error');
  if (fatal !== undefined) refuse(file, fatal);
  const [question] = file.questions;
  if (question !== undefined) {
    throw new StippleError(
      'SMP_CATALOG_INVALID',
      catalogProblemsTexts.doesNotSay(file.name, question.field, question.ask),
    );
  }
  const id = idOf(file.name);
  const empty: Catalog = {
    schema: 1,
    id,
    name: id,
    supplier: catalogProblemsTexts.notStated,
    version: 1,
    demonstration: false,
    provenance: `file "${file.name}"`,
    diluents: file.header?.diluents === undefined ? namedDiluents(file) : [],
    shades: [],
  };
  const diff = diffCatalogs(empty, file, { defaults });
  if (diff.rejected.length > 0 || diff.added.length === 0) refuse(file, diff.rejected[0]?.problems[0]);
  const { shades: _shades, diluents: _diluents, ...header } = file.header ?? {};
  const parsed = catalogSchema.safeParse({ ...diff.result, ...header });
  return freezeDeep(parsed.success ? parsed.data : diff.result);
}
