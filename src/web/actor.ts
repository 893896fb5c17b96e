import type { Request, RequestHandler } from 'express';
import { type Action, type Actor, type Authorized, authorize } from '../app/access.ts';
import { actorOfPerson, actorOfToken } from '../app/people/findActor.ts';
import { StippleError } from '../errors.ts';
import { ENGLISH } from '../language/english.ts';
import type { Database } from '../storage/tables.ts';

declare global {
  namespace Express {
    interface Request {
      /** Who is signed in, or whom the API token speaks for; null for a visitor. */
      actor: Actor | null;
    }
  }
}

/**
 * Gives every request its `actor`: from the session's sign-in, or on /api/ from an `Authorization: Bearer` header, which
 * then counts alone. Comes after the sessions.
 * @throws StippleError SMP_SIGN_IN_NEEDED for a token that is not, or no longer, good
 */
export function identifyActor(db: Database, now: () => Date): RequestHandler {
  return async (req, _res, next) => {
    req.actor = null;
    const token = req.path.startsWith('/api/') ? bearerToken(req) : null;
    if (token !== null) {
      req.actor = await actorOfToken(db, token, now());
      if (req.actor === null) {
        throw new StippleError('SMP_SIGN_IN_NEEDED', ENGLISH.accounts.thisApiTokenIsNotValid);
      }
    } else {
      const signIn = req.browserSession.known?.signIn;
      if (signIn) req.actor = await actorOfPerson(db, signIn.personId);
    }
    next();
  };
}

/**
 * The person behind a request, with the proof that they may do this: what every use case over an organisation's records asks
 * for.
 * @throws StippleError SMP_SIGN_IN_NEEDED when nobody is signed in, SMP_NOT_ALLOWED when the role or token does not reach so far
 */
export function actorFor<A extends Action>(req: Request, action: A): Authorized<A> {
  return authorize(req.actor, action);
}

function bearerToken(req: Request): string | null {
  return /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? null;
}
