import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

export interface ApiTokenRecord {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedOn: string | null;
}

/** @param token.tokenHash SHA-256 of the token, hexadecimal: the token itself is shown once and never stored */
export async function createApiToken(
  db: Database,
  token: { personId: string; name: string; tokenHash: string; scopes: readonly string[]; expiresAt: Date },
  now: Date,
): Promise<string> {
  const id = createUlid(now.getTime());
  await db
    .insertInto('apiTokens')
    .values({
      ...token,
      id,
      scopes: token.scopes.join(' '),
      createdAt: now.toISOString(),
      expiresAt: token.expiresAt.toISOString(),
      lastUsedOn: null,
    })
    .execute();
  return id;
}

/** Whose token it is and what it is for; null when there is none of this hash or its time is over. Notes the day of use. */
export async function findApiToken(
  db: Database,
  tokenHash: string,
  now: Date,
): Promise<{ personId: string; scopes: string[] } | null> {
  const row = await db
    .selectFrom('apiTokens')
    .select(['id', 'personId', 'scopes', 'lastUsedOn'])
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now.toISOString())
    .executeTakeFirst();
  if (row === undefined) return null;
  const today = now.toISOString().slice(0, 10);
  if (row.lastUsedOn !== today) {
    await db.updateTable('apiTokens').set({ lastUsedOn: today }).where('id', '=', row.id).execute();
  }
  return { personId: row.personId, scopes: row.scopes.split(' ') };
}

/** A person's tokens, newest first. */
export async function listApiTokens(db: Database, personId: string): Promise<ApiTokenRecord[]> {
  const rows = await db
    .selectFrom('apiTokens')
    .select(['id', 'name', 'scopes', 'createdAt', 'expiresAt', 'lastUsedOn'])
    .where('personId', '=', personId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, scopes: row.scopes.split(' ') }));
}

/** Revokes one of a person's tokens, or all of them. False when there was none. */
export async function deleteApiTokens(db: Database, personId: string, only?: string): Promise<boolean> {
  let query = db.deleteFrom('apiTokens').where('personId', '=', personId);
  if (only !== undefined) query = query.where('id', '=', only);
  return (await query.executeTakeFirst()).numDeletedRows > 0n;
}
