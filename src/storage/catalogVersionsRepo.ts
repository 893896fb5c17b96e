import { createHash } from 'node:crypto';
import * as z from 'zod';
import { serverTexts } from '../language/texts/server.ts';
import { toJsonText } from './jsonText.ts';
import type { CatalogReference } from './matchesRepo.ts';
import type { CatalogVersionsTable, Database } from './tables.ts';

export interface NewCatalogVersion extends CatalogReference {
  /** The whole catalog, as catalog/shade.ts describes it. */
  readonly catalog: object;
  readonly note: string;
  readonly author: string;
}

const summaryRowSchema = z.object({
  catalogId: z.string(),
  version: z.number(),
  sha256: z.string(),
  note: z.string(),
  author: z.string(),
  publishedAt: z.string(),
});
export type CatalogVersionSummary = Readonly<z.infer<typeof summaryRowSchema>>;

const SUMMARY_COLUMNS = [
  'catalogId',
  'version',
  'sha256',
  'note',
  'author',
  'publishedAt',
] as const satisfies readonly (keyof CatalogVersionsTable)[];

/**
 * Publishes a version, for ever: no function here changes or deletes one, and the database refuses it too. Bundled
 * catalogs are published at every start, so that results made from them can be replayed after they have changed.
 * @returns `added`; `same` when this version is there with the same content; `conflict` when it is there with other content
 */
export async function publishCatalogVersion(
  db: Database,
  version: NewCatalogVersion,
  now: Date,
): Promise<'added' | 'same' | 'conflict'> {
  const catalogJson = toJsonText(version.catalog);
  const sha256 = createHash('sha256').update(catalogJson).digest('hex');
  const inserted = await db
    .insertInto('catalogVersions')
    .values({
      catalogId: version.id,
      version: version.version,
      catalogJson,
      sha256,
      note: version.note,
      author: version.author,
      publishedAt: now.toISOString(),
    })
    .onConflict((conflict) => conflict.columns(['catalogId', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  if (inserted !== undefined) return 'added';
  const earlier = await db
    .selectFrom('catalogVersions')
    .select('sha256')
    .where('catalogId', '=', version.id)
    .where('version', '=', version.version)
    .executeTakeFirstOrThrow();
  return earlier.sha256 === sha256 ? 'same' : 'conflict';
}

/**
 * Publishes the version after `after`, as text that `JSON.stringify` made. Of two publishers who saw the same version
 * one gets null, and nothing of theirs is stored.
 * @param also what else belongs to this publication; runs in the same transaction
 */
export async function publishNextVersion(
  db: Database,
  next: { catalogId: string; after: number; catalogJson: string; note: string; author: string },
  now: Date,
  also: (transaction: Database) => Promise<void> = async () => {},
): Promise<CatalogVersionSummary | null> {
  const { after, ...rest } = next;
  const sha256 = createHash('sha256').update(next.catalogJson).digest('hex');
  const publish = async (transaction: Database) => {
    const inserted = await transaction
      .insertInto('catalogVersions')
      .values({ ...rest, version: after + 1, sha256, publishedAt: now.toISOString() })
      .onConflict((conflict) => conflict.columns(['catalogId', 'version']).doNothing())
      .returning(SUMMARY_COLUMNS)
      .executeTakeFirst();
    if (inserted === undefined) return null;
    await also(transaction);
    return summaryRowSchema.parse(inserted);
  };
  return db.isTransaction ? await publish(db) : await db.transaction().execute(publish);
}

/**
 * The text of a published version, its hash checked: what is published was valid, so it needs no second look.
 * @throws Error when the text is not the one that was published
 */
export async function findCatalogText(db: Database, reference: CatalogReference): Promise<string | null> {
  const row = await db
    .selectFrom('catalogVersions')
    .select(['catalogJson', 'sha256'])
    .where('catalogId', '=', reference.id)
    .where('version', '=', reference.version)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (createHash('sha256').update(row.catalogJson).digest('hex') !== row.sha256) {
    throw new Error(serverTexts.storedCatalogAltered(reference.id, reference.version));
  }
  return row.catalogJson;
}

/** The number of the highest version; 0 before the first. */
export async function findLatestVersion(db: Database, catalogId: string): Promise<number> {
  const row = await db
    .selectFrom('catalogVersions')
    .select((select) => select.fn.max<number | null>('version').as('version'))
    .where('catalogId', '=', catalogId)
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** Every version of one catalog without its content, newest first. */
export async function listCatalogVersions(db: Database, catalogId: string): Promise<CatalogVersionSummary[]> {
  const rows = await db
    .selectFrom('catalogVersions')
    .select(SUMMARY_COLUMNS)
    .where('catalogId', '=', catalogId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => summaryRowSchema.parse(row));
}
