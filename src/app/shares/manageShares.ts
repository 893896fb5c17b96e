import { StippleError } from '../../errors.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import {
  listShareAnswers,
  listShares,
  revokeShareRow,
  type ShareAnswer,
  type ShareRecord,
} from '../../storage/sharesRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';

export interface ListedShare {
  readonly share: ShareRecord;
  readonly state: 'open' | 'expired' | 'revoked';
  readonly answers: readonly ShareAnswer[];
}

/** Every link of a consultation with what came back, newest first. */
export async function sharesOf(
  services: Services,
  _actor: Authorized<'share:write'>,
  consultation: Pick<ConsultationRecord, 'id'>,
): Promise<ListedShare[]> {
  const shares = await listShares(services.db, consultation.id);
  const answers = await listShareAnswers(
    services.db,
    shares.map(({ id }) => id),
  );
  const now = services.now().toISOString();
  return shares.map((share) => ({
    share,
    state: share.revokedAt !== null ? 'revoked' : share.expiresAt <= now ? 'expired' : 'open',
    answers: answers.filter(({ shareId }) => shareId === share.id),
  }));
}

/** Ends a link at once. @throws StippleError SMP_NOT_FOUND when the consultation has none such */
export async function revokeShare(
  services: Services,
  actor: Authorized<'share:write'>,
  consultation: Pick<ConsultationRecord, 'id'>,
  id: string,
): Promise<void> {
  const { organisationId, personId } = actor;
  if (!(await revokeShareRow(services.db, consultation.id, id, services.now())))
    throw new StippleError('SMP_NOT_FOUND');
  await recordAudit(services.db, { organisationId, personId, action: 'share.revoke', subjectId: id }, services.now());
}
