import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { openDiskPhotos } from '../../src/storage/diskPhotos.ts';
import { createMatch } from '../../src/storage/matchesRepo.ts';
import { isPhotoKey, type PhotoStore, type StoredPhoto } from '../../src/storage/photoStore.ts';
import { savePhoto } from '../../src/storage/photosRepo.ts';
import { openS3Photos } from '../../src/storage/s3Photos.ts';
import { sweepOrphans } from '../../src/storage/sweepOrphans.ts';
import { photoOf } from './matchesContract.ts';
import { createOwner, NOON, newMatch } from './storageContract.ts';

const HOUR_MS = 60 * 60 * 1000;
let folder: string;
let s3: S3rver;
let s3Port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-photos-'));
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  s3Port = (await s3.run()).port;
});
afterAll(async () => {
  await s3?.close();
  await rm(folder, { recursive: true, force: true });
});

async function collect(store: PhotoStore): Promise<StoredPhoto[]> {
  const photos: StoredPhoto[] = [];
  for await (const photo of store.list()) photos.push(photo);
  return photos.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const stores: Record<string, () => Promise<PhotoStore>> = {
  disk: () => openDiskPhotos(join(folder, 'disk')),
  S3: async () =>
    openS3Photos({
      endpoint: `http://127.0.0.1:${s3Port}`,
      bucket: 'photos',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    }),
};

describe.each(Object.entries(stores))('photos on %s', (_name, open) => {
  let store: PhotoStore;
  beforeAll(async () => {
    store = await open();
  });

  it('gives back exactly the bytes, under a key that says nothing', async () => {
    for (const photo of [randomBytes(3_000_000), Buffer.from([0, 255, 10, 13]), new Uint8Array(0)]) {
      const key = await store.put(photo, 'image/jpeg');
      expect(key).toMatch(/^[0-9a-f]{32}$/);
      expect((await store.get(key))?.equals(photo)).toBe(true);
    }
  });

  it('keeps equal photos apart', async () => {
    const photo = Buffer.from('same');
    const keys = await Promise.all([1, 2, 3].map(() => store.put(photo, 'image/png')));
    expect(new Set(keys).size).toBe(3);
    await store.delete(keys[0] as string);
    expect(await store.get(keys[0] as string)).toBeNull();
    expect((await store.get(keys[1] as string))?.toString()).toBe('same');
  });

  it('answers null for a photo that is not there and deletes it without complaint', async () => {
    expect(await store.get('0'.repeat(32))).toBeNull();
    await store.delete('0'.repeat(32));
  });

  it('lists every photo with its length and age', async () => {
    const before = Date.now();
    const key = await store.put(Buffer.from('12345'), 'image/jpeg');
    const found = (await collect(store)).find((photo) => photo.key === key);
    expect(found?.bytes).toBe(5);
    expect(Math.abs((found?.modifiedAt.getTime() ?? 0) - before)).toBeLessThan(HOUR_MS);
  });

  it.each([
    '../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '/etc/passwd',
    'ab/cd',
    '',
    '.',
    `${'0'.repeat(31)}/`,
    `${'0'.repeat(32)}\n`,
    `${'0'.repeat(32)}\0`,
    'A'.repeat(32),
  ])('refuses %j as a key', async (key) => {
    expect(isPhotoKey(key)).toBe(false);
    await expect(store.get(key)).rejects.toThrow(TypeError);
    await expect(store.delete(key)).rejects.toThrow(TypeError);
  });

  it('sweeps photos that no record names, but not young ones', async () => {
    const db = await openDatabase({ sqliteFile: join(folder, `${crypto.randomUUID()}.db`) });
    const { match } = await createMatch(db, await createOwner(db), newMatch(), NOON);
    const recorded = await store.put(Buffer.from('recorded'), 'image/jpeg');
    await savePhoto(db, photoOf(match.id, recorded), NOON);
    const orphans = (await collect(store)).map((photo) => photo.key).filter((key) => key !== recorded);
    expect(orphans.length).toBeGreaterThan(3);

    const young = await sweepOrphans(store, db);
    expect(young).toEqual({ seen: orphans.length + 1, deleted: [] });
    const old = await sweepOrphans(store, db, { now: new Date(Date.now() + 2 * HOUR_MS) });
    expect(old.deleted.sort()).toEqual(orphans);
    expect((await collect(store)).map((photo) => photo.key)).toEqual([recorded]);
    await db.destroy();
  });
});
