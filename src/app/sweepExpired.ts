import { purgeExpiredBrowserSessions } from '../storage/browserSessionsRepo.ts';
import { purgeExpiredImports } from '../storage/catalogImportsRepo.ts';
import { sweepOrphans } from '../storage/sweepOrphans.ts';
import type { Services } from './services.ts';

/** Removes try-outs and imports whose time is over, with their files, and files that no record names. Never rejects. */
export async function sweepExpired(services: Services): Promise<void> {
  const { db, photos, logger, now } = services;
  try {
    const { storageKeys } = await purgeExpiredBrowserSessions(db, now());
    const files = await purgeExpiredImports(db, now());
    await Promise.all([...storageKeys, ...files].map((key) => photos.delete(key)));
    await sweepOrphans(photos, db);
  } catch (error) {
    logger.error({ err: error }, 'removing expired try-outs and imports failed; it is tried again in an hour');
  }
}
