import { findMatch } from '../storage/matchesRepo.ts';
import type { MatchOwner, MatchRecord } from '../storage/matchRecord.ts';
import type { Step } from './jobBoard.ts';
import type { Services } from './services.ts';

/** Longer than a photo may take with every place of the queue before it; after that its server must have died. */
const LEASE_MS = 90_000;
const POLL_MS = 150;

export function measuringUntil(services: Services): string {
  return new Date(services.now().getTime() + LEASE_MS).toISOString();
}

/** The step a match is in; another server's is known only to be under way. Null when nobody works on it. */
export function stepOfMatch(services: Services, match: MatchRecord): Step | null {
  const own = services.jobs.stepOf(match.id);
  if (own) return own;
  return match.measuringUntil !== null && match.measuringUntil > services.now().toISOString() ? 'measuring' : null;
}

/** The match once nobody works on it any more, or as it is after `ms`; null when the owner has none with this id. */
export async function waitForMatch(
  services: Services,
  owner: MatchOwner,
  id: string,
  ms: number,
): Promise<MatchRecord | null> {
  const patienceEndsMs = Date.now() + ms;
  await services.jobs.waitFor(id, ms);
  for (;;) {
    const match = await findMatch(services.db, owner, id);
    if (!match || !stepOfMatch(services, match) || Date.now() >= patienceEndsMs) return match;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
