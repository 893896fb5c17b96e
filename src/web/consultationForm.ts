import type { Request } from 'express';
import type { z } from 'zod';
import { DECISIONS } from '../app/consultations/contraindications.ts';
import type { FlagAnswer, FlagState } from '../app/consultations/decideFlags.ts';
import { type ConsultationForm, consultationFormSchema } from '../app/consultations/editConsultation.ts';
import { FITZPATRICK, GOALS, LEVEL_WORDS, PATTERNS } from '../app/consultations/vocabulary.ts';
import { shownDay } from '../language/dates.ts';
import { ENGLISH } from '../language/english.ts';
import type { ConsultationRecord } from '../storage/consultationRecord.ts';
import { textField } from './forms.ts';

const NAMES = Object.keys(consultationFormSchema.shape) as (keyof ConsultationForm)[];
type FormTexts = Readonly<Record<keyof ConsultationForm, string>>;

/** What stands in each field, as text. */
export function textsOf(consultation: ConsultationRecord): FormTexts {
  return Object.fromEntries(NAMES.map((name) => [name, String(consultation[name] ?? '')])) as FormTexts;
}

export function typedTexts(req: Request): FormTexts {
  return Object.fromEntries(NAMES.map((name) => [name, textField(req, name)])) as FormTexts;
}

const MAY_BE_EMPTY = new Set<string>(['goal', 'pattern', 'fitzpatrick', 'treatedOn']);

/** The form as data, or what is wrong with which field. */
export function readConsultationForm(texts: FormTexts): ConsultationForm | { field: string; text: string }[] {
  const input = NAMES.map((name) => [name, texts[name] === '' && MAY_BE_EMPTY.has(name) ? null : texts[name]]);
  const parsed = consultationFormSchema.safeParse(Object.fromEntries(input));
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map((issue) => ({ field: String(issue.path[0]), text: issueText(issue) }));
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big' || issue.code === 'too_small' || issue.code === 'invalid_format') return issue.message;
  return ENGLISH.studio.hasAValueThatIsNot(String(issue.path[0]));
}

const options = (words: object, chosen: string, none: string) => [
  { value: '', text: none, selected: chosen === '' },
  ...Object.entries(words).map(([value, text]) => ({ value, text: String(text), selected: chosen === value })),
];

/** Choices and texts of the form's fields. */
export function fieldsView(texts: FormTexts) {
  return {
    texts,
    selects: [
      {
        name: 'goal',
        text: ENGLISH.studio.goal,
        hint: '',
        options: options(GOALS, texts.goal, ENGLISH.studio.notChosenYet),
      },
      {
        name: 'pattern',
        text: ENGLISH.studio.hairLossPattern,
        hint: ENGLISH.studio.norwoodOrLudwig,
        options: options(PATTERNS, texts.pattern, ENGLISH.studio.notAskedYet),
      },
      {
        name: 'fitzpatrick',
        text: ENGLISH.studio.fitzpatrickSkinType,
        hint: ENGLISH.studio.askTheClientStippleNever,
        options: options(FITZPATRICK, texts.fitzpatrick, ENGLISH.studio.notAskedYet),
      },
    ],
    areas: [
      { name: 'skinNotes', text: ENGLISH.studio.skinNotes, value: texts.skinNotes },
      { name: 'scarNotes', text: ENGLISH.studio.scarNotes, value: texts.scarNotes },
      { name: 'expectations', text: ENGLISH.studio.whatTheClientExpects, value: texts.expectations },
      { name: 'sessionNotes', text: ENGLISH.studio.sessionNotes, value: texts.sessionNotes },
    ],
  };
}

/** The answers of the flags form: decision and note of each flag by its id. */
export function readFlagAnswers(req: Request, states: readonly FlagState[]): FlagAnswer[] {
  return states.map(({ flag: { id } }) => ({
    flagId: id,
    decision: textField(req, `decision.${id}`),
    note: textField(req, `note.${id}`),
  }));
}

/** Each flag with its level, origin and decision; `typed` keeps what a refused form said. */
export function flagsView(states: readonly FlagState[], typed: readonly FlagAnswer[] = []) {
  return states.map(({ flag, decided }) => {
    const answer = typed.find(({ flagId }) => flagId === flag.id);
    const decision = answer?.decision ?? decided?.decision ?? '';
    return {
      id: flag.id,
      text: flag.text,
      level: LEVEL_WORDS[flag.level],
      origin: flag.origin,
      open: decided === null,
      note: answer?.note ?? decided?.note ?? '',
      options: options(DECISIONS, decision, ENGLISH.studio.notDecidedYet),
      record: decided
        ? `${decided.decidedByName}, ${shownDay(decided.decidedAt)}: ${DECISIONS[decided.decision as keyof typeof DECISIONS] ?? decided.decision}${decided.note ? ` (${decided.note})` : ''}`
        : '',
    };
  });
}
