import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import tar from 'tar-stream';
import { serverTexts } from '../../language/texts/server.ts';
import type { OpenedDatabase } from '../database.ts';
import type { PhotoStore } from '../photoStore.ts';
import { filterRecordedKeys } from '../photosRepo.ts';
import type { Database } from '../tables.ts';
import { type BackupSummary, COMPLETE, MANIFEST, type manifestSchema } from './backupFormat.ts';
import { BACKED_UP_TABLES } from './backupTables.ts';

/** A result is some 50 kB of JSON: 200 of them stay small in memory. */
const PORTION = 200;

/**
 * Writes database and photos into one file while the program runs: rows from one snapshot, then the photos they name.
 * The file appears under its name (mode 0600) only once it is whole and synced.
 * @throws Error when the file exists already, cannot be written, or a store does not answer
 */
export async function writeBackup(
  { db, engine }: OpenedDatabase,
  photos: PhotoStore,
  file: string,
  now: Date,
): Promise<BackupSummary> {
  if (existsSync(file)) throw new Error(serverTexts.backupExists(file));
  const partial = `${file}.partial`;
  // `flush` syncs the file before it is closed.
  const out = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
  try {
    const pack = tar.pack();
    const written = pipeline(pack, createGzip(), out);
    // A full disk fails both: what packing throws is reported, this must not count as unhandled first.
    written.catch(() => undefined);
    const summary = await db.connection().execute(async (connection) => {
      await sql.raw(engine.beginSnapshot).execute(connection);
      try {
        return await packAll(connection as Database, photos, pack, now);
      } finally {
        await sql`rollback`.execute(connection);
      }
    });
    pack.finalize();
    await written;
    await rename(partial, file);
    return summary;
  } catch (error) {
    out.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}

async function packAll(db: Database, photos: PhotoStore, pack: tar.Pack, now: Date): Promise<BackupSummary> {
  const add = (name: string, content: Buffer | string) => addEntry(pack, name, content, now);
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name desc`.execute(db);
  const manifest = { format: 1, createdAt: now.toISOString(), migration: applied.rows[0]!.name } as const;
  await add(MANIFEST, JSON.stringify(manifest satisfies ManifestInput));
  const rows: Record<string, number> = {};
  for (const [table, key] of BACKED_UP_TABLES) {
    rows[table] = 0;
    for await (const portion of readPortions(db, table, key)) {
      const lines = portion.map((row) => `${JSON.stringify(row)}\n`).join('');
      await add(`tables/${table}/${String(rows[table]).padStart(9, '0')}.jsonl`, lines);
      rows[table] += portion.length;
    }
  }
  let count = 0;
  for await (const storageKey of recordedKeys(db, photos)) {
    const bytes = await photos.get(storageKey);
    // Erased since the snapshot: its record comes back without a picture, which every page can show.
    if (bytes === null) continue;
    await add(`photos/${storageKey}`, bytes);
    count += 1;
  }
  const summary = { rows, photos: count };
  await add(COMPLETE, JSON.stringify(summary));
  return summary;
}

type ManifestInput = ReturnType<typeof manifestSchema.parse>;
type Row = Record<string, string | number | null>;

/** A table's rows in the order of its key, portion by portion, without counting past the earlier ones again. */
async function* readPortions(db: Database, table: string, key: readonly string[]): AsyncGenerator<Row[]> {
  const anyTable = db as unknown as Kysely<Record<string, Row>>;
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let last: Row | undefined;
  do {
    let query = anyTable.selectFrom(table).selectAll().limit(PORTION);
    for (const column of key) query = query.orderBy(column);
    if (last) {
      const values = sql.join(key.map((column) => last![column]));
      query = query.where(sql<boolean>`(${columns}) > (${values})`);
    }
    const portion = await query.execute();
    if (portion.length === 0) return;
    yield portion;
    last = portion.length === PORTION ? portion.at(-1) : undefined;
  } while (last);
}

async function* recordedKeys(db: Database, photos: PhotoStore): AsyncGenerator<string> {
  let portion: string[] = [];
  for await (const { key } of photos.list()) {
    portion.push(key);
    if (portion.length < PORTION) continue;
    yield* await filterRecordedKeys(db, portion);
    portion = [];
  }
  yield* await filterRecordedKeys(db, portion);
}

/** Waits while the file is slower than the database, so that memory stays bounded. */
function addEntry(pack: tar.Pack, name: string, content: Buffer | string, mtime: Date): Promise<void> {
  return new Promise((resolve, reject) => {
    const header = { name, size: Buffer.byteLength(content), mode: 0o600, mtime };
    const entry = pack.entry(header, (error) => (error ? reject(error) : resolve()));
    entry.end(content);
  });
}
