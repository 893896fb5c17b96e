import type { Database } from './tables.ts';

/** Runs work in the transaction the caller is in, or else in one of its own. */
export function inTransaction<T>(db: Database, work: (transaction: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
