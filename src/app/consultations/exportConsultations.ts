import { textToCell } from '../../catalog/formats/csvCells.ts';
import { consultationsTexts } from '../../language/texts/consultations.ts';
import { listMatchesOfConsultation } from '../../storage/consultationMatchesRepo.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { listWholeConsultations } from '../../storage/consultationsRepo.ts';
import { listFlagDecisions } from '../../storage/flagDecisionsRepo.ts';
import type { Authorized } from '../access.ts';
import { resultOf } from '../changeMatch.ts';
import type { Services } from '../services.ts';
import { recipeOf, recipeSchema } from './recipe.ts';

const PORTION = 200;

/** A consultation as exports write it: everything that was written down, the shades suggested and chosen, no photos. */
export async function consultationData(services: Services, consultation: ConsultationRecord) {
  const { thumbMatchId, technicianId, clientId, recipe, ...own } = consultation;
  const decisions = await listFlagDecisions(services.db, consultation.id);
  const matches = await listMatchesOfConsultation(services.db, consultation.id);
  const carried = recipe === null ? null : recipeSchema.parse(recipe);
  const newest = matches.map((match) => recipeOf(match, consultation.session)).find((found) => found !== null);
  return {
    ...own,
    clientId,
    recipe: newest ?? carried,
    flags: decisions.map(({ flagText, level, decision, note, decidedByName, decidedAt }) => ({
      flag: flagText,
      level,
      decision,
      note,
      decidedByName,
      decidedAt,
    })),
    matches: matches.map((match) => {
      const suggested = resultOf(match)?.recommendations[0] ?? null;
      return {
        id: match.id,
        measuredAt: match.createdAt,
        suggested: suggested && { catalog: suggested.catalog, code: suggested.code },
        chosen: match.chosen,
      };
    }),
  };
}
export type ConsultationData = Awaited<ReturnType<typeof consultationData>>;

async function* allOf(services: Services, organisationId: string): AsyncGenerator<ConsultationData> {
  let after = '';
  for (;;) {
    const portion = await listWholeConsultations(services.db, organisationId, { limit: PORTION, after });
    for (const consultation of portion) yield await consultationData(services, consultation);
    if (portion.length < PORTION) return;
    after = portion.at(-1)!.id;
  }
}

/** Every consultation of the studio as the text of one JSON array, in pieces. */
export async function* exportJson(services: Services, actor: Authorized<'consultation:read'>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const data of allOf(services, actor.organisationId)) {
    yield before + JSON.stringify(data);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const COLUMNS: readonly [name: string, read: (data: ConsultationData) => string | number | null][] = [
  [consultationsTexts.columns.id, ({ id }) => id],
  [consultationsTexts.columns.client, ({ alias }) => alias],
  [consultationsTexts.columns.created, ({ createdAt }) => createdAt],
  [consultationsTexts.columns.status, ({ status }) => status],
  [consultationsTexts.columns.changesAsked, ({ changesNote }) => changesNote],
  [consultationsTexts.columns.session, ({ session }) => session],
  [consultationsTexts.columns.sessionDay, ({ treatedOn }) => treatedOn],
  [consultationsTexts.columns.technician, ({ technicianName }) => technicianName],
  [consultationsTexts.columns.goal, ({ goal }) => goal],
  [consultationsTexts.columns.pattern, ({ pattern }) => pattern],
  [consultationsTexts.columns.fitzpatrick, ({ fitzpatrick }) => fitzpatrick],
  [consultationsTexts.columns.catalog, ({ recipe }) => recipe?.catalogId ?? null],
  [consultationsTexts.columns.catalogVersion, ({ recipe }) => recipe?.version ?? null],
  [consultationsTexts.columns.shade, ({ recipe }) => recipe?.code ?? null],
  [consultationsTexts.columns.partsDiluent, ({ recipe }) => recipe?.partsDiluent ?? null],
  [consultationsTexts.columns.pigmentDrops, ({ recipe }) => recipe?.pigmentDrops ?? null],
  [consultationsTexts.columns.diluentDrops, ({ recipe }) => recipe?.diluentDrops ?? null],
  [consultationsTexts.columns.suggested, ({ matches }) => matches[0]?.suggested?.code ?? null],
  [consultationsTexts.columns.reason, ({ matches }) => matches[0]?.chosen?.reason ?? null],
  [consultationsTexts.columns.skinNotes, ({ skinNotes }) => skinNotes],
  [consultationsTexts.columns.scarNotes, ({ scarNotes }) => scarNotes],
  [consultationsTexts.columns.expectations, ({ expectations }) => expectations],
  [consultationsTexts.columns.sessionNotes, ({ sessionNotes }) => sessionNotes],
  [
    consultationsTexts.columns.flags,
    ({ flags }) =>
      flags.map(({ flag, decision, note }) => `${flag}: ${decision}${note ? ` (${note})` : ''}`).join('; '),
  ],
];

/** One cell: text cannot start a formula, quotes are doubled. */
function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = textToCell(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Every consultation of the studio as CSV with a header row, in pieces. Spreadsheets run no cell of it as a formula. */
export async function* exportCsv(services: Services, actor: Authorized<'consultation:read'>): AsyncGenerator<string> {
  // The mark tells spreadsheets that this is UTF-8.
  yield `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  for await (const data of allOf(services, actor.organisationId)) {
    yield `${COLUMNS.map(([, read]) => cell(read(data))).join(',')}\r\n`;
  }
}
