import type { PhotoStore } from './photoStore.ts';
import { filterRecordedKeys } from './photosRepo.ts';
import type { Database } from './tables.ts';

/** A photo is stored before its record is written: younger ones may belong to a request still running. */
const GRACE_MS = 60 * 60 * 1000;
const PORTION = 200;

/**
 * Deletes stored photos that no record names: what a crash left between storing and recording a photo, or between
 * deleting its record and the photo. Safe while the program runs and from several servers at once.
 * @param options.until ends it before the next photo is looked at
 * @returns how many stored photos were looked at, and the keys that were deleted
 */
export async function sweepOrphans(
  store: PhotoStore,
  db: Database,
  options: { now?: Date; graceMs?: number; until?: AbortSignal } = {},
): Promise<{ seen: number; deleted: string[] }> {
  const oldestKeptMs = (options.now ?? new Date()).getTime() - (options.graceMs ?? GRACE_MS);
  const deleted: string[] = [];
  let seen = 0;
  let portion: string[] = [];
  const sweepPortion = async () => {
    const recorded = await filterRecordedKeys(db, portion);
    for (const key of portion.filter((candidate) => !recorded.has(candidate))) {
      await store.delete(key);
      deleted.push(key);
    }
    portion = [];
  };
  for await (const photo of store.list()) {
    if (options.until?.aborted) break;
    seen += 1;
    if (photo.modifiedAt.getTime() >= oldestKeptMs) continue;
    portion.push(photo.key);
    if (portion.length === PORTION) await sweepPortion();
  }
  await sweepPortion();
  return { seen, deleted };
}
