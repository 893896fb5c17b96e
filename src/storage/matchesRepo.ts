import type { ExpressionBuilder } from 'kysely';
import { toJsonText } from './jsonText.ts';
import { type MatchOwner, type MatchRecord, type MatchStatus, readMatchRow } from './matchRecord.ts';
import { storageKeysOfMatches } from './storageKeysOfMatches.ts';
import type { Database, Tables } from './tables.ts';
import { createUlid } from './ulid.ts';

export interface NewMatch {
  /** Random text made with the form: sending it twice makes one match. Null where nothing is sent twice. */
  readonly idempotencyKey: string | null;
  readonly status: MatchStatus;
  readonly alias: string | null;
  readonly options: object;
  readonly proposal?: object | null;
  readonly inputSha256: string;
  /** Until when it counts as being measured; see matchStep.ts. */
  readonly measuringUntil?: string | null;
}

/** A published catalog version, as results cite it. */
export interface CatalogReference {
  readonly id: string;
  readonly version: number;
}

const NO_CHOICE = { chosenCatalogId: null, chosenCode: null, chosenReason: null, chosenAt: null };

/**
 * Stores a new match. When this owner has already sent the same idempotency key, nothing is stored and the earlier match
 * comes back with `created: false`.
 */
export async function createMatch(
  db: Database,
  owner: MatchOwner,
  match: NewMatch,
  now: Date,
): Promise<{ match: MatchRecord; created: boolean }> {
  const time = now.toISOString();
  const inserted = await db
    .insertInto('matches')
    .values({
      id: createUlid(now.getTime()),
      ...owner,
      idempotencyKey: match.idempotencyKey,
      status: match.status,
      alias: match.alias,
      optionsJson: toJsonText(match.options),
      proposalJson: match.proposal ? toJsonText(match.proposal) : null,
      inputSha256: match.inputSha256,
      measuringUntil: match.measuringUntil ?? null,
      createdAt: time,
      updatedAt: time,
    })
    .onConflict((conflict) => conflict.columns([ownerColumn(owner), 'idempotencyKey']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted !== undefined) return { match: readMatchRow(inserted), created: true };
  const earlier = await db
    .selectFrom('matches')
    .selectAll()
    .where((where) => where.and(owner))
    .where('idempotencyKey', '=', match.idempotencyKey)
    .executeTakeFirstOrThrow();
  return { match: readMatchRow(earlier), created: false };
}

/** The owner's match, or null when there is none with this id or it is somebody else's. */
export async function findMatch(db: Database, owner: MatchOwner, id: string): Promise<MatchRecord | null> {
  const row = await db.selectFrom('matches').selectAll().where(ofOwner(owner, id)).executeTakeFirst();
  return row === undefined ? null : readMatchRow(row);
}

/** The match of an idempotency key, to answer a second submit before its photo is read again. */
export async function findSubmittedMatch(
  db: Database,
  owner: MatchOwner,
  idempotencyKey: string,
): Promise<MatchRecord | null> {
  const row = await db
    .selectFrom('matches')
    .selectAll()
    .where((where) => where.and(owner))
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst();
  return row === undefined ? null : readMatchRow(row);
}

/**
 * The owner's matches, newest first.
 * @param page.before `next` of the page before; left out for the first page
 * @returns at most `limit` matches, and `next`: where the following page starts, or null at the end
 */
export async function listMatches(
  db: Database,
  owner: MatchOwner,
  page: { limit: number; before?: string | undefined },
): Promise<{ matches: MatchRecord[]; next: string | null }> {
  let query = db
    .selectFrom('matches')
    .selectAll()
    .where((where) => where.and(owner));
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const matches = rows.slice(0, page.limit).map(readMatchRow);
  return { matches, next: rows.length > page.limit ? (matches.at(-1)?.id ?? null) : null };
}

export async function countMatches(db: Database, owner: MatchOwner): Promise<number> {
  const { total } = await db
    .selectFrom('matches')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where((where) => where.and(owner))
    .executeTakeFirstOrThrow();
  return total;
}

/** Stores anew what was found in the photos of a match. False when the owner has no such match. */
export async function saveProposal(
  db: Database,
  owner: MatchOwner,
  id: string,
  proposal: object,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('matches')
    .set({ proposalJson: toJsonText(proposal), updatedAt: now.toISOString() })
    .where(ofOwner(owner, id))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Stores a result, with the catalog versions it was made from, and marks the match `done`. A result that replaces an
 * earlier one clears the shade chosen there, because its recipe is gone. False when the owner has no such match.
 * @throws when a cited catalog version was never published (`publishCatalogVersion` comes first)
 */
export async function saveResult(
  db: Database,
  owner: MatchOwner,
  id: string,
  outcome: {
    options: object;
    /** What the photo shows, where it was measured for this. */
    proposal?: object;
    result: object;
    engine: string;
    catalogs: readonly CatalogReference[];
  },
  now: Date,
): Promise<boolean> {
  return await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('matches')
      .set({
        status: 'done',
        optionsJson: toJsonText(outcome.options),
        ...(outcome.proposal === undefined ? {} : { proposalJson: toJsonText(outcome.proposal) }),
        resultJson: toJsonText(outcome.result),
        engine: outcome.engine,
        refusalCode: null,
        measuringUntil: null,
        ...NO_CHOICE,
        updatedAt: now.toISOString(),
      })
      .where(ofOwner(owner, id))
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await transaction.deleteFrom('matchCatalogs').where('matchId', '=', id).execute();
    if (outcome.catalogs.length > 0) {
      await transaction
        .insertInto('matchCatalogs')
        .values(outcome.catalogs.map((catalog) => ({ matchId: id, catalogId: catalog.id, version: catalog.version })))
        .execute();
    }
    return true;
  });
}

/** Says that a server measures this match again. False when the owner has no such match. */
export async function markMeasuring(db: Database, owner: MatchOwner, id: string, until: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('matches')
    .set({ measuringUntil: until })
    .where(ofOwner(owner, id))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Marks a match `refused` for the reason of an error code. False when the owner has no such match. */
export async function saveRefusal(
  db: Database,
  owner: MatchOwner,
  id: string,
  refusalCode: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('matches')
    .set({ status: 'refused', refusalCode, measuringUntil: null, updatedAt: now.toISOString() })
    .where(ofOwner(owner, id))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Records the shade the technician takes instead of, or as well as, the suggested one. The suggestion stays in the result. */
export async function chooseShade(
  db: Database,
  owner: MatchOwner,
  id: string,
  choice: { catalogId: string; code: string; reason: string | null },
  now: Date,
): Promise<boolean> {
  const time = now.toISOString();
  const { numUpdatedRows } = await db
    .updateTable('matches')
    .set({
      chosenCatalogId: choice.catalogId,
      chosenCode: choice.code,
      chosenReason: choice.reason,
      chosenAt: time,
      updatedAt: time,
    })
    .where(ofOwner(owner, id))
    .where('status', '=', 'done')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Goes back to the suggestion. False when the owner has no such match. */
export async function clearChoice(db: Database, owner: MatchOwner, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('matches')
    .set({ ...NO_CHOICE, updatedAt: now.toISOString() })
    .where(ofOwner(owner, id))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The catalog versions a stored result was made from, by id. */
export async function listMatchCatalogs(db: Database, owner: MatchOwner, id: string): Promise<CatalogReference[]> {
  return await db
    .selectFrom('matchCatalogs')
    .innerJoin('matches', 'matches.id', 'matchCatalogs.matchId')
    .select(['matchCatalogs.catalogId as id', 'matchCatalogs.version'])
    .where(ofOwner(owner, id))
    .orderBy('matchCatalogs.catalogId')
    .execute();
}

/**
 * Deletes a match with its photo records in one transaction.
 * @returns the storage keys of its photos, to be deleted from the photo store afterwards; null when the owner has none such
 */
export async function deleteMatch(db: Database, owner: MatchOwner, id: string): Promise<string[] | null> {
  return await db.transaction().execute(async (transaction) => {
    const one = transaction.selectFrom('matches').select('id').where('id', '=', id);
    const keys = await storageKeysOfMatches(transaction, one);
    const { numDeletedRows } = await transaction.deleteFrom('matches').where(ofOwner(owner, id)).executeTakeFirst();
    return numDeletedRows === 1n ? keys : null;
  });
}

/**
 * Gives a visitor's finished matches to a studio. Those still being measured stay where their measurement will look for them.
 * @returns how many changed hands
 */
export async function giveMatches(
  db: Database,
  from: { browserSessionId: string },
  to: { organisationId: string },
  now: Date,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('matches')
    .set({ ...to, browserSessionId: null, idempotencyKey: null, updatedAt: now.toISOString() })
    .where('browserSessionId', '=', from.browserSessionId)
    .where('status', '=', 'done')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

function ownerColumn(owner: MatchOwner): 'browserSessionId' | 'organisationId' {
  return 'organisationId' in owner ? 'organisationId' : 'browserSessionId';
}

function ofOwner(owner: MatchOwner, id: string) {
  return (where: ExpressionBuilder<Tables, 'matches'>) => where.and({ id, ...owner });
}
