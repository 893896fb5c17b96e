import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Services } from '../../src/app/services.ts';
import { startSweeping } from '../../src/app/sweepExpired.ts';
import { openDatabase } from '../../src/storage/database.ts';
import type { PhotoStore, StoredPhoto } from '../../src/storage/photoStore.ts';
import type { Database } from '../../src/storage/tables.ts';

const OLD = new Date('2020-01-01T00:00:00Z');
let folder: string;
let db: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-sweep-'));
  db = await openDatabase({ sqliteFile: join(folder, 'stipple.db') });
});
afterAll(async () => {
  await db?.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** Services with a photo store whose list is `list`. */
function around(list: () => AsyncIterable<StoredPhoto>) {
  const deleted: string[] = [];
  const errors: unknown[] = [];
  const photos = { list, delete: async (key: string) => void deleted.push(key) } as Partial<PhotoStore>;
  const logger = { error: ({ err }: { err: unknown }) => errors.push(err) };
  const services = { db, photos, logger, now: () => new Date() } as unknown as Services;
  return { services, deleted, errors };
}

const photo = (digit: string): StoredPhoto => ({ key: digit.repeat(32), bytes: 1, modifiedAt: OLD });

it('sweeps from the start without being waited for, and stops between two photos', async () => {
  let reached = () => {};
  let goOn = () => {};
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const released = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { services, deleted, errors } = around(async function* () {
    yield photo('a');
    reached();
    await released;
    yield photo('b');
    throw new Error('Expected nobody to ask for a third photo.');
  });
  const stop = startSweeping(services);
  await arrived;
  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  goOn();
  await stopping;
  expect({ deleted, errors }).toEqual({ deleted: ['a'.repeat(32)], errors: [] });
});

it('logs what went wrong and tries again at the next turn, one at a time', async () => {
  let turns = 0;
  let running = 0;
  const fault = new Error('the store is away');
  const { services, deleted, errors } = around(async function* () {
    turns += 1;
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    if (turns === 1) throw fault;
    yield photo('c');
  });
  const stop = startSweeping(services, 5);
  await expect.poll(() => deleted.length).toBeGreaterThan(0);
  await stop();
  expect(errors).toEqual([fault]);
  expect(deleted[0]).toBe('c'.repeat(32));
});
