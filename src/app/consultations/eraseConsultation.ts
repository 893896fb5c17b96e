import { StippleError } from '../../errors.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import { deleteConsultation } from '../../storage/consultationsRepo.ts';
import { consultationIds, countStored, type StoredCounts } from '../../storage/countStored.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';

/** What would go with a consultation, for the page that asks first. */
export function countOfConsultation(
  { db }: Services,
  { organisationId }: Authorized<'consultation:erase'>,
  id: string,
): Promise<StoredCounts> {
  return countStored(db, consultationIds(db, organisationId).where('id', '=', id));
}

/**
 * Removes a consultation with its matches, photos, decisions and links. The records go first, in one transaction: what a
 * crash leaves behind then is a file that nothing names, and the sweep of orphans removes it.
 * @throws StippleError SMP_NOT_FOUND when the studio has no such consultation
 */
export async function eraseConsultation(
  services: Services,
  actor: Authorized<'consultation:erase'>,
  id: string,
): Promise<void> {
  const { organisationId, personId } = actor;
  const keys = await deleteConsultation(services.db, organisationId, id);
  if (keys === null) throw new StippleError('SMP_NOT_FOUND');
  const event = { organisationId, personId, action: 'consultation.erase', subjectId: id };
  await recordAudit(services.db, event, services.now());
  await Promise.all(keys.map((key) => services.photos.delete(key)));
}
