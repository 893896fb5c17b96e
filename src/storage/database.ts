import { CamelCasePlugin, Kysely } from 'kysely';
import { createPostgresEngine, createSqliteEngine, type Engine } from './dialect.ts';
import { migrate } from './migrate.ts';
import type { Database, Tables } from './tables.ts';

export interface DatabaseOptions {
  /** `postgres://…`: PostgreSQL is used instead of SQLite when set. */
  readonly databaseUrl?: string | undefined;
  /** SQLite file, made with its folder when missing (modes 0600 and 0700). */
  readonly sqliteFile: string;
}

export interface OpenedDatabase {
  readonly db: Database;
  readonly engine: Engine;
}

/**
 * Opens the database and brings its schema up to date; safe when several processes start at once.
 * Close it with `destroy()`.
 * @throws Error when the server cannot be reached, a migration fails, or a newer Stipple made the database
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { db, engine } = openUnmigrated(options);
  try {
    await migrate(db, engine);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** The database as it is, for backup and restore. Nothing is reached before the first query. */
export function openUnmigrated(options: DatabaseOptions): OpenedDatabase {
  const engine = chooseEngine(options);
  return { engine, db: new Kysely<Tables>({ dialect: engine.dialect, plugins: [new CamelCasePlugin()] }) };
}

function chooseEngine(options: DatabaseOptions): Engine {
  if (options.databaseUrl === undefined || options.databaseUrl === '') return createSqliteEngine(options.sqliteFile);
  if (!/^postgres(ql)?:\/\//.test(options.databaseUrl)) {
    // The value is not repeated: it may hold a password.
    throw new Error('Expected DATABASE_URL to start with postgres:// but received another kind of address.');
  }
  return createPostgresEngine(options.databaseUrl);
}
