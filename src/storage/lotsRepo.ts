import * as z from 'zod';
import { ITEM_KINDS, type ItemKind } from './catalogDraftsRepo.ts';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

const stockLotSchema = z.object({
  id: z.string(),
  organisationId: z.string(),
  catalogId: z.string(),
  kind: z.enum(ITEM_KINDS),
  code: z.string(),
  lot: z.string(),
  batchReference: z.string().nullable(),
  expires: z.string(),
  opened: z.string().nullable(),
  quantityMl: z.number().nullable(),
  revision: z.number(),
  updatedByName: z.string(),
  updatedAt: z.string(),
});
/** Bottles of one lot that an organisation holds. Dates are ISO days. */
export type StockLot = Readonly<z.infer<typeof stockLotSchema>>;
export type NewStockLot = Omit<StockLot, 'id' | 'revision' | 'updatedAt'>;

/** One lot of one item, wherever it was used. */
export interface LotName {
  readonly catalogId: string;
  readonly kind: ItemKind;
  readonly code: string;
  readonly lot: string;
}

export async function listStockLots(db: Database, organisationId: string, catalogId: string): Promise<StockLot[]> {
  const rows = await db
    .selectFrom('stockLots')
    .selectAll()
    .where('organisationId', '=', organisationId)
    .where('catalogId', '=', catalogId)
    .orderBy('code')
    .orderBy('expires')
    .orderBy('lot')
    .execute();
  return rows.map((row) => stockLotSchema.parse(row));
}

/**
 * Records a lot, or changes one when `expectedRevision` is what was seen.
 * @returns false when somebody else has recorded or changed it meanwhile; then nothing is stored
 */
export async function saveStockLot(
  db: Database,
  lot: NewStockLot,
  expectedRevision: number,
  now: Date,
): Promise<boolean> {
  const { batchReference, expires, opened, quantityMl, updatedByName, ...place } = lot;
  const written = { batchReference, expires, opened, quantityMl, updatedByName, updatedAt: now.toISOString() };
  if (expectedRevision === 0) {
    const inserted = await db
      .insertInto('stockLots')
      .values({ ...place, ...written, id: createUlid(now.getTime()), revision: 1 })
      .onConflict((conflict) => conflict.columns(['organisationId', 'catalogId', 'kind', 'code', 'lot']).doNothing())
      .returning('id')
      .executeTakeFirst();
    return inserted !== undefined;
  }
  const { numUpdatedRows } = await db
    .updateTable('stockLots')
    .set({ ...written, revision: expectedRevision + 1 })
    .where('organisationId', '=', place.organisationId)
    .where('catalogId', '=', place.catalogId)
    .where('kind', '=', place.kind)
    .where('code', '=', place.code)
    .where('lot', '=', place.lot)
    .where('revision', '=', expectedRevision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** False when the organisation has no lot of this id. */
export async function deleteStockLot(db: Database, organisationId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('stockLots')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Records that a lot was used for a match; recording it again changes nothing. */
export async function recordLotUse(
  db: Database,
  use: LotName & { matchId: string; organisationId: string; recordedByName: string },
  now: Date,
): Promise<void> {
  await db
    .insertInto('lotUses')
    .values({ ...use, recordedAt: now.toISOString() })
    .onConflict((conflict) => conflict.columns(['matchId', 'catalogId', 'kind', 'code', 'lot']).doNothing())
    .execute();
}

export interface LotUse extends LotName {
  readonly matchId: string;
  readonly alias: string | null;
  /** When the match was made. */
  readonly matchedAt: string;
  readonly recordedByName: string;
  readonly recordedAt: string;
}

/** Every use of a lot by one organisation, newest first; codes and lots are met without regard to case. */
export async function listLotUses(db: Database, organisationId: string, lot: string): Promise<LotUse[]> {
  return await db
    .selectFrom('lotUses')
    .innerJoin('matches', 'matches.id', 'lotUses.matchId')
    .select(['lotUses.matchId', 'lotUses.catalogId', 'lotUses.code', 'lotUses.lot'])
    .select(['lotUses.recordedByName', 'lotUses.recordedAt', 'matches.alias', 'matches.createdAt as matchedAt'])
    .select('lotUses.kind')
    .$narrowType<{ kind: ItemKind }>()
    .where('lotUses.organisationId', '=', organisationId)
    .where((where) => where.eb(where.fn<string>('lower', ['lotUses.lot']), '=', lot.toLowerCase()))
    .orderBy('lotUses.matchId', 'desc')
    .orderBy('lotUses.code')
    .execute();
}

/** In how many matches of how many studios a catalog's lot was used: all that its supplier may know. */
export async function countLotUses(
  db: Database,
  catalogId: string,
  lot: string,
): Promise<{ matches: number; studios: number }> {
  const rows = await db
    .selectFrom('lotUses')
    .select((select) => ['organisationId', select.fn.countAll<number>().as('matches')])
    .where('catalogId', '=', catalogId)
    .where((where) => where.eb(where.fn<string>('lower', ['lot']), '=', lot.toLowerCase()))
    .groupBy('organisationId')
    .execute();
  return { matches: rows.reduce((sum, row) => sum + row.matches, 0), studios: rows.length };
}
