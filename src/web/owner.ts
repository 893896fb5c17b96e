import type { Request, RequestHandler } from 'express';
import { StippleError } from '../errors.ts';
import type { MatchOwner } from '../storage/matchRecord.ts';
import { actorFor } from './actor.ts';

/**
 * Whose matches this request may see: the studio's when somebody of a studio is signed in, otherwise the browser's unsaved
 * try-outs; null while nothing was stored for a visitor.
 * @throws StippleError SMP_NOT_ALLOWED for people of a supplier, who keep no matches, and for tokens of another scope
 */
export function knownOwner(req: Request): MatchOwner | null {
  if (req.actor) return { organisationId: actorFor(req, 'match:write').organisationId };
  const { known } = req.browserSession;
  return known && { browserSessionId: known.id };
}

/** The owner of a page that shows something stored. @throws StippleError SMP_NOT_FOUND when nothing is theirs */
export function visitor(req: Request): MatchOwner {
  const owner = knownOwner(req);
  if (!owner) throw new StippleError('SMP_NOT_FOUND');
  return owner;
}

/** The owner, made now for a visitor of whom nothing was stored before: call it only where something is about to be. */
export async function newOwner(req: Request): Promise<MatchOwner> {
  return knownOwner(req) ?? { browserSessionId: (await req.browserSession.start()).id };
}

/** Before an upload is taken in: refuses who keeps no matches. */
export const checkUploader: RequestHandler = (req, _res, next) => {
  knownOwner(req);
  next();
};
