import { statusWords } from '../app/consultations/recipe.ts';
import { GOALS } from '../app/consultations/vocabulary.ts';
import type { ConsultationSummary } from '../storage/consultationRecord.ts';

/** One line of a list of consultations, in the form the list of try-outs has too. */
export function consultationLine(entry: ConsultationSummary) {
  const goal = entry.goal === null ? '' : (GOALS[entry.goal as keyof typeof GOALS] ?? '');
  return {
    id: entry.id,
    href: `/consultations/${entry.id}`,
    title: entry.alias,
    text: [entry.shadeText ?? 'no shade yet', statusWords(entry.status)].join(' · '),
    when: [entry.createdAt.slice(0, 10), `session ${entry.session}`, goal].filter(Boolean).join(' · '),
    thumb: entry.thumbMatchId === null ? null : `/matches/${entry.thumbMatchId}/display.jpg`,
  };
}

/** What goes when somebody is erased, as a list for people. */
export function erasureLines(counts: { consultations: number; matches: number; photos: number; decisions: number }) {
  const line = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  return [
    ...line(counts.consultations, 'consultation with its notes', 'consultations with their notes'),
    ...line(counts.decisions, 'decision about a flag', 'decisions about flags'),
    ...line(counts.matches, 'measured photo with its result', 'measured photos with their results'),
    ...line(counts.photos, 'stored picture, previews among them', 'stored pictures, previews among them'),
    'links that were sent to the client, which stop working at once, and what the client answered',
  ];
}
