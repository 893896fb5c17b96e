import { CONSULTATION_STATUSES, type ConsultationStatus } from '../../storage/consultationRecord.ts';
import { type ConsultationPage, findConsultations } from '../../storage/consultationSearchRepo.ts';
import { searchTerms } from '../../storage/searchWords.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';

export interface ConsultationSearch {
  /** As typed: words of the alias, the shade or the day, each at least by its start. */
  readonly text: string;
  /** One of the statuses; anything else shows all. */
  readonly status: string;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** One page of the studio's consultations, newest first. */
export function searchConsultations(
  services: Services,
  actor: Authorized<'consultation:read'>,
  { text, status, before, limit }: ConsultationSearch,
): Promise<ConsultationPage> {
  const known = (CONSULTATION_STATUSES as readonly string[]).includes(status);
  return findConsultations(services.db, actor.organisationId, {
    terms: searchTerms(text),
    status: known ? (status as ConsultationStatus) : null,
    before,
    limit,
  });
}
