import * as z from 'zod';
import { StippleError } from '../../errors.ts';
import { consultationsTexts } from '../../language/texts/consultations.ts';
import { listPlanMatches } from '../../storage/consultationMatchesRepo.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { createConsultation, findConsultation, saveConsultation } from '../../storage/consultationsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { refreshConsultation } from './openConsultation.ts';
import { type Recipe, recipeOf, recipeSchema, recipeText } from './recipe.ts';
import { GOALS, PATTERNS } from './vocabulary.ts';

const notes = (field: string) => z.string().trim().max(4000, consultationsTexts.tooLong(field)).default('');

const keys = <T extends object>(words: T) => Object.keys(words) as [keyof T & string, ...(keyof T & string)[]];

/** What the form of a consultation may say; '' stands for "not asked". */
export const consultationFormSchema = z.object({
  session: z.coerce
    .number()
    .int()
    .min(1, consultationsTexts.sessionMustBe1OrMore)
    .max(20, consultationsTexts.sessionMustBe20AtMost),
  goal: z.enum(keys(GOALS)).nullable(),
  pattern: z.enum(keys(PATTERNS)).nullable(),
  fitzpatrick: z.coerce.number().int().min(1).max(6).nullable(),
  skinNotes: notes(consultationsTexts.skinNotes),
  scarNotes: notes(consultationsTexts.scarNotes),
  expectations: notes(consultationsTexts.expectations),
  sessionNotes: notes(consultationsTexts.sessionNotes),
  treatedOn: z.iso.date(consultationsTexts.sessionDayMustBeDate).nullable(),
});
export type ConsultationForm = z.infer<typeof consultationFormSchema>;

type Reader =
  | Authorized<'consultation:read'>
  | Authorized<'consultation:write'>
  | Authorized<'followUp:write'>
  | Authorized<'share:write'>;

/** @throws StippleError SMP_NOT_FOUND when the studio has no such consultation */
export async function getConsultation(services: Services, actor: Reader, id: string): Promise<ConsultationRecord> {
  const consultation = await findConsultation(services.db, actor.organisationId, id);
  if (!consultation) throw new StippleError('SMP_NOT_FOUND');
  return consultation;
}

/**
 * The mix of a consultation: of its newest match with one, else the one carried forward from the session before.
 * @param besides a match that is not the plan but shows what came of it
 */
export async function recipeOfConsultation(
  services: Services,
  _actor: Reader,
  consultation: ConsultationRecord,
  besides: string | null = null,
): Promise<Recipe | null> {
  for (const match of await listPlanMatches(services.db, consultation.id)) {
    const recipe = match.id === besides ? null : recipeOf(match, consultation.session);
    if (recipe) return recipe;
  }
  return consultation.recipe === null ? null : recipeSchema.parse(consultation.recipe);
}

/**
 * Stores what the form says.
 * @param revision the one the form was made from
 * @throws StippleError SMP_CHANGED_MEANWHILE when somebody else has saved since; nothing is stored then
 */
export async function editConsultation(
  services: Services,
  actor: Authorized<'consultation:write'>,
  consultation: ConsultationRecord,
  form: ConsultationForm,
  revision: number,
): Promise<void> {
  const { id, recipe } = consultation;
  const details = { ...form, recipe };
  const saved = await saveConsultation(services.db, actor.organisationId, id, details, revision, services.now());
  if (!saved) throw new StippleError('SMP_CHANGED_MEANWHILE');
  if (form.session !== consultation.session) await refreshConsultation(services, actor.organisationId, id);
}

/**
 * Opens the next session with the same client: what was asked and written about the person and the mix go along; day,
 * session notes, photos and flag decisions do not, because they are of the day.
 * @returns the new consultation's id
 */
export async function repeatConsultation(
  services: Services,
  actor: Authorized<'consultation:write'>,
  consultation: ConsultationRecord,
): Promise<string> {
  const { clientId, goal, pattern, fitzpatrick, skinNotes, scarNotes, expectations } = consultation;
  const recipe = await recipeOfConsultation(services, actor, consultation);
  return createConsultation(
    services.db,
    actor.organisationId,
    {
      clientId,
      previousId: consultation.id,
      technicianId: actor.personId,
      technicianName: actor.displayName,
      session: consultation.session + 1,
      goal,
      pattern,
      fitzpatrick,
      skinNotes,
      scarNotes,
      expectations,
      sessionNotes: '',
      treatedOn: null,
      recipe,
      shadeText: recipe && recipeText(recipe),
    },
    services.now(),
  );
}
