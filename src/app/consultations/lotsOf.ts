import { StippleError } from '../../errors.ts';
import { consultationsTexts } from '../../language/texts/consultations.ts';
import {
  type ConsultationLot,
  listLotsOfConsultation,
  listPlanMatches,
} from '../../storage/consultationMatchesRepo.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { recordLotUse } from '../../storage/lotsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { recipeOf } from './recipe.ts';

type Reader = Authorized<'consultation:read'> | Authorized<'consultation:write'> | Authorized<'followUp:write'>;

/** Lots recorded for a consultation, in the order they were. */
export function lotsOf(
  services: Services,
  _actor: Reader,
  consultation: Pick<ConsultationRecord, 'id'>,
): Promise<ConsultationLot[]> {
  return listLotsOfConsultation(services.db, consultation.id);
}

/**
 * Records the lot on the bottle that was used, for the newest match with a recipe.
 * @throws StippleError SMP_OPTION_INVALID without a lot, or where no shade has been chosen yet
 */
export async function recordLot(
  services: Services,
  actor: Authorized<'consultation:write'>,
  consultation: ConsultationRecord,
  lotText: string,
): Promise<void> {
  const lot = lotText.trim().slice(0, 60);
  if (lot === '') throw new StippleError('SMP_OPTION_INVALID', consultationsTexts.writeLotAsPrinted);
  for (const match of await listPlanMatches(services.db, consultation.id)) {
    const recipe = recipeOf(match, consultation.session);
    if (!recipe) continue;
    const { catalogId, code } = recipe;
    const { organisationId, displayName: recordedByName } = actor;
    const use = { catalogId, kind: 'shade', code, lot, matchId: match.id, organisationId, recordedByName } as const;
    return await recordLotUse(services.db, use, services.now());
  }
  throw new StippleError('SMP_OPTION_INVALID', consultationsTexts.noShadeChosen);
}
