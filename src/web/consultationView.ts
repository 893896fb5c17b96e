import { statusWords } from '../app/consultations/recipe.ts';
import { GOALS } from '../app/consultations/vocabulary.ts';
import type { ConsultationSummary } from '../storage/consultationRecord.ts';
import type { StoredCounts } from '../storage/countStored.ts';
import { shownDay } from './language/dates.ts';

/** One line of a list of consultations, in the form the list of try-outs has too. */
export function consultationLine(entry: ConsultationSummary) {
  const goal = entry.goal === null ? '' : (GOALS[entry.goal as keyof typeof GOALS] ?? '');
  return {
    id: entry.id,
    href: `/consultations/${entry.id}`,
    title: entry.alias,
    text: [entry.shadeText ?? 'no shade yet', statusWords(entry.status)].join(' · '),
    when: [shownDay(entry.createdAt), `session ${entry.session}`, goal].filter(Boolean).join(' · '),
    thumb: entry.thumbMatchId === null ? null : `/matches/${entry.thumbMatchId}/display.jpg`,
  };
}

/** What goes when somebody is erased, as a list for people. */
export function erasureLines({ consultations, decisions, matches, pictures, links }: StoredCounts): string[] {
  const line = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  return [
    ...line(consultations, 'consultation with its notes', 'consultations with their notes'),
    ...line(decisions, 'decision about a flag', 'decisions about flags'),
    ...line(matches, 'measured photo with its result', 'measured photos with their results'),
    ...line(pictures, 'stored picture, previews among them', 'stored pictures, previews among them'),
    ...line(
      links,
      'link to the client, with the answer and the name in it',
      'links to the client, with the answers and names in them',
    ),
  ];
}
