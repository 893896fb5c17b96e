import { listMatchesOfConsultation, listPlanMatches } from '../../storage/consultationMatchesRepo.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import type { MatchRecord } from '../../storage/matchRecord.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';

type Reader =
  | Authorized<'consultation:read'>
  | Authorized<'consultation:write'>
  | Authorized<'share:write'>
  | Authorized<'followUp:write'>;

/** The measured photos of a consultation the actor's studio has, newest first. */
export function matchesOf(
  services: Services,
  _actor: Reader,
  consultation: Pick<ConsultationRecord, 'id'>,
): Promise<MatchRecord[]> {
  return listMatchesOfConsultation(services.db, consultation.id);
}

/** As `matchesOf` without photos of healed results: what a plan is made from and shown on. */
export function planMatchesOf(
  services: Services,
  _actor: Authorized<'share:write'>,
  consultation: Pick<ConsultationRecord, 'id'>,
): Promise<MatchRecord[]> {
  return listPlanMatches(services.db, consultation.id);
}
