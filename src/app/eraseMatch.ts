import { StippleError } from '../errors.ts';
import { consultationIdOf } from '../storage/consultationMatchesRepo.ts';
import { deleteMatch } from '../storage/matchesRepo.ts';
import type { MatchOwner } from '../storage/matchRecord.ts';
import { refreshConsultation } from './consultations/openConsultation.ts';
import type { Services } from './services.ts';

/**
 * Removes a match with its photos. The records go first, in one transaction: what a crash leaves behind then is a file
 * that nothing names, and the sweep of orphans removes it.
 * @throws StippleError SMP_NOT_FOUND when the owner has no such match
 */
export async function eraseMatch(services: Services, owner: MatchOwner, id: string): Promise<void> {
  const studio = 'organisationId' in owner ? owner.organisationId : null;
  const filedIn = studio === null ? null : await consultationIdOf(services.db, studio, id);
  const keys = await deleteMatch(services.db, owner, id);
  if (keys === null) throw new StippleError('SMP_NOT_FOUND');
  await Promise.all(keys.map((key) => services.photos.delete(key)));
  if (studio !== null && filedIn !== null) await refreshConsultation(services, studio, filedIn);
}
