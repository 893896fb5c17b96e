import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { countMatches, createMatch } from '../../src/storage/matchesRepo.ts';
import type { Database } from '../../src/storage/tables.ts';
import { isStorageFault } from '../../src/web/storageFault.ts';
import { findFreePort } from '../setup/freePort.ts';
import { startPostgres, type TestPostgres } from '../setup/postgres.ts';
import { testAccounts } from './accountsContract.ts';
import { testCatalogs } from './catalogsContract.ts';
import { testConcurrency } from './concurrencyContract.ts';
import { testConsultations } from './consultationsContract.ts';
import { testMatches } from './matchesContract.ts';
import { testRecords } from './recordsContract.ts';
import { type ContractDatabase, createOwner, NOON, newMatch } from './storageContract.ts';

let folder: string;
let postgres: TestPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-contract-'));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const engines = {
  SQLite: async () => ({ sqliteFile: join(folder, `${crypto.randomUUID()}.db`) }),
  PostgreSQL: async () => ({ sqliteFile: join(folder, 'unused.db'), databaseUrl: await postgres.createDatabase() }),
};

describe.each(Object.entries(engines))('storage on %s', (name, createOptions) => {
  let shared: ContractDatabase;
  beforeAll(async () => {
    const options = await createOptions();
    shared = { db: await openDatabase(options), openAnother: () => openDatabase(options) };
  });
  afterAll(async () => {
    await shared?.db.destroy();
  });

  testMatches(() => shared);
  testRecords(() => shared);
  testCatalogs(() => shared);
  testConsultations(() => shared);
  testAccounts(() => shared);
  testConcurrency(() => shared, name === 'PostgreSQL');

  it('runs on the engine that was asked for', async () => {
    const isPostgres = await sql`select version()`.execute(shared.db).then(
      () => true,
      () => false,
    );
    expect(isPostgres).toBe(name === 'PostgreSQL');
  });

  it('changes nothing when it is opened again', async () => {
    const options = await createOptions();
    const applied: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      const db = await openDatabase(options);
      applied.push((await sql`select name from kysely_migration order by name`.execute(db)).rows);
      const matches = await db.selectFrom('matches').selectAll().execute();
      expect(matches).toHaveLength(i);
      if (i === 0) await createMatch(db, await createOwner(db), newMatch(), NOON);
      await db.destroy();
    }
    expect(applied[0]).toContainEqual({ name: '0001-try-outs' });
    expect(applied[1]).toEqual(applied[0]);
  });

  it('refuses a database that a newer version has migrated, and leaves it alone', async () => {
    const options = await createOptions();
    const db = await openDatabase(options);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(db);
    await db.destroy();
    await expect(openDatabase(options)).rejects.toThrow('A newer Stipple made this database');
  });

  it('undoes a transaction that fails and stays usable', async () => {
    const { db } = shared;
    const insert = (on: Database) =>
      on.insertInto('rateLimits').values({ keyHash: 'undone', hits: 1, resetsAt: '' }).execute();
    await expect(
      db.transaction().execute(async (transaction) => {
        await insert(transaction);
        await insert(transaction);
      }),
    ).rejects.toThrow(/unique/i);
    const left = await db.selectFrom('rateLimits').where('keyHash', '=', 'undone').selectAll().execute();
    expect(left).toEqual([]);
  });
});

it('migrates once when several servers start on one PostgreSQL', async () => {
  const options = await engines.PostgreSQL();
  const servers = await Promise.all(Array.from({ length: 4 }, () => openDatabase(options)));
  for (const db of servers) {
    const names = (await sql<{ name: string }>`select name from kysely_migration`.execute(db)).rows.map(
      ({ name }) => name,
    );
    expect(names.filter((name) => name === '0001-try-outs')).toHaveLength(1);
    expect(new Set(names).size).toBe(names.length);
    await db.destroy();
  }
});

it('says what is wrong with an address that is not PostgreSQL without repeating it', async () => {
  const options = { sqliteFile: join(folder, 'never.db'), databaseUrl: 'mysql://me:secret@host/db' };
  await expect(openDatabase(options)).rejects.toThrow(/^(?!.*secret).*postgres:\/\//);
});

it('says what to check when the database cannot be opened', async () => {
  const databaseUrl = `postgres://me:secret@127.0.0.1:${await findFreePort()}/none`;
  await expect(openDatabase({ sqliteFile: '', databaseUrl })).rejects.toThrow(
    /^The database could not be opened: connect ECONNREFUSED.* Check DATABASE_URL and that PostgreSQL is running\.$/,
  );
  const sqliteFile = join(folder, 'photo.jpg');
  await writeFile(sqliteFile, 'not a database '.repeat(100));
  await expect(openDatabase({ sqliteFile })).rejects.toThrow(
    'The database could not be opened: file is not a database. Check DATA_DIR and its file.',
  );
});

it('survives PostgreSQL ending its connections, idle and in the middle of a transaction', async () => {
  const options = await engines.PostgreSQL();
  const [db, other] = await Promise.all([openDatabase(options), openDatabase(options)]);
  const owner = await createOwner(db, 'before the cut');
  const ended = await sql<{ ended: boolean }>`
    select pg_terminate_backend(pid) as ended from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(other);
  expect(ended.rows.map((row) => row.ended)).toContain(true);
  // The loss is noticed on the event loop; without a listener it would end this process.
  await expect.poll(() => countMatches(db, owner).catch(() => 'cut off'), { timeout: 5000 }).toBe(0);

  // So would the loss of one that is in use, at a moment when it is asked nothing.
  const cut = db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await countMatches(transaction, owner);
  });
  expect(isStorageFault(await cut.catch((error: unknown) => error))).toBe(true);
  expect(await countMatches(db, owner)).toBe(0);
  for (const connection of [db, other]) await connection.destroy();
});
