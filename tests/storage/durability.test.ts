import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';

const WRITER = new URL('writeMatches.ts', import.meta.url).pathname;

let folder: string;
let sqliteFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-durability-'));
  sqliteFile = join(folder, 'data', 'stipple.db');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs a writer; kills it once it has acknowledged `killAfter` rows. Returns the ids it acknowledged. */
async function runWriter(name: string, count: number, killAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
  const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, sqliteFile, name, String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  let killed = false;
  writer.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    if (!killed && output.split('\n').length > killAfter) killed = writer.kill('SIGKILL');
  });
  writer.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('utf8');
  });
  const [code, signal] = await once(writer, 'close');
  if (killAfter === Number.POSITIVE_INFINITY) expect(complaints.concat(String(code))).toBe('0');
  else expect(signal).toBe('SIGKILL');
  // A line without its end was cut off by the kill: the id was not acknowledged.
  return output.split('\n').slice(0, -1);
}

async function readStoredIds(): Promise<Set<string>> {
  const db = await openDatabase({ sqliteFile });
  const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const rows = await db.selectFrom('matches').select('id').execute();
  await db.destroy();
  expect(JSON.stringify(check.rows)).toContain('"ok"');
  return new Set(rows.map((row) => row.id));
}

it('loses no acknowledged row when the process is killed', async () => {
  const acknowledged: string[] = [];
  for (const [round, killAfter] of [1, 37, 160, 411].entries()) {
    const ids = await runWriter(`round ${round}`, 1_000_000, killAfter);
    expect(ids.length).toBeGreaterThanOrEqual(killAfter);
    acknowledged.push(...ids);
    const stored = await readStoredIds();
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  }
});

it('lets several processes start and write at the same time', async () => {
  const names = ['first', 'second', 'third'];
  const written = (await Promise.all(names.map((name) => runWriter(name, 150)))).flat();
  expect(new Set(written).size).toBe(450);
  expect(await readStoredIds()).toEqual(new Set(written));
});

it('syncs every commit to disk, checks references and hides the file from other accounts', async () => {
  const db = await openDatabase({ sqliteFile });
  const pragmas = await sql`
    select (select journal_mode from pragma_journal_mode) as journal, (select synchronous from pragma_synchronous) as sync,
      (select foreign_keys from pragma_foreign_keys) as keys, (select secure_delete from pragma_secure_delete) as wipe`.execute(
    db,
  );
  expect(pragmas.rows).toEqual([{ journal: 'wal', sync: 2, keys: 1, wipe: 1 }]);
  for (const file of [sqliteFile, `${sqliteFile}-wal`]) expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
  await db.destroy();
});
