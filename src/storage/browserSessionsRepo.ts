import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

export interface BrowserSession {
  readonly id: string;
  readonly createdAt: string;
  readonly idleExpiresAt: string;
  readonly expiresAt: string;
  /** Who is signed in here; null for a visitor, and once the sign-in has expired. */
  readonly signIn: SignIn | null;
}

export interface SignIn {
  readonly personId: string;
  readonly signedInAt: string;
  readonly signInExpiresAt: string;
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
  return inserted === undefined ? null : { ...row, signIn: null };
}

/** The session of a token, or null when there is none or it has expired. */
export async function findBrowserSession(db: Database, tokenHash: string, now: Date): Promise<BrowserSession | null> {
  const row = await db
    .selectFrom('browserSessions')
    .select(['id', 'createdAt', 'idleExpiresAt', 'expiresAt', 'personId', 'signedInAt', 'signInExpiresAt'])
    .where('tokenHash', '=', tokenHash)
    .where('idleExpiresAt', '>', now.toISOString())
    .where('expiresAt', '>', now.toISOString())
    .executeTakeFirst();
  if (row === undefined) return null;
  const { personId, signedInAt, signInExpiresAt, ...session } = row;
  const signedIn = personId !== null && signedInAt !== null && signInExpiresAt !== null;
  const signIn = signedIn && signInExpiresAt > now.toISOString() ? { personId, signedInAt, signInExpiresAt } : null;
  return { ...session, signIn };
}

/** Notes that a session was used: it, and the sign-in on it, now end at these times unless used again. */
export async function extendBrowserSession(
  db: Database,
  id: string,
  idleExpiresAt: Date,
  signInExpiresAt: Date | null = null,
): Promise<void> {
  await db
    .updateTable('browserSessions')
    .set({
      idleExpiresAt: idleExpiresAt.toISOString(),
      ...(signInExpiresAt === null ? {} : { signInExpiresAt: signInExpiresAt.toISOString() }),
    })
    .where('id', '=', id)
    .execute();
}

/**
 * Gives a session another token, and somebody who is signed in there, or nobody: the old token is worth nothing from then
 * on. What the visitor has not saved stays with the session.
 */
export async function rotateBrowserSession(
  db: Database,
  id: string,
  change: {
    tokenHash: string;
    idleExpiresAt: Date;
    expiresAt: Date;
    signIn: { personId: string; signedInAt: Date; signInExpiresAt: Date } | null;
  },
): Promise<void> {
  const { signIn } = change;
  await db
    .updateTable('browserSessions')
    .set({
      tokenHash: change.tokenHash,
      idleExpiresAt: change.idleExpiresAt.toISOString(),
      expiresAt: change.expiresAt.toISOString(),
      personId: signIn?.personId ?? null,
      signedInAt: signIn?.signedInAt.toISOString() ?? null,
      signInExpiresAt: signIn?.signInExpiresAt.toISOString() ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/** Where a person is signed in, latest first. */
export async function listSignIns(
  db: Database,
  personId: string,
  now: Date,
): Promise<{ id: string; signedInAt: string; signInExpiresAt: string }[]> {
  const rows = await db
    .selectFrom('browserSessions')
    .select(['id', 'signedInAt', 'signInExpiresAt'])
    .where('personId', '=', personId)
    .where('signInExpiresAt', '>', now.toISOString())
    .orderBy('signedInAt', 'desc')
    .execute();
  return rows.map(({ id, signedInAt, signInExpiresAt }) => ({
    id,
    signedInAt: signedInAt ?? '',
    signInExpiresAt: signInExpiresAt ?? '',
  }));
}

/**
 * Signs a person out of their sessions, or of one of them; what lies unsaved in those browsers stays there.
 * @param which.except stays signed in
 */
export async function endSignIns(
  db: Database,
  personId: string,
  which: { only?: string | undefined; except?: string | undefined } = {},
): Promise<void> {
  let query = db
    .updateTable('browserSessions')
    .set({ personId: null, signedInAt: null, signInExpiresAt: null })
    .where('personId', '=', personId);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  if (which.except !== undefined) query = query.where('id', '!=', which.except);
  await query.execute();
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
