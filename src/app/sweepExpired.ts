import { purgeExpiredBrowserSessions } from '../storage/browserSessionsRepo.ts';
import { purgeExpiredImports } from '../storage/catalogImportsRepo.ts';
import { sweepOrphans } from '../storage/sweepOrphans.ts';
import { sweepRetention } from './privacy/sweepRetention.ts';
import type { Services } from './services.ts';

/**
 * Removes what is over, with its files: try-outs, imports, and what studios keep no longer; then files that no record
 * names. Never rejects.
 */
export async function sweepExpired(services: Services): Promise<void> {
  const { db, photos, logger, now } = services;
  try {
    const { storageKeys } = await purgeExpiredBrowserSessions(db, now());
    const files = await purgeExpiredImports(db, now());
    await Promise.all([...storageKeys, ...files].map((key) => photos.delete(key)));
    await sweepRetention(services);
    await sweepOrphans(photos, db);
  } catch (error) {
    logger.error({ err: error }, 'removing expired try-outs and imports failed; it is tried again in an hour');
  }
}
