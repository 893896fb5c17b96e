import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

export interface BrowserSession {
  readonly id: string;
  readonly createdAt: string;
  readonly idleExpiresAt: string;
  readonly expiresAt: string;
}

/** Purging in portions keeps the write lock short. */
const PURGE_PORTION = 200;

/**
 * @param session.tokenHash SHA-256 of the cookie's token, hexadecimal
 * @returns the new session, or null when there is one of this token already, expired or not
 */
export async function createBrowserSession(
  db: Database,
  session: { tokenHash: string; idleExpiresAt: Date; expiresAt: Date },
  now: Date,
): Promise<BrowserSession | null> {
  const row = {
    id: createUlid(now.getTime()),
    createdAt: now.toISOString(),
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
  const inserted = await db
    .insertInto('browserSessions')
    .values({ ...row, tokenHash: session.tokenHash })
    .onConflict((conflict) => conflict.column('tokenHash').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted === undefined ? null : row;
}

/** The session of a token, or null when there is none or it has expired. */
export async function findBrowserSession(db: Database, tokenHash: string, now: Date): Promise<BrowserSession | null> {
  const row = await db
    .selectFrom('browserSessions')
    .select(['id', 'createdAt', 'idleExpiresAt', 'expiresAt'])
    .where('tokenHash', '=', tokenHash)
    .where('idleExpiresAt', '>', now.toISOString())
    .where('expiresAt', '>', now.toISOString())
    .executeTakeFirst();
  return row ?? null;
}

/** Notes that a session was used: it now ends at `idleExpiresAt` unless used again. */
export async function extendBrowserSession(db: Database, id: string, idleExpiresAt: Date): Promise<void> {
  await db
    .updateTable('browserSessions')
    .set({ idleExpiresAt: idleExpiresAt.toISOString() })
    .where('id', '=', id)
    .execute();
}

/** Ends a session: its matches, photo records and settings go with it. Returns the storage keys to delete afterwards. */
export async function deleteBrowserSession(db: Database, id: string): Promise<string[]> {
  return await deleteSessions(db, [id]);
}

/**
 * Deletes sessions that have expired, with their matches, photo records and settings.
 * @returns how many went, and the storage keys of their photos, to be deleted from the photo store afterwards
 */
export async function purgeExpiredBrowserSessions(
  db: Database,
  now: Date,
): Promise<{ sessions: number; storageKeys: string[] }> {
  const storageKeys: string[] = [];
  let sessions = 0;
  for (;;) {
    const expired = await db
      .selectFrom('browserSessions')
      .select('id')
      .where((where) =>
        where.or([where('idleExpiresAt', '<=', now.toISOString()), where('expiresAt', '<=', now.toISOString())]),
      )
      .limit(PURGE_PORTION)
      .execute();
    if (expired.length === 0) return { sessions, storageKeys };
    storageKeys.push(
      ...(await deleteSessions(
        db,
        expired.map((row) => row.id),
      )),
    );
    sessions += expired.length;
  }
}

async function deleteSessions(db: Database, ids: readonly string[]): Promise<string[]> {
  return await db.transaction().execute(async (transaction) => {
    const photos = await transaction
      .selectFrom('photos')
      .innerJoin('matches', 'matches.id', 'photos.matchId')
      .select('photos.storageKey')
      .where('matches.browserSessionId', 'in', ids)
      .execute();
    await transaction.deleteFrom('browserSessions').where('id', 'in', ids).execute();
    return photos.map((photo) => photo.storageKey);
  });
}
