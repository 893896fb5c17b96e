import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StippleError } from '../errors.ts';
import { checkPhotoKey, createPhotoKey, isPhotoKey, type PhotoStore, type StoredPhoto } from './photoStore.ts';

/** A write in progress is younger than this, even over a slow network disk. */
const PARTIAL_LIFETIME_MS = 60 * 60 * 1000;
const PARTIAL_SUFFIX = '.partial';

/**
 * Opens a folder of photos on disk: `ab/ab12…` under `folder`, files 0600 in folders 0700. A photo appears under its key
 * only when whole and synced, so a crash leaves at most a `.partial` file; those older than an hour are removed here.
 */
export async function openDiskPhotos(folder: string, now: Date = new Date()): Promise<PhotoStore> {
  const root = resolve(folder);
  await mkdir(root, { recursive: true, mode: 0o700 });
  await removeLeftovers(root, now.getTime() - PARTIAL_LIFETIME_MS);
  const pathOf = (key: string) => join(root, checkPhotoKey(key).slice(0, 2), key);

  return {
    async put(photo, _mime, key = createPhotoKey()) {
      checkPhotoKey(key);
      const shelf = join(root, key.slice(0, 2));
      const isNewShelf = await makeShelf(shelf);
      const partial = join(root, `${key}-${randomBytes(4).toString('hex')}${PARTIAL_SUFFIX}`);
      try {
        await writeSynced(partial, photo);
        await rename(partial, pathOf(key));
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
      // The rename itself survives a power cut only once the folder is synced.
      await syncFolder(shelf);
      if (isNewShelf) await syncFolder(root);
      return key;
    },
    async get(key) {
      return await orNullWhenMissing(readFile(pathOf(key)));
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
    list: () => listPhotos(root),
  };
}

/**
 * Makes the folder unless it is there. Without `recursive`, under which Node calls a disk that cannot be written a missing one.
 * @returns whether it is new
 * @throws StippleError SMP_PHOTO_STORE when the folder around it is gone, as when its disk was taken out
 */
async function makeShelf(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw code === 'ENOENT' ? new StippleError('SMP_PHOTO_STORE', undefined, { cause: error }) : error;
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  await using(await open(path, 'wx', 0o600), async (file) => {
    await file.writeFile(bytes);
    await file.sync();
  });
}

async function syncFolder(path: string): Promise<void> {
  await using(await open(path, 'r'), (file) => file.sync());
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}

async function* listPhotos(root: string): AsyncGenerator<StoredPhoto> {
  for (const shelf of await readdir(root, { withFileTypes: true })) {
    if (!shelf.isDirectory()) continue;
    for (const key of await readdir(join(root, shelf.name))) {
      if (!isPhotoKey(key) || !key.startsWith(shelf.name)) continue;
      const found = await orNullWhenMissing(stat(join(root, shelf.name, key)));
      if (found !== null) yield { key, bytes: found.size, modifiedAt: found.mtime };
    }
  }
}

async function removeLeftovers(root: string, olderThanMs: number): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.endsWith(PARTIAL_SUFFIX)) continue;
    const path = join(root, name);
    const found = await orNullWhenMissing(stat(path));
    if (found !== null && found.mtimeMs < olderThanMs) await rm(path, { force: true });
  }
}

async function orNullWhenMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
