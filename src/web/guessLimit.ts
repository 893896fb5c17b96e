import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { StippleError } from '../errors.ts';
import { ENGLISH } from '../language/english.ts';
import { countHit, readHits } from '../storage/rateLimitsRepo.ts';
import type { Database } from '../storage/tables.ts';

const WINDOW_MS = 15 * 60 * 1000;
const MOST_MISSES = 60;
/** Pages whose address itself lets somebody in. */
const SECRET_PATHS = /^\/(s|setup|invitations|reset)\/./;

/** The answer that means: no such secret. Null where a request brings none. */
function missStatus(req: Request): 401 | 404 | null {
  if (SECRET_PATHS.test(req.path)) return 404;
  return req.path.startsWith('/api/') && req.headers.authorization !== undefined ? 401 : null;
}

/**
 * Answers SMP_RATE_LIMITED to an address that has tried many links or API tokens that never were. Only misses are
 * written down, so that opening a good link changes nothing; comes before whatever looks a secret up.
 */
export function limitGuesses(db: Database, now: () => Date): RequestHandler {
  return async (req, res, next) => {
    const miss = missStatus(req);
    if (miss === null) return next();
    const address = ipKeyGenerator(req.ip ?? req.socket.remoteAddress ?? '');
    const key = createHash('sha256').update(`guess ${address}`).digest('hex');
    const { hits, resetsAt } = await readHits(db, key, now());
    if (hits >= MOST_MISSES) {
      res.set('Retry-After', String(Math.ceil((resetsAt.getTime() - now().getTime()) / 1000)));
      throw new StippleError('SMP_RATE_LIMITED', ENGLISH.accounts.tooManyLinksOrTokensWere);
    }
    res.once('finish', () => {
      // What cannot be written down now is a guess that counts for nothing; the request itself was answered.
      if (res.statusCode === miss) void countHit(db, key, WINDOW_MS, now()).catch(() => undefined);
    });
    next();
  };
}
