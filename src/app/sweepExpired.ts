import { purgeExpiredBrowserSessions } from '../storage/browserSessionsRepo.ts';
import { purgeExpiredImports } from '../storage/catalogImportsRepo.ts';
import { sweepOrphans } from '../storage/sweepOrphans.ts';
import { sweepRetention } from './privacy/sweepRetention.ts';
import type { Services } from './services.ts';

const SWEEP_EVERY_MS = 60 * 60 * 1000;

/**
 * Removes what is over, with its files: try-outs, imports, and what studios keep no longer; then files that no record
 * names. Never rejects.
 * @param until ends the look through the photo store early, which may take minutes; the next sweep goes on
 */
async function sweepExpired(services: Services, until: AbortSignal): Promise<void> {
  const { db, photos, logger, now } = services;
  try {
    const { storageKeys } = await purgeExpiredBrowserSessions(db, now());
    const files = await purgeExpiredImports(db, now());
    await Promise.all([...storageKeys, ...files].map((key) => photos.delete(key)));
    await sweepRetention(services);
    await sweepOrphans(photos, db, { until });
  } catch (error) {
    logger.error({ err: error }, 'removing expired try-outs and imports failed; it is tried again in an hour');
  }
}

/**
 * Sweeps at once and then every hour, never twice at a time. Nobody waits for it: looking through a large photo store
 * must not hold up the start.
 * @returns a stop that waits for what is being removed, after which nothing is read or written any more
 */
export function startSweeping(services: Services, everyMs = SWEEP_EVERY_MS): () => Promise<void> {
  const ending = new AbortController();
  let running: Promise<void> | null = null;
  const sweep = () => {
    running ??= sweepExpired(services, ending.signal).finally(() => {
      running = null;
    });
  };
  sweep();
  const timer = setInterval(sweep, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    ending.abort();
    await running;
  };
}
