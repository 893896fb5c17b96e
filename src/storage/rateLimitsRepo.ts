import type { Database } from './tables.ts';

/**
 * Counts one request in a fixed window, in one statement, so several servers share the count.
 * @returns hits in the running window, this one included, and when it ends
 */
export async function countHit(
  db: Database,
  keyHash: string,
  windowMs: number,
  now: Date,
): Promise<{ hits: number; resetsAt: Date }> {
  const time = now.toISOString();
  const fresh = { hits: 1, resetsAt: new Date(now.getTime() + windowMs).toISOString() };
  const row = await db
    .insertInto('rateLimits')
    .values({ keyHash, ...fresh })
    .onConflict((conflict) =>
      conflict.column('keyHash').doUpdateSet((update) => ({
        hits: update
          .case()
          .when('rateLimits.resetsAt', '<=', time)
          .then(1)
          .else(update('rateLimits.hits', '+', 1))
          .end(),
        resetsAt: update
          .case()
          .when('rateLimits.resetsAt', '<=', time)
          .then(fresh.resetsAt)
          .else(update.ref('rateLimits.resetsAt'))
          .end(),
      })),
    )
    .returning(['hits', 'resetsAt'])
    .executeTakeFirstOrThrow();
  return { hits: row.hits, resetsAt: new Date(row.resetsAt) };
}

/** Hits in the running window without counting one, and when it ends; none and now where there is no window. */
export async function readHits(db: Database, keyHash: string, now: Date): Promise<{ hits: number; resetsAt: Date }> {
  const row = await db
    .selectFrom('rateLimits')
    .select(['hits', 'resetsAt'])
    .where('keyHash', '=', keyHash)
    .where('resetsAt', '>', now.toISOString())
    .executeTakeFirst();
  return row ? { hits: row.hits, resetsAt: new Date(row.resetsAt) } : { hits: 0, resetsAt: now };
}

/** Takes one hit back. */
export async function uncountHit(db: Database, keyHash: string): Promise<void> {
  await db
    .updateTable('rateLimits')
    .set((update) => ({ hits: update('hits', '-', 1) }))
    .where('keyHash', '=', keyHash)
    .where('hits', '>', 0)
    .execute();
}

export async function forgetHits(db: Database, keyHash: string): Promise<void> {
  await db.deleteFrom('rateLimits').where('keyHash', '=', keyHash).execute();
}

/** Deletes windows that are over; returns how many. */
export async function purgeRateLimits(db: Database, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('rateLimits')
    .where('resetsAt', '<=', now.toISOString())
    .executeTakeFirst();
  return Number(numDeletedRows);
}
