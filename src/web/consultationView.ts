import { statusWords } from '../app/consultations/recipe.ts';
import { GOALS } from '../app/consultations/vocabulary.ts';
import { shownDay } from '../language/dates.ts';
import { ENGLISH } from '../language/english.ts';
import type { ConsultationSummary } from '../storage/consultationRecord.ts';
import type { StoredCounts } from '../storage/countStored.ts';

/** One line of a list of consultations, in the form the list of try-outs has too. */
export function consultationLine(entry: ConsultationSummary) {
  const goal = entry.goal === null ? '' : (GOALS[entry.goal as keyof typeof GOALS] ?? '');
  return {
    id: entry.id,
    href: `/consultations/${entry.id}`,
    title: entry.alias,
    text: [entry.shadeText ?? ENGLISH.studio.noShadeYet, statusWords(entry.status)].join(' · '),
    when: [shownDay(entry.createdAt), ENGLISH.records.session(entry.session), goal].filter(Boolean).join(' · '),
    thumb: entry.thumbMatchId === null ? null : `/matches/${entry.thumbMatchId}/display.jpg`,
  };
}

/** What goes when somebody is erased, as a list for people. */
export function erasureLines({ consultations, decisions, matches, pictures, links }: StoredCounts): string[] {
  const line = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  return [
    ...line(consultations, ENGLISH.studio.consultationWithItsNotes, ENGLISH.studio.consultationsWithTheirNotes),
    ...line(decisions, ENGLISH.studio.decisionAboutAFlag, ENGLISH.studio.decisionsAboutFlags),
    ...line(matches, ENGLISH.studio.measuredPhotoWithItsResult, ENGLISH.studio.measuredPhotosWithTheirResults),
    ...line(pictures, ENGLISH.studio.storedPicturePreviewsAmongThem, ENGLISH.studio.storedPicturesPreviewsAmong),
    ...line(links, ENGLISH.studio.linkToTheClient, ENGLISH.studio.linksToTheClient),
  ];
}
