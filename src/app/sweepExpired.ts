import { purgeExpiredBrowserSessions } from '../storage/browserSessionsRepo.ts';
import { sweepOrphans } from '../storage/sweepOrphans.ts';
import type { Services } from './services.ts';

/** Removes try-outs whose time is over, with their photos, and photos that no record names. Never rejects. */
export async function sweepExpired(services: Services): Promise<void> {
  const { db, photos, logger, now } = services;
  try {
    const { storageKeys } = await purgeExpiredBrowserSessions(db, now());
    await Promise.all(storageKeys.map((key) => photos.delete(key)));
    await sweepOrphans(photos, db);
  } catch (error) {
    logger.error({ err: error }, 'removing expired try-outs failed; it is tried again in an hour');
  }
}
