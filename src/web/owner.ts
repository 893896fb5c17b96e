import type { Request } from 'express';
import { StippleError } from '../errors.ts';
import type { MatchOwner } from '../storage/matchRecord.ts';

/** Whose try-outs this visitor may see; null while nothing was stored for them. */
export function knownOwner(req: Request): MatchOwner | null {
  const { known } = req.browserSession;
  return known && { browserSessionId: known.id };
}

/** The visitor of a page that shows something stored. @throws StippleError SMP_NOT_FOUND when nothing is theirs */
export function visitor(req: Request): MatchOwner {
  const owner = knownOwner(req);
  if (!owner) throw new StippleError('SMP_NOT_FOUND');
  return owner;
}

/** The visitor as an owner, made now when nothing was stored before: call it only where something is about to be. */
export async function newOwner(req: Request): Promise<MatchOwner> {
  return { browserSessionId: (await req.browserSession.start()).id };
}
