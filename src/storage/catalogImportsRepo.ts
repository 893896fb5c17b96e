import * as z from 'zod';
import { jsonTextSchema, toJsonText } from './jsonText.ts';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

/** `reading` while a worker checks the file, `ready` with what it found, `failed` when the check itself broke off. */
const IMPORT_STATES = ['reading', 'ready', 'failed'] as const;

const importRowSchema = z
  .object({
    id: z.string(),
    catalogId: z.string(),
    fileName: z.string(),
    storageKey: z.string(),
    bytes: z.number(),
    answersJson: jsonTextSchema,
    state: z.enum(IMPORT_STATES),
    progressPercent: z.number(),
    checkJson: jsonTextSchema.nullable(),
    nextKey: z.string().nullable(),
    nextSha256: z.string().nullable(),
    createdByName: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    expiresAt: z.string(),
  })
  .transform(({ answersJson, checkJson, ...row }) => ({ ...row, answers: answersJson, check: checkJson }));
/** A file on its way into a catalog: stored, checked, not published. `nextKey` is where the next version lies as checked. */
export type CatalogImport = Readonly<z.infer<typeof importRowSchema>>;

export interface NewCatalogImport {
  readonly catalogId: string;
  readonly fileName: string;
  readonly storageKey: string;
  readonly bytes: number;
  readonly answers: object;
  readonly createdByName: string;
  readonly expiresAt: Date;
}

export async function createImport(db: Database, made: NewCatalogImport, now: Date): Promise<CatalogImport> {
  const { answers, expiresAt, ...rest } = made;
  const time = now.toISOString();
  const row = await db
    .insertInto('catalogImports')
    .values({
      ...rest,
      id: createUlid(now.getTime()),
      answersJson: toJsonText(answers),
      state: 'reading',
      progressPercent: 0,
      checkJson: null,
      nextKey: null,
      nextSha256: null,
      createdAt: time,
      updatedAt: time,
      expiresAt: expiresAt.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return importRowSchema.parse(row);
}

export async function findImport(db: Database, catalogId: string, id: string): Promise<CatalogImport | null> {
  const row = await db
    .selectFrom('catalogImports')
    .selectAll()
    .where('id', '=', id)
    .where('catalogId', '=', catalogId)
    .executeTakeFirst();
  return row === undefined ? null : importRowSchema.parse(row);
}

/** Starts the check again with other answers; what was found before no longer holds. */
export async function restartImport(db: Database, id: string, answers: object, now: Date): Promise<void> {
  await db
    .updateTable('catalogImports')
    .set({
      answersJson: toJsonText(answers),
      state: 'reading',
      progressPercent: 0,
      checkJson: null,
      nextKey: null,
      nextSha256: null,
      updatedAt: now.toISOString(),
    })
    .where('id', '=', id)
    .execute();
}

export async function reportImport(db: Database, id: string, progressPercent: number, now: Date): Promise<void> {
  await db
    .updateTable('catalogImports')
    .set({ progressPercent, updatedAt: now.toISOString() })
    .where('id', '=', id)
    .where('state', '=', 'reading')
    .execute();
}

/** What a check found, with the next version as stored where something would change; or that it broke off. */
export type ImportOutcome =
  | { readonly state: 'ready'; readonly check: object; readonly next: { key: string; sha256: string } | null }
  | { readonly state: 'failed' };

/** @returns false when the import is no longer there */
export async function finishImport(db: Database, id: string, outcome: ImportOutcome, now: Date): Promise<boolean> {
  const found = outcome.state === 'ready' ? outcome : { check: null, next: null };
  const { numUpdatedRows } = await db
    .updateTable('catalogImports')
    .set({
      state: outcome.state,
      progressPercent: 100,
      checkJson: found.check && toJsonText(found.check),
      nextKey: found.next?.key ?? null,
      nextSha256: found.next?.sha256 ?? null,
      updatedAt: now.toISOString(),
    })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

const keysOf = (rows: readonly { storageKey: string; nextKey: string | null }[]): string[] =>
  rows.flatMap(({ storageKey, nextKey }) => (nextKey === null ? [storageKey] : [storageKey, nextKey]));

/** @returns the storage keys of its files, to be deleted from the store afterwards; none when it is gone already */
export async function deleteImport(db: Database, id: string): Promise<string[]> {
  return keysOf(
    await db.deleteFrom('catalogImports').where('id', '=', id).returning(['storageKey', 'nextKey']).execute(),
  );
}

/** Forgets imports whose time is over. @returns the storage keys of their files */
export async function purgeExpiredImports(db: Database, now: Date): Promise<string[]> {
  const gone = db.deleteFrom('catalogImports').where('expiresAt', '<=', now.toISOString());
  return keysOf(await gone.returning(['storageKey', 'nextKey']).execute());
}
