import { type Accepted, baseOfCatalog, CatalogIntake, type RejectedRow } from './catalogIntake.ts';
import { codeKey } from './checkShadeRules.ts';
import type { FieldChange } from './fieldChanges.ts';
import type { CatalogFile } from './formats/catalogFile.ts';
import type { Problem } from './problem.ts';
import { type Catalog, diluentSchema, type Shade } from './shade.ts';

export interface CatalogDiff {
  readonly added: readonly { readonly row: number; readonly shade: Shade }[];
  readonly changed: readonly { readonly row: number; readonly shade: Shade; readonly fields: readonly FieldChange[] }[];
  readonly same: readonly { readonly row: number; readonly code: string }[];
  readonly rejected: readonly RejectedRow[];
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

/** The catalog's diluents with those of a JSON catalog, met by their code. */
export function mergeDiluents(catalog: Pick<Catalog, 'diluents'>, header: CatalogFile['header']): Catalog['diluents'] {
  const incoming = diluentSchema.array().safeParse(header?.diluents);
  if (!incoming.success) return catalog.diluents;
  const diluents = new Map(catalog.diluents.map((diluent) => [codeKey(diluent.code), diluent]));
  for (const diluent of incoming.data) diluents.set(codeKey(diluent.code), diluent);
  return [...diluents.values()];
}

function apply(catalog: Catalog, accepted: readonly Accepted<Shade>[]): Shade[] {
  const byKey = new Map(accepted.map(({ key, kept }) => [key, kept]));
  const kept = catalog.shades.map((shade) => byKey.get(codeKey(shade.code)) ?? shade);
  return [...kept, ...accepted.filter(({ fate }) => fate === 'new').map((entry) => entry.kept)];
}

/**
 * What a file would change in a catalog, without changing anything: new, changed (field by field), same and rejected
 * rows, which add up to the file's rows. Rows and columns that are absent delete nothing, and applying the same file
 * to the result again changes nothing. A rejected row leaves its shade as it was.
 */
export function diffCatalogs(catalog: Catalog, file: CatalogFile, options: DiffOptions = {}): CatalogDiff {
  const intake = new CatalogIntake<Shade>(baseOfCatalog(catalog), {
    fileName: file.name,
    isTable: file.format === 'csv',
    today: options.today,
    defaults: options.defaults,
    keep: (shade) => shade,
  });
  for (const row of file.rows) intake.take(row);
  const diluents = mergeDiluents(catalog, file.header);
  const { accepted, rejected, warnings, untouched } = intake.finish(diluents);
  return {
    added: accepted.filter(({ fate }) => fate === 'new').map(({ row, kept }) => ({ row, shade: kept })),
    changed: accepted
      .filter(({ fate }) => fate === 'changed')
      .map(({ row, kept, fields }) => ({ row, shade: kept, fields })),
    same: accepted.filter(({ fate }) => fate === 'same').map(({ row, kept }) => ({ row, code: kept.code })),
    rejected,
    problems: [...file.problems, ...warnings],
    untouched,
    result: { ...catalog, diluents, shades: apply(catalog, accepted) },
  };
}
