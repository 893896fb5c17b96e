import * as z from 'zod';
import { jsonTextSchema, toJsonText } from './jsonText.ts';
import type { Database } from './tables.ts';

const catalogRowSchema = z
  .object({
    id: z.string(),
    organisationId: z.string(),
    headerJson: jsonTextSchema,
    createdByName: z.string(),
    createdAt: z.string(),
  })
  .transform(({ headerJson, ...row }) => ({ ...row, header: headerJson }));
/** A catalog that belongs to an organisation. `header` is everything of a version but its number and shades. */
export type OwnedCatalog = Readonly<z.infer<typeof catalogRowSchema>>;

export interface NewOwnedCatalog {
  readonly id: string;
  readonly organisationId: string;
  readonly header: object;
  readonly createdByName: string;
}

/** False when the id is taken; then nothing is stored. */
export async function createOwnedCatalog(db: Database, catalog: NewOwnedCatalog, now: Date): Promise<boolean> {
  const { header, ...rest } = catalog;
  const inserted = await db
    .insertInto('catalogs')
    .values({ ...rest, headerJson: toJsonText(header), createdAt: now.toISOString() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function findOwnedCatalog(db: Database, id: string): Promise<OwnedCatalog | null> {
  const row = await db.selectFrom('catalogs').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : catalogRowSchema.parse(row);
}

/** The organisation's catalogs, with or without a published version, in order of id. */
export async function listOwnedCatalogs(db: Database, organisationId: string): Promise<OwnedCatalog[]> {
  const rows = await db
    .selectFrom('catalogs')
    .selectAll()
    .where('organisationId', '=', organisationId)
    .orderBy('id')
    .execute();
  return rows.map((row) => catalogRowSchema.parse(row));
}

/** The highest published version of every organisation's catalog, in order of id: two columns of an index. */
export async function listOwnedVersions(db: Database): Promise<{ id: string; version: number }[]> {
  return await db
    .selectFrom('catalogs')
    .innerJoin('catalogVersions', 'catalogVersions.catalogId', 'catalogs.id')
    .select((select) => ['catalogs.id', select.fn.max<number>('catalogVersions.version').as('version')])
    .groupBy('catalogs.id')
    .orderBy('catalogs.id')
    .execute();
}
