import * as z from 'zod';
import { consultationsTexts } from '../../language/texts/consultations.ts';

/** How a studio treats a contraindication: do not treat, wait, or go on with a doctor's note only. */
export const FLAG_LEVELS = ['stop', 'wait', 'note'] as const;
export type FlagLevel = (typeof FLAG_LEVELS)[number];

export const contraindicationSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  text: z.string().min(1).max(200),
  level: z.enum(FLAG_LEVELS),
  /** Whose rule it is, so that nobody takes a default for medical truth. */
  origin: z.string().max(300),
});
/** Something a studio asks every client about before it treats them. */
export type Contraindication = z.infer<typeof contraindicationSchema>;

const CUSTOM = consultationsTexts.commonPracticeOfStudios;

/**
 * What a new studio starts with. Published lists disagree (diabetes is a stop on one and a doctor's note on another), so
 * each entry names its origin and can be changed or taken out.
 */
export const DEFAULT_CONTRAINDICATIONS: readonly Contraindication[] = [
  { id: 'under-18', text: consultationsTexts.under18YearsOld, level: 'stop', origin: CUSTOM },
  { id: 'pregnant', text: consultationsTexts.pregnantOrBreastfeeding, level: 'wait', origin: CUSTOM },
  {
    id: 'skin-condition',
    text: consultationsTexts.inflamedInfectedSunburntOrBrokenSkin,
    level: 'wait',
    origin: CUSTOM,
  },
  { id: 'keloid', text: consultationsTexts.scarsGrowThick, level: 'note', origin: CUSTOM },
  { id: 'transplant', text: consultationsTexts.hairTransplantOrScalpSurgery, level: 'wait', origin: CUSTOM },
  { id: 'isotretinoin', text: consultationsTexts.isotretinoinInTheLast12Months, level: 'wait', origin: CUSTOM },
  { id: 'blood', text: consultationsTexts.bloodThinnersOrABleedingDisorder, level: 'note', origin: CUSTOM },
  {
    id: 'diabetes',
    text: consultationsTexts.diabetes,
    level: 'note',
    origin: consultationsTexts.publishedStudioListsDisagree,
  },
  { id: 'immune', text: consultationsTexts.weakImmuneSystem, level: 'note', origin: CUSTOM },
  { id: 'allergy', text: consultationsTexts.allergicReactionToPigment, level: 'stop', origin: CUSTOM },
  {
    id: 'patch-test',
    text: consultationsTexts.noPatchTest,
    level: 'wait',
    origin: consultationsTexts.patchTestAskedFor,
  },
];

/**
 * What can be decided about one flag. `absent`: asked, does not apply. `goAhead`: applies and the treatment goes ahead,
 * with the reason written down. `wait` and `stop`: applies and the treatment waits or does not take place.
 */
export const DECISIONS = {
  absent: consultationsTexts.doesNotApply,
  goAhead: consultationsTexts.goAhead,
  wait: consultationsTexts.weWait,
  stop: consultationsTexts.weDoNotTreat,
} as const;
export type Decision = keyof typeof DECISIONS;
