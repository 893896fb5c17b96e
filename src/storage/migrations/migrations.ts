import type { Migration } from 'kysely';
import type { Engine } from '../dialect.ts';
import { createTryOuts } from './0001TryOuts.ts';

/**
 * All migrations in order, by the name recorded in the database. A released one never changes: add the next.
 * They are code rather than files read at run time, so the bundled server carries them.
 */
export function createMigrations(engine: Engine): Record<string, Migration> {
  return {
    '0001-try-outs': { up: (db) => createTryOuts(db, engine) },
  };
}
