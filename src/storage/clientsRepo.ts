import { writeConsultationWords } from './consultationWords.ts';
import { consultationIds, countStored, type StoredCounts } from './countStored.ts';
import { searchKey } from './searchWords.ts';
import { storageKeysOfMatches } from './storageKeysOfMatches.ts';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

/** A client as a studio knows them: by an alias, never by more. */
export interface ClientRecord {
  readonly id: string;
  readonly alias: string;
  readonly createdAt: string;
}

const COLUMNS = ['id', 'alias', 'createdAt'] as const;
/** Sorts after every text that starts with what stands before it. */
const AFTER_ALL = '\u{10ffff}';

export async function createClient(
  db: Database,
  organisationId: string,
  alias: string,
  now: Date,
): Promise<ClientRecord> {
  const time = now.toISOString();
  const row = { id: createUlid(now.getTime()), alias, createdAt: time };
  await db
    .insertInto('clients')
    .values({ ...row, organisationId, aliasKey: searchKey(alias), updatedAt: time })
    .execute();
  return row;
}

/** The studio's client, or null when there is none with this id or it is another studio's. */
export async function findClient(db: Database, organisationId: string, id: string): Promise<ClientRecord | null> {
  const row = await db
    .selectFrom('clients')
    .select(COLUMNS)
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** A client of any studio, for the operator of the machine. */
export async function findClientById(
  db: Database,
  id: string,
): Promise<(ClientRecord & { organisationId: string }) | null> {
  const row = await db
    .selectFrom('clients')
    .select([...COLUMNS, 'organisationId'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Clients by exact alias, upper and lower case alike, in one studio or (null) in every one: an alias may not be unique. */
export async function findClientsByAlias(
  db: Database,
  organisationId: string | null,
  alias: string,
): Promise<(ClientRecord & { organisationId: string })[]> {
  let query = db
    .selectFrom('clients')
    .select([...COLUMNS, 'organisationId'])
    .where('aliasKey', '=', searchKey(alias));
  if (organisationId !== null) query = query.where('organisationId', '=', organisationId);
  return await query.orderBy('id').execute();
}

/**
 * The studio's clients: newest first, or those whose alias starts with `start`, by alias.
 * @param page.after `next` of the page before
 */
export async function listClients(
  db: Database,
  organisationId: string,
  page: { limit: number; start?: string | undefined; after?: string | undefined },
): Promise<{ clients: ClientRecord[]; next: string | null }> {
  const base = db
    .selectFrom('clients')
    .select([...COLUMNS, 'aliasKey'])
    .where('organisationId', '=', organisationId);
  const start = searchKey(page.start ?? '');
  let query = base;
  if (start === '') {
    query = query.orderBy('id', 'desc');
    if (page.after !== undefined) query = query.where('id', '<', page.after);
  } else {
    query = query.where('aliasKey', '>=', start).where('aliasKey', '<', start + AFTER_ALL);
    query = query.orderBy('aliasKey').orderBy('id');
    const [key, id] = splitCursor(page.after);
    if (key !== null) {
      query = query.where((where) =>
        where.or([where('aliasKey', '>', key), where.and([where('aliasKey', '=', key), where('id', '>', id)])]),
      );
    }
  }
  const rows = await query.limit(page.limit + 1).execute();
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  const next = last === undefined ? null : start === '' ? last.id : `${last.id}${last.aliasKey}`;
  return { clients: shown.map(({ id, alias, createdAt }) => ({ id, alias, createdAt })), next };
}

const ID_LENGTH = 26;
function splitCursor(after: string | undefined): [key: string | null, id: string] {
  return after === undefined ? [null, ''] : [after.slice(ID_LENGTH), after.slice(0, ID_LENGTH)];
}

/** Gives a client another alias; their consultations are found by the new one. False when there is no such client. */
export async function renameClient(
  db: Database,
  organisationId: string,
  id: string,
  alias: string,
  now: Date,
): Promise<boolean> {
  return await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('clients')
      .set({ alias, aliasKey: searchKey(alias), updatedAt: now.toISOString() })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await transaction
      .updateTable('matches')
      .set({ alias })
      .where('consultationId', 'in', (select) =>
        select.selectFrom('consultations').select('id').where('clientId', '=', id),
      )
      .execute();
    const consultations = await transaction
      .selectFrom('consultations')
      .select('id')
      .where('clientId', '=', id)
      .execute();
    for (const consultation of consultations)
      await writeConsultationWords(transaction, organisationId, consultation.id);
    return true;
  });
}

/** What belongs to a client, for the page that asks before it goes. */
export function countOfClient(db: Database, organisationId: string, id: string): Promise<StoredCounts> {
  return countStored(db, consultationIds(db, organisationId).where('clientId', '=', id));
}

/**
 * Deletes a client with every consultation, match and photo record of theirs, in one transaction.
 * @returns the storage keys of the photos, to be deleted from the photo store afterwards; null when there is no such client
 */
export async function deleteClient(db: Database, organisationId: string, id: string): Promise<string[] | null> {
  return await db.transaction().execute(async (transaction) => {
    const theirs = transaction
      .selectFrom('matches')
      .innerJoin('consultations', 'consultations.id', 'matches.consultationId')
      .select('matches.id')
      .where('consultations.organisationId', '=', organisationId)
      .where('consultations.clientId', '=', id);
    const keys = await storageKeysOfMatches(transaction, theirs);
    const { numDeletedRows } = await transaction
      .deleteFrom('clients')
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 1n ? keys : null;
  });
}
