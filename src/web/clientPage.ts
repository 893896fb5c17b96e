import type { Request } from 'express';
import { APPROVAL_TICKS } from '../app/shares/answerShare.ts';
import type { OpenShare } from '../app/shares/openShare.ts';
import { isOfStage, SHARED_STAGES } from '../app/shares/sharedStages.ts';
import { CLIENT_TEXTS, isLanguage, LANGUAGES, type Language, localDay, localTime } from '../language/clientTexts.ts';

/** What was typed into a form that came back with faults. */
export interface TypedAnswer {
  readonly ticks: readonly string[];
  readonly name: string;
  readonly note: string;
  readonly faults: readonly { readonly text: string; readonly field: string }[];
}

/** The language of a client's page: asked for in the address, else what the browser prefers, else English. */
export function languageOf(req: Request): Language {
  if (isLanguage(req.query.lang)) return req.query.lang;
  const preferred = req.acceptsLanguages(Object.keys(LANGUAGES));
  return isLanguage(preferred) ? preferred : 'en';
}

/** The page's values: words of one language, pictures of one stage, and what was answered. */
export function clientPage(
  open: OpenShare,
  { language, stage, base, typed }: { language: Language; stage: unknown; base: string; typed: TypedAnswer | null },
) {
  const { share, content } = open;
  const texts = CLIENT_TEXTS[language];
  const stages = SHARED_STAGES.filter((each) => open.pictures.some((kind) => isOfStage(kind, each)));
  const usual = stages.includes('healed') ? 'healed' : stages[0]!;
  const current = stages.find((each) => each === stage) ?? usual;
  const hrefOf = (change: { stage?: string; lang?: string }) =>
    `${base}?${new URLSearchParams({ stage: current, lang: language, ...change })}`;
  const approval = open.answers.find(({ kind }) => kind === 'approved');
  const changes = approval ? undefined : open.answers.find(({ kind }) => kind === 'changes');
  return {
    language,
    texts,
    languages: Object.entries(LANGUAGES).map(([code, name]) => ({
      code,
      name,
      href: hrefOf({ lang: code }),
      current: code === language,
    })),
    studio: texts.from(content.studio),
    linkEnds: texts.linkEnds(localDay(language, share.expiresAt)),
    stages: stages.map((each) => ({
      text: texts.stages[each],
      href: hrefOf({ stage: each }),
      current: each === current,
    })),
    stageWords: texts.stageWords[current],
    comparisons: open.pictures
      .filter((kind) => isOfStage(kind, current))
      .map((kind) => ({
        id: kind,
        before: { src: `${base}/before.jpg`, text: texts.pictures.before },
        after: { src: `${base}/${kind}.jpg`, text: texts.pictures[kind] },
      })),
    // Before the pictures, not under them: what has to be done first.
    patchFirst: content.goal === 'scar' ? texts.patchFirst : null,
    goal: texts.goals[content.goal],
    light: texts.lights[content.light],
    widthPx: content.widthPx,
    heightPx: content.heightPx,
    message: content.message,
    plan: texts.plan(content.shadeName, content.sessions),
    ticks: APPROVAL_TICKS.map((tick) => ({
      value: tick,
      text: texts.ticks[tick],
      ticked: typed?.ticks.includes(tick) ?? false,
    })),
    name: typed?.name ?? '',
    note: typed?.note ?? '',
    problem: typed && typed.faults.length > 0 ? typed.faults : null,
    approved: approval ? texts.approved(approval.name, localTime(language, approval.answeredAt)) : null,
    changesSent: changes ? texts.changesSent(localTime(language, changes.answeredAt)) : null,
    changesNote: changes?.note ?? '',
    version: texts.version(versionOf(share)),
    pdfHref: `${base}/summary.pdf?${new URLSearchParams({ lang: language })}`,
    base,
    query: `?${new URLSearchParams({ stage: current, lang: language })}`,
  };
}

/** What an approval names: the first digits of the hash over words and pictures. */
export function versionOf({ contentSha256 }: { contentSha256: string }): string {
  return contentSha256.slice(0, 12);
}
