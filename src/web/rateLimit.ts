import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { rateLimit as expressRateLimit, ipKeyGenerator, type Store } from 'express-rate-limit';
import { StippleError } from '../errors.ts';
import { countHit, forgetHits, purgeRateLimits, uncountHit } from '../storage/rateLimitsRepo.ts';
import type { Database } from '../storage/tables.ts';

export interface RateLimit {
  /** What is limited, for example `upload`: limits of different names count apart. */
  readonly name: string;
  /** Requests one address may make in a window. */
  readonly limit: number;
  readonly windowMs: number;
  /** What is counted instead of the address. */
  readonly keyOf?: (req: Request) => string;
  /** Only answers of 400 and above count. */
  readonly failuresOnly?: boolean;
  /** What is said instead of the usual sentence. */
  readonly sentence?: string;
  readonly now?: () => Date;
}

/**
 * Answers SMP_RATE_LIMITED, with Retry-After, to an address that asks too often. The count lies in the database, so that
 * several servers share it. An IPv6 visitor has a whole network of addresses; its /56 counts as one.
 */
export function limitRate(db: Database, options: RateLimit): RequestHandler {
  return expressRateLimit({
    limit: options.limit,
    windowMs: options.windowMs,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: options.name,
    keyGenerator: options.keyOf ?? ((req) => ipKeyGenerator(req.ip ?? req.socket.remoteAddress ?? '')),
    skipSuccessfulRequests: options.failuresOnly ?? false,
    store: createRateLimitStore(db, options),
    handler: (_req, _res, next) => next(new StippleError('SMP_RATE_LIMITED', options.sentence)),
  });
}

function createRateLimitStore(db: Database, { name, windowMs, now = () => new Date() }: RateLimit): Store {
  // The address is not kept in readable form, and only until its window ends.
  const hash = (key: string) => createHash('sha256').update(`${name} ${key}`).digest('hex');
  let purgeAtMs = 0;
  return {
    localKeys: false,
    async increment(key) {
      const time = now();
      if (time.getTime() >= purgeAtMs) {
        purgeAtMs = time.getTime() + windowMs;
        await purgeRateLimits(db, time);
      }
      const { hits, resetsAt } = await countHit(db, hash(key), windowMs, time);
      return { totalHits: hits, resetTime: resetsAt };
    },
    decrement: (key) => uncountHit(db, hash(key)),
    resetKey: (key) => forgetHits(db, hash(key)),
  };
}
