import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  PostgresDialect,
  type RawBuilder,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
} from 'kysely';
import type { Pool, types } from 'pg';

/** Everything that differs between SQLite and PostgreSQL. Nothing outside this file may be engine-specific. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  readonly dialect: Dialect;
  /** Column type of ids and times: text compared byte by byte, so that ULIDs and ISO times sort by age on both engines. */
  readonly keyText: RawBuilder<unknown>;
  /** Begins a transaction that sees one moment of the database and keeps no writer waiting. */
  readonly beginSnapshot: string;
  /** Makes the database itself refuse UPDATE and DELETE of a table's rows. `table` is the name in the database. */
  forbidChanges(db: Kysely<unknown>, table: string): Promise<void>;
}

const BUSY_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const POSTGRES_INT8_OID = 20;

/**
 * Writers queue at BEGIN instead of failing half-way: a deferred transaction that reads first cannot become a writer once
 * another process has written, and SQLite then answers SQLITE_BUSY at once, whatever the timeout.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk or a fault of it ends SQLite's transaction by itself; that must not hide what was wrong. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    });
  }
}

/** SQLite's DDL is transactional, so migrations run in one `begin immediate`, which is their lock between processes too. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class DurableSqliteDialect extends SqliteDialect {
  readonly #file: string;
  constructor(file: string) {
    super({ database: async () => openSqliteFile(file) });
    this.#file = file;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver({ database: async () => openSqliteFile(this.#file) });
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/** Opens the file readable by its owner only; SQLite gives its WAL the same mode. */
function openSqliteFile(file: string): Sqlite.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  database.pragma('journal_mode = WAL');
  // FULL syncs the WAL at every commit: an acknowledged row survives a power cut, not only a crash of the process.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Erased people leave no readable rows in free pages.
  database.pragma('secure_delete = ON');
  database.pragma('trusted_schema = OFF');
  return database;
}

/** SQLite in one file; the folder and file are made when missing. */
export function createSqliteEngine(file: string): Engine {
  return {
    name: 'sqlite',
    dialect: new DurableSqliteDialect(file),
    keyText: sql`text`,
    beginSnapshot: 'begin deferred',
    async forbidChanges(db, table) {
      for (const change of ['update', 'delete']) {
        await sql`create trigger ${sql.raw(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.raw(table)}
          begin select raise(abort, ${sql.lit(`${table} rows never change`)}); end`.execute(db);
      }
    },
  };
}

/** Loaded when it is needed: most studios have SQLite, and the driver costs memory and a tenth of the start-up. */
async function openPostgresPool(url: string): Promise<Pool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'stipple',
    types: { getTypeParser: (oid, format) => getTypeParser(pg.types, oid, format) },
  });
  // A connection lost to a restart of the server would otherwise end the process: an idle one tells the pool, one that is
  // lost between two queries of a transaction tells nobody else. The next query fails, or reconnects.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** PostgreSQL behind a pool. `url` is a `postgres://` URL. */
export function createPostgresEngine(url: string): Engine {
  return {
    name: 'postgres',
    dialect: new PostgresDialect({ pool: () => openPostgresPool(url) }),
    keyText: sql`text collate "C"`,
    beginSnapshot: 'begin isolation level repeatable read read only',
    async forbidChanges(db, table) {
      const refuse = sql.raw(`refuse_${table}_change`);
      await sql`create function ${refuse}() returns trigger language plpgsql as
        ${sql.lit(`begin raise exception '${table} rows never change'; end`)}`.execute(db);
      await sql`create trigger ${sql.raw(`${table}_no_change`)} before update or delete on ${sql.raw(table)}
        for each statement execute function ${refuse}()`.execute(db);
    },
  };
}

/** count() is an int8, which pg hands over as text; ours never reach 2^53. */
function getTypeParser(usual: typeof types, oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === POSTGRES_INT8_OID && format !== 'binary') return Number;
  return format === 'binary' ? usual.getTypeParser(oid, 'binary') : usual.getTypeParser(oid, 'text');
}
