import * as z from 'zod';
import { StippleError } from '../../errors.ts';
import { learningTexts } from '../../language/texts/learning.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { createFollowUp, deleteFollowUp, listFollowUps, setFollowUpCounts } from '../../storage/followUpsRepo.ts';
import { findMatch } from '../../storage/matchesRepo.ts';
import type { MatchRecord } from '../../storage/matchRecord.ts';
import type { Authorized } from '../access.ts';
import { publishedCatalog } from '../catalogs/currentCatalogs.ts';
import { refreshConsultation } from '../consultations/openConsultation.ts';
import type { Measurement } from '../measurePhoto.ts';
import type { ObserveTask } from '../photoTask.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../studioSettings.ts';
import type { HealedComparison } from './compareHealed.ts';

/** Skin is judged after one whole turn of its cells; before, the result still changes. */
export const HEALED_AFTER_DAYS = 28;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the technician says about how the healed result was made. */
export const followUpFormSchema = z.object({
  treatedOn: z.iso.date(learningTexts.sayDayOfSession),
  code: z.string().min(1, learningTexts.chooseTheShadeThatWasUsed),
  catalogId: z.string().min(1),
  version: z.coerce.number().int().positive(),
  partsDiluent: z.coerce
    .number(learningTexts.partsOutOfRange)
    .min(0, learningTexts.partsOutOfRange)
    .max(200, learningTexts.partsOutOfRange),
  densityPerCm2: z.coerce
    .number(learningTexts.dotsOutOfRange)
    .min(10, learningTexts.dotsOutOfRange)
    .max(400, learningTexts.dotsOutOfRange),
  lot: z.string().trim().max(60).nullable(),
});
export type FollowUpForm = z.infer<typeof followUpFormSchema>;

const refuse = (sentence: string) => new StippleError('SMP_OPTION_INVALID', sentence);

function measuredOf(match: MatchRecord) {
  const measurement = match.proposal as unknown as Measurement | null;
  const { skin, hair } = measurement ?? {};
  if (match.status !== 'done' || !skin || !hair?.apparent) {
    throw refuse(learningTexts.noTreatedAreaMeasured);
  }
  return { skin: skin.lab, area: hair.apparent.lab, dot: hair.fibre?.lab ?? null };
}

function daysBetween(treatedOn: string, photographed: string): number {
  return Math.floor((Date.parse(photographed.slice(0, 10)) - Date.parse(treatedOn)) / DAY_MS);
}

/**
 * Records a healed photo of a consultation beside what was predicted for its recipe; from then on it is learned from.
 * @throws StippleError SMP_OPTION_INVALID before 28 days, for a photo that is no measurement, or one recorded already;
 *   SMP_NOT_FOUND when match or shade are not there
 */
export async function recordFollowUp(
  services: Services,
  actor: Authorized<'followUp:write'>,
  consultation: ConsultationRecord,
  matchId: string,
  form: FollowUpForm,
): Promise<void> {
  const { db, pool } = services;
  const { organisationId } = actor;
  const match = await findMatch(db, { organisationId }, matchId);
  if (!match) throw new StippleError('SMP_NOT_FOUND');
  const healedDays = daysBetween(form.treatedOn, match.createdAt);
  if (healedDays < HEALED_AFTER_DAYS) {
    throw refuse(learningTexts.takenTooEarly(healedDays, HEALED_AFTER_DAYS));
  }
  const { skin, area, dot } = measuredOf(match);
  const { calibration, useCalibration, diameterMm } = await readSettings(services, { organisationId });
  const studio = useCalibration ? calibration : null;
  const { code, catalogId, version, partsDiluent, densityPerCm2, lot } = form;
  const diameter = studio?.diameterMm ?? diameterMm;
  const task: ObserveTask = {
    kind: 'observe',
    catalog: await publishedCatalog(services, { id: catalogId, version }),
    question: {
      ...{ skin, healedArea: area, dot, code, partsDiluent, densityPerCm2, diameterMm: diameter },
      ...{ strength: studio?.tauFactor ?? 1, gapMm: studio?.gapMm ?? null },
    },
  };
  const compared = await pool.run<HealedComparison>(task);
  const created = await createFollowUp(
    db,
    organisationId,
    {
      ...compared,
      ...{ consultationId: consultation.id, matchId, technicianId: consultation.technicianId, catalogId, code },
      ...{ lot: lot || null, partsDiluent, densityPerCm2, diameterMm: diameter, healedDays },
    },
    services.now(),
  );
  if (!created) throw refuse(learningTexts.recordedAlready);
  await refreshConsultation(services, organisationId, consultation.id);
}

type Reader = Authorized<'followUp:write'> | Authorized<'consultation:read'> | Authorized<'consultation:write'>;

/** Healed results of one consultation, newest first. */
export function followUpsOf(services: Services, actor: Reader, consultation: Pick<ConsultationRecord, 'id'>) {
  return listFollowUps(services.db, actor.organisationId, consultation.id);
}

/** @throws StippleError SMP_NOT_FOUND when the studio has no such healed result */
export async function countFollowUp(
  services: Services,
  actor: Authorized<'followUp:write'>,
  id: string,
  counts: boolean,
): Promise<void> {
  if (!(await setFollowUpCounts(services.db, actor.organisationId, id, counts)))
    throw new StippleError('SMP_NOT_FOUND');
}

/** @throws StippleError SMP_NOT_FOUND when the studio has no such healed result */
export async function removeFollowUp(
  services: Services,
  actor: Authorized<'followUp:write'>,
  id: string,
): Promise<void> {
  if (!(await deleteFollowUp(services.db, actor.organisationId, id))) throw new StippleError('SMP_NOT_FOUND');
}
