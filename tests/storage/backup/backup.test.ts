import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKED_UP_TABLES } from '../../../src/storage/backup/backupTables.ts';
import { restoreBackup } from '../../../src/storage/backup/restoreBackup.ts';
import { writeBackup } from '../../../src/storage/backup/writeBackup.ts';
import { publishCatalogVersion } from '../../../src/storage/catalogVersionsRepo.ts';
import { type DatabaseOptions, openDatabase, openUnmigrated } from '../../../src/storage/database.ts';
import { openDiskPhotos } from '../../../src/storage/diskPhotos.ts';
import { createMatch, saveResult } from '../../../src/storage/matchesRepo.ts';
import { savePhoto } from '../../../src/storage/photosRepo.ts';
import type { Database } from '../../../src/storage/tables.ts';
import { startPostgres, type TestPostgres } from '../../setup/postgres.ts';
import { createOwner, NOON, newMatch } from '../storageContract.ts';

/** More than one portion of rows, so that reading on behind the last key is exercised. */
const MATCHES = 450;

let folder: string;
let postgres: TestPostgres;
let backup: string;
let original: Database;
let photoKey: string;

const sqlite = (): DatabaseOptions => ({ sqliteFile: join(folder, `${crypto.randomUUID()}.db`) });
const places = {
  SQLite: async () => sqlite(),
  PostgreSQL: async () => ({ ...sqlite(), databaseUrl: await postgres.createDatabase() }),
};

async function everyRow(db: Database): Promise<Record<string, object[]>> {
  const anyTable = db as unknown as Kysely<Record<string, object>>;
  const all: Record<string, object[]> = {};
  for (const [table, key] of BACKED_UP_TABLES) {
    let query = anyTable.selectFrom(table).selectAll();
    for (const column of key) query = query.orderBy(column as never);
    all[table] = await query.execute();
  }
  return all;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-backup-'));
  postgres = await startPostgres();
  const options = sqlite();
  original = await openDatabase(options);
  const photos = await openDiskPhotos(join(folder, 'photos'));
  await publishCatalogVersion(
    original,
    { id: 'line', version: 3, catalog: { shades: ['Ünïcode'] }, note: 'n', author: 'a' },
    NOON,
  );
  const owner = await createOwner(original);
  let matchId = '';
  for (let i = 0; i < MATCHES; i++) {
    const made = await createMatch(original, owner, newMatch({ alias: `client ${i}` }), NOON);
    matchId = made.match.id;
  }
  const outcome = {
    options: {},
    result: { deep: [1, 2.5, null] },
    engine: '1',
    catalogs: [{ id: 'line', version: 3 }],
  };
  await saveResult(original, owner, matchId, outcome, NOON);
  photoKey = await photos.put(Buffer.from('picture'), 'image/jpeg');
  await photos.put(Buffer.from('orphan'), 'image/jpeg');
  await savePhoto(
    original,
    { matchId, kind: 'display', storageKey: photoKey, bytes: 7, widthPx: 1, heightPx: 1, mime: 'image/jpeg' },
    NOON,
  );
  backup = join(folder, 'all.stipple');
  const opened = openUnmigrated(options);
  // A client is saved while the backup is being written: nobody waits, and the snapshot stays one moment.
  const [summary] = await Promise.all([
    writeBackup(opened, photos, backup, NOON),
    createMatch(original, owner, newMatch({ alias: 'meanwhile' }), NOON),
  ]);
  await opened.db.destroy();
  expect(summary.photos).toBe(1);
  await original.deleteFrom('matches').where('alias', '=', 'meanwhile').execute();
});
afterAll(async () => {
  await original?.destroy();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(Object.entries(places))('a backup restored onto an empty %s', (_name, createOptions) => {
  it('holds the same rows and photos, and is refused a second time', async () => {
    const opened = openUnmigrated(await createOptions());
    const photos = await openDiskPhotos(join(folder, crypto.randomUUID()));
    await restoreBackup(opened, photos, backup);
    const restored = await everyRow(opened.db);
    const expected = await everyRow(original);
    const meanwhile = restored.matches!.length - MATCHES;
    expect([0, 1]).toContain(meanwhile);
    restored.matches = restored.matches!.filter((row) => (row as { alias: string }).alias !== 'meanwhile');
    expect(restored).toEqual(expected);
    expect((await photos.get(photoKey))?.toString()).toBe('picture');
    await expect(restoreBackup(opened, photos, backup)).rejects.toThrow('already holds records');
    await opened.db.destroy();
  });
});

describe('a backup file', () => {
  it('is readable by its owner only and never overwritten', async () => {
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    const opened = openUnmigrated(sqlite());
    const photos = await openDiskPhotos(join(folder, 'photos'));
    await expect(writeBackup(opened, photos, backup, NOON)).rejects.toThrow('exists already');
    await opened.db.destroy();
  });

  const plain = async () => gunzipSync(await readFile(backup));
  const faults: Record<string, () => Promise<Buffer>> = {
    'cut in its stream': async () => (await readFile(backup)).subarray(0, 3000),
    'cut after a whole entry': async () => gzipSync((await plain()).subarray(0, 4096)),
    'without its last part': async () => {
      const tar = await plain();
      return gzipSync(tar.subarray(0, tar.lastIndexOf('complete.json') - (tar.lastIndexOf('complete.json') % 512)));
    },
    'with a flipped bit': async () => {
      const bytes = await readFile(backup);
      bytes[bytes.length >> 1]! ^= 0x10;
      return bytes;
    },
    'that is something else': async () => Buffer.from('not a backup'),
    'made by a newer Stipple': async () => {
      const tar = await plain();
      const at = tar.indexOf('"migration":"0');
      tar.write('9', at + '"migration":"'.length);
      return gzipSync(tar);
    },
  };
  it.each(Object.entries(faults))('%s restores nothing', async (_name, damage) => {
    const file = join(folder, crypto.randomUUID());
    await writeFile(file, await damage());
    const options = sqlite();
    const opened = openUnmigrated(options);
    const photos = await openDiskPhotos(join(folder, crypto.randomUUID()));
    await expect(restoreBackup(opened, photos, file)).rejects.toThrow(/^The backup was not restored: /);
    await opened.db.destroy();
    const db = await openDatabase(options);
    expect(Object.values(await everyRow(db)).flat()).toEqual([]);
    await db.destroy();
  });
});
