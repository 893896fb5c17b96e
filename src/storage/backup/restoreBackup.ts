import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import tar from 'tar-stream';
import { serverTexts } from '../../language/texts/server.ts';
import type { OpenedDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { isPhotoKey, type PhotoStore } from '../photoStore.ts';
import type { Database } from '../tables.ts';
import { type BackupSummary, COMPLETE, completeSchema, MANIFEST, manifestSchema } from './backupFormat.ts';
import { BACKED_UP_TABLES, type BackedUpTable } from './backupTables.ts';

type Entry = tar.Extract extends AsyncIterable<infer E> ? E : never;

/** Values a single INSERT may carry on either engine. */
const MOST_VALUES = 30_000;

/**
 * Restores a backup onto an empty machine: brings the empty database to the schema of the backup, inserts its rows in one
 * transaction, stores its photos under their keys, and then brings the schema up to date. A file that is cut, damaged or
 * made by a newer Stipple changes no row.
 * @param opened a database that was opened without migrating it
 * @throws Error saying what is wrong; when the database is not empty nothing is touched
 */
export async function restoreBackup(
  { db, engine }: OpenedDatabase,
  photos: PhotoStore,
  file: string,
): Promise<BackupSummary> {
  const source = createReadStream(file);
  const extract = tar.extract();
  const gunzip = createGunzip();
  source.on('error', (error) => extract.destroy(error));
  gunzip.on('error', (error) => extract.destroy(error));
  source.pipe(gunzip).pipe(extract);
  try {
    const entries = extract[Symbol.asyncIterator]();
    const first = await entries.next();
    if (first.done || first.value.header.name !== MANIFEST) throw new Error(serverTexts.noManifest);
    const manifest = manifestSchema.parse(JSON.parse((await buffer(first.value)).toString()));
    await checkEmpty(db);
    await migrate(db, engine, manifest.migration);
    const summary = await db.transaction().execute((transaction) => insertAll(transaction, photos, entries));
    await migrate(db, engine);
    return summary;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(serverTexts.notRestored(reason), { cause: error });
  } finally {
    source.destroy();
    extract.destroy();
  }
}

async function checkEmpty(db: Database): Promise<void> {
  const tables = new Set((await db.introspection.getTables()).map((table) => table.name));
  // Catalogs that came with the program are published at every start, so they do not count.
  for (const table of ['matches', 'browserSessions', 'people'] as const) {
    if (!tables.has(table)) continue;
    const any = await (db as unknown as Kysely<Record<string, object>>)
      .selectFrom(table)
      .selectAll()
      .limit(1)
      .execute();
    if (any.length > 0) throw new Error(serverTexts.holdsRecords);
  }
}

async function insertAll(db: Database, photos: PhotoStore, entries: AsyncIterator<Entry>): Promise<BackupSummary> {
  const rows: Record<string, number> = Object.fromEntries(BACKED_UP_TABLES.map(([table]) => [table, 0]));
  let count = 0;
  for (let next = await entries.next(); !next.done; next = await entries.next()) {
    const [folder, name] = next.value.header.name.split('/') as [string, string | undefined];
    const content = await buffer(next.value);
    if (folder === COMPLETE) {
      const expected = completeSchema.parse(JSON.parse(content.toString()));
      const whole = expected.photos === count && Object.entries(expected.rows).every(([t, n]) => rows[t] === n);
      if (!whole) throw new Error(serverTexts.partsMissing);
      return expected;
    }
    if (folder === 'photos' && name && isPhotoKey(name)) {
      await photos.put(content, 'application/octet-stream', name);
      count += 1;
    } else if (folder === 'tables' && name && name in rows) {
      rows[name]! += await insertRows(db, name as BackedUpTable, content.toString());
    } else throw new Error(serverTexts.holdsUnknown(next.value.header.name.slice(0, 60)));
  }
  throw new Error(serverTexts.endMissing);
}

async function insertRows(db: Database, table: BackedUpTable, lines: string): Promise<number> {
  const rows = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const portion = Math.max(1, Math.floor(MOST_VALUES / Object.keys(rows[0] ?? { id: 1 }).length));
  const anyTable = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  for (let at = 0; at < rows.length; at += portion) {
    await anyTable
      .insertInto(table)
      .values(rows.slice(at, at + portion))
      // Bundled catalogs may have been published by an earlier start.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return rows.length;
}
