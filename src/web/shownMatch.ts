import type { Request, Response } from 'express';
import { resultOf } from '../app/changeMatch.ts';
import type { MatchResult } from '../app/matchResult.ts';
import { stepOfMatch, waitForMatch } from '../app/matchStep.ts';
import type { Services } from '../app/services.ts';
import { StippleError } from '../errors.ts';
import type { MatchOwner, MatchRecord } from '../storage/matchRecord.ts';
import { findPhoto } from '../storage/photosRepo.ts';
import { photoView } from './matchPages.ts';
import { visitor } from './owner.ts';

/** A measurement that is ready by then is shown at once; a longer one gets the waiting page. */
const PATIENCE_MS = 1500;

export interface ShownMatch {
  readonly owner: MatchOwner;
  readonly match: MatchRecord;
  readonly result: MatchResult;
}

/** The visitor's measured match; null when it is not ready and the visitor was sent to the waiting page. */
export async function shownMatch(services: Services, req: Request, res: Response): Promise<ShownMatch | null> {
  const owner = visitor(req);
  const match = await waitForMatch(services, owner, String(req.params.id), PATIENCE_MS);
  if (!match) throw new StippleError('SMP_NOT_FOUND');
  const result = stepOfMatch(services, match) ? null : resultOf(match);
  if (result) return { owner, match, result };
  res.redirect(303, `/matches/${match.id}`);
  return null;
}

/** @throws StippleError SMP_NOT_FOUND when its photo is no longer stored */
export async function pictureOf(services: Services, { owner, match, result }: ShownMatch) {
  const display = await findPhoto(services.db, owner, match.id, 'display');
  if (!display) throw new StippleError('SMP_NOT_FOUND');
  return photoView(match, result, display);
}
