import { z } from 'zod';
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
    createdByName: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    expiresAt: z.string(),
  })
  .transform(({ answersJson, checkJson, ...row }) => ({ ...row, answers: answersJson, check: checkJson }));
/** A file on its way into a catalog: stored, checked, not published. */
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

export async function finishImport(
  db: Database,
  id: string,
  outcome: { state: 'ready'; check: object } | { state: 'failed'; check: null },
  now: Date,
): Promise<void> {
  await db
    .updateTable('catalogImports')
    .set({
      state: outcome.state,
      progressPercent: 100,
      checkJson: outcome.check && toJsonText(outcome.check),
      updatedAt: now.toISOString(),
    })
    .where('id', '=', id)
    .execute();
}

/** @returns the storage key of its file, to be deleted from the store afterwards; null when it is gone already */
export async function deleteImport(db: Database, id: string): Promise<string | null> {
  const row = await db.deleteFrom('catalogImports').where('id', '=', id).returning('storageKey').executeTakeFirst();
  return row?.storageKey ?? null;
}

/** Forgets imports whose time is over. @returns the storage keys of their files */
export async function purgeExpiredImports(db: Database, now: Date): Promise<string[]> {
  const rows = await db
    .deleteFrom('catalogImports')
    .where('expiresAt', '<=', now.toISOString())
    .returning('storageKey')
    .execute();
  return rows.map((row) => row.storageKey);
}
