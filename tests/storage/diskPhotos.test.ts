import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDiskPhotos } from '../../src/storage/diskPhotos.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-disk-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('hides photos from other accounts and leaves no partial file', async () => {
  const root = join(folder, 'photos');
  const store = await openDiskPhotos(root);
  const key = await store.put(Buffer.from('photo'), 'image/jpeg');
  const shelf = join(root, key.slice(0, 2));
  expect((await stat(root)).mode & 0o777).toBe(0o700);
  expect((await stat(shelf)).mode & 0o777).toBe(0o700);
  expect((await stat(join(shelf, key))).mode & 0o777).toBe(0o600);
  expect(await readdir(root)).toEqual([key.slice(0, 2)]);
});

it('removes what a crash left behind when it opens, but not a write in progress', async () => {
  const store = await openDiskPhotos(folder);
  const key = await store.put(Buffer.from('whole'), 'image/jpeg');
  const old = join(folder, `${'1'.repeat(32)}-aaaaaaaa.partial`);
  const young = join(folder, `${'2'.repeat(32)}-bbbbbbbb.partial`);
  for (const path of [old, young]) await writeFile(path, 'half a pho');
  const twoHoursAgo = Date.now() / 1000 - 7200;
  await utimes(old, twoHoursAgo, twoHoursAgo);

  const reopened = await openDiskPhotos(folder);
  expect((await readdir(folder)).sort()).toEqual([`${'2'.repeat(32)}-bbbbbbbb.partial`, key.slice(0, 2)].sort());
  expect((await reopened.get(key))?.toString()).toBe('whole');
});

it('lists only its own photos', async () => {
  const store = await openDiskPhotos(folder);
  const key = await store.put(Buffer.from('mine'), 'image/jpeg');
  await mkdir(join(folder, 'lost+found'));
  await writeFile(join(folder, 'notes.txt'), 'not a photo');
  await writeFile(join(folder, key.slice(0, 2), 'thumbs.db'), 'not a photo');
  const keys: string[] = [];
  for await (const photo of store.list()) keys.push(photo.key);
  expect(keys).toEqual([key]);
});

it('keeps no file when a photo cannot be written whole', async () => {
  const store = await openDiskPhotos(folder);
  const unwritable = { length: 5 } as unknown as Uint8Array;
  await expect(store.put(unwritable, 'image/jpeg')).rejects.toThrow();
  const left = await readdir(folder, { recursive: true });
  expect(left.filter((name) => name.includes('.partial') || name.length > 3)).toEqual([]);
});
