import { Migrator, sql } from 'kysely';
import { serverTexts } from '../language/texts/server.ts';
import type { Engine } from './dialect.ts';
import { createMigrations } from './migrations/migrations.ts';
import type { Database } from './tables.ts';

/**
 * Applies the migrations that are missing, all in one transaction and under a lock: an advisory lock on PostgreSQL,
 * the write lock on SQLite. Doing it again changes nothing.
 * @param upTo the last migration to apply; all of them when left out
 * @throws Error saying what to do when the database cannot be reached or read, or a newer Stipple made it
 */
export async function migrate(db: Database, engine: Engine, upTo?: string): Promise<void> {
  const migrations = createMigrations(engine);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  try {
    // Reached first, so that a server that is away does not look like a faulty migration.
    await sql`select 1`.execute(db);
  } catch (error) {
    const place = engine.name === 'postgres' ? serverTexts.checkPostgres : serverTexts.checkDataFile;
    throw new Error(serverTexts.databaseNotOpened(reasonOf(error), place), { cause: error });
  }
  const { error, results } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (error === undefined) return;
  const reason = reasonOf(error);
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  const hint = reason.includes('is missing') ? serverTexts.newerStippleMadeThisDatabase : '';
  throw new Error(serverTexts.databaseNotUpToDate(failed, reason, hint), { cause: error });
}

/** Node's error for several addresses tried in vain has no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
