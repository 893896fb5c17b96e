import * as z from 'zod';

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

const CUSTOM = 'Common practice of studios; no study was checked.';

/**
 * What a new studio starts with. Published lists disagree (diabetes is a stop on one and a doctor's note on another), so
 * each entry names its origin and can be changed or taken out.
 */
export const DEFAULT_CONTRAINDICATIONS: readonly Contraindication[] = [
  { id: 'under-18', text: 'Under 18 years old', level: 'stop', origin: CUSTOM },
  { id: 'pregnant', text: 'Pregnant or breastfeeding', level: 'wait', origin: CUSTOM },
  {
    id: 'skin-condition',
    text: 'Inflamed, infected, sunburnt or broken skin on the scalp',
    level: 'wait',
    origin: CUSTOM,
  },
  { id: 'keloid', text: 'Scars grow thick (keloid or hypertrophic scars)', level: 'note', origin: CUSTOM },
  { id: 'transplant', text: 'Hair transplant or scalp surgery in the last 12 months', level: 'wait', origin: CUSTOM },
  { id: 'isotretinoin', text: 'Isotretinoin in the last 12 months', level: 'wait', origin: CUSTOM },
  { id: 'blood', text: 'Blood thinners, or a bleeding disorder', level: 'note', origin: CUSTOM },
  {
    id: 'diabetes',
    text: 'Diabetes',
    level: 'note',
    origin: 'Published studio lists disagree: one stops, another asks for a doctor’s note. Set the level you follow.',
  },
  { id: 'immune', text: 'Chemotherapy, radiotherapy or a weak immune system', level: 'note', origin: CUSTOM },
  { id: 'allergy', text: 'Allergic reaction to pigment, tattoo ink or numbing cream', level: 'stop', origin: CUSTOM },
  {
    id: 'patch-test',
    text: 'No patch test of at least 48 hours with this pigment',
    level: 'wait',
    origin: 'A 48-hour patch test is asked for on consent forms of the trade.',
  },
];

/**
 * What can be decided about one flag. `absent`: asked, does not apply. `goAhead`: applies and the treatment goes ahead,
 * with the reason written down. `wait` and `stop`: applies and the treatment waits or does not take place.
 */
export const DECISIONS = {
  absent: 'Asked: does not apply',
  goAhead: 'Applies; we go ahead because …',
  wait: 'Applies; we wait',
  stop: 'Applies; we do not treat',
} as const;
export type Decision = keyof typeof DECISIONS;
