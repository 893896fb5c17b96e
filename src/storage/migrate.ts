import { Migrator } from 'kysely';
import type { Engine } from './dialect.ts';
import { createMigrations } from './migrations/migrations.ts';
import type { Database } from './tables.ts';

/**
 * Applies the migrations that are missing, all in one transaction and under a lock: an advisory lock on PostgreSQL,
 * the write lock on SQLite. Doing it again changes nothing.
 */
export async function migrate(db: Database, engine: Engine): Promise<void> {
  const migrations = createMigrations(engine);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const executed = (await migrator.getMigrations()).filter((migration) => migration.executedAt !== undefined);
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  const place = failed === undefined ? `after ${executed.at(-1)?.name ?? 'an empty database'}` : `in ${failed}`;
  const reason = error instanceof Error ? error.message : String(error);
  const hint = reason.includes('is missing') ? ' A newer Stipple made this database: start that version.' : '';
  throw new Error(`The database could not be brought up to date (${place}): ${reason}.${hint}`, { cause: error });
}
