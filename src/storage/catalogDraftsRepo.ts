import * as z from 'zod';
import { jsonTextSchema, toJsonText } from './jsonText.ts';
import type { Database } from './tables.ts';

/** What a catalog is made of: pigments and the diluents that thin them. */
export const ITEM_KINDS = ['shade', 'diluent'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

const draftRowSchema = z
  .object({
    catalogId: z.string(),
    kind: z.enum(ITEM_KINDS),
    codeKey: z.string(),
    itemJson: jsonTextSchema,
    baseVersion: z.number(),
    revision: z.number(),
    updatedByName: z.string(),
    updatedAt: z.string(),
  })
  .transform(({ itemJson, ...row }) => ({ ...row, item: itemJson }));
/** One edited, unpublished shade or diluent. `revision` counts its saves from 1. */
export type CatalogDraft = Readonly<z.infer<typeof draftRowSchema>>;

export interface DraftPlace {
  readonly catalogId: string;
  readonly kind: ItemKind;
  /** The code in small letters: codes differ by more than case. */
  readonly codeKey: string;
}

export interface DraftChange extends DraftPlace {
  readonly item: object;
  /** The version the edit started from; 0 before the first. */
  readonly baseVersion: number;
  readonly updatedByName: string;
}

export async function listDrafts(db: Database, catalogId: string): Promise<CatalogDraft[]> {
  const rows = await db
    .selectFrom('catalogDrafts')
    .selectAll()
    .where('catalogId', '=', catalogId)
    .orderBy('kind', 'desc')
    .orderBy('codeKey')
    .execute();
  return rows.map((row) => draftRowSchema.parse(row));
}

export async function findDraft(db: Database, place: DraftPlace): Promise<CatalogDraft | null> {
  const row = await db
    .selectFrom('catalogDrafts')
    .selectAll()
    .where('catalogId', '=', place.catalogId)
    .where('kind', '=', place.kind)
    .where('codeKey', '=', place.codeKey)
    .executeTakeFirst();
  return row === undefined ? null : draftRowSchema.parse(row);
}

/**
 * Saves an edit made from `expectedRevision` (0: there was no draft).
 * @returns the new revision, or null when somebody else has saved meanwhile; then nothing is stored
 */
export async function saveDraft(
  db: Database,
  change: DraftChange,
  expectedRevision: number,
  now: Date,
): Promise<number | null> {
  const { catalogId, kind, codeKey, item, baseVersion, updatedByName } = change;
  const written = { itemJson: toJsonText(item), baseVersion, updatedByName, updatedAt: now.toISOString() };
  if (expectedRevision === 0) {
    const inserted = await db
      .insertInto('catalogDrafts')
      .values({ catalogId, kind, codeKey, ...written, revision: 1 })
      .onConflict((conflict) => conflict.columns(['catalogId', 'kind', 'codeKey']).doNothing())
      .returning('revision')
      .executeTakeFirst();
    return inserted?.revision ?? null;
  }
  const updated = await db
    .updateTable('catalogDrafts')
    .set({ ...written, revision: expectedRevision + 1 })
    .where('catalogId', '=', catalogId)
    .where('kind', '=', kind)
    .where('codeKey', '=', codeKey)
    .where('revision', '=', expectedRevision)
    .returning('revision')
    .executeTakeFirst();
  return updated?.revision ?? null;
}

/** Forgets an edit, at that revision only: a later save of somebody else stays. False when there was none such. */
export async function deleteDraft(db: Database, place: DraftPlace, revision: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('catalogDrafts')
    .where('catalogId', '=', place.catalogId)
    .where('kind', '=', place.kind)
    .where('codeKey', '=', place.codeKey)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
