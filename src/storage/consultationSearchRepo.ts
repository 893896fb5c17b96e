import type { ConsultationStatus, ConsultationSummary } from './consultationRecord.ts';
import type { Database } from './tables.ts';

export interface ConsultationQuery {
  /** Every one of these must start a word of the consultation; one letter alone must be a whole word. */
  readonly terms: readonly string[];
  readonly status: ConsultationStatus | null;
  readonly limit: number;
  /** `next` of the page before; left out for the first page. */
  readonly before?: string | undefined;
}

export interface ConsultationPage {
  readonly consultations: ConsultationSummary[];
  /** Where the following page starts, or null at the end. */
  readonly next: string | null;
}

/** A word in fewer consultations than this is read whole; a commoner one is met soon when walking from the newest. */
const RARE = 2000;
const PORTION = 250;
/** searchWords keeps no more words of one consultation, so a prefix meets one no oftener. */
const MOST_WORDS = 24;

/** Words from `from` up to but without `to` start with the term. */
function rangeOf(term: string): { from: string; to: string } {
  return [...term].length === 1 ? { from: term, to: `${term} ` } : { from: term, to: `${term}\u{10ffff}` };
}

function wordsOf(db: Database, organisationId: string, term: string) {
  const { from, to } = rangeOf(term);
  return db
    .selectFrom('consultationWords')
    .select('consultationId')
    .where('organisationId', '=', organisationId)
    .where('word', '>=', from)
    .where('word', '<', to);
}

function summaries(db: Database, { terms, status, before }: Omit<ConsultationQuery, 'limit'>, organisationId: string) {
  let query = db
    .selectFrom('consultations')
    .select(['consultations.id', 'clientId', 'status', 'session', 'goal', 'shadeText', 'thumbMatchId'])
    .select(['technicianName', 'consultations.createdAt'])
    .where('consultations.organisationId', '=', organisationId);
  if (status !== null) query = query.where('status', '=', status);
  if (before !== undefined) query = query.where('consultations.id', '<', before);
  for (const term of terms) {
    const { from, to } = rangeOf(term);
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('consultationWords')
          .select('word')
          .whereRef('consultationWords.consultationId', '=', 'consultations.id')
          .where('word', '>=', from)
          .where('word', '<', to),
      ),
    );
  }
  return query.orderBy('consultations.id', 'desc');
}

type Row = Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>[number];

/** Ids that a few words' entries name, newest first, each once. */
async function idsOfRareTerm(db: Database, organisationId: string, terms: readonly string[]): Promise<string[] | null> {
  let rarest: string[] | null = null;
  for (const term of terms) {
    const rows = await wordsOf(db, organisationId, term)
      .limit(RARE + 1)
      .execute();
    if (rows.length > RARE || (rarest !== null && rows.length >= rarest.length)) continue;
    rarest = rows.map((row) => row.consultationId);
    if (rarest.length === 0) return [];
  }
  return rarest && [...new Set(rarest)].sort().reverse();
}

async function pickFrom(
  db: Database,
  organisationId: string,
  query: ConsultationQuery,
  ids: readonly string[],
): Promise<Row[]> {
  const wanted = ids.filter((id) => query.before === undefined || id < query.before);
  const rows: Row[] = [];
  for (let at = 0; at < wanted.length && rows.length <= query.limit; at += PORTION) {
    const portion = wanted.slice(at, at + PORTION);
    rows.push(...(await summaries(db, query, organisationId).where('consultations.id', 'in', portion).execute()));
  }
  return rows;
}

/** One common word and nothing else: its entries newest first, which the index gives without looking at consultations. */
async function pickCommon(db: Database, organisationId: string, query: ConsultationQuery, term: string) {
  let words = wordsOf(db, organisationId, term).orderBy('consultationId', 'desc');
  if (query.before !== undefined) words = words.where('consultationId', '<', query.before);
  const rows = await words.limit((query.limit + 1) * MOST_WORDS).execute();
  const ids = [...new Set(rows.map((row) => row.consultationId))].slice(0, query.limit + 1);
  return pickFrom(db, organisationId, { ...query, terms: [] }, ids);
}

/**
 * The studio's consultations, newest first, by keyset pages. A search first asks the index of words how rare each term is:
 * a rare one names the few consultations to look at, common ones are met while walking from the newest.
 */
export async function findConsultations(
  db: Database,
  organisationId: string,
  query: ConsultationQuery,
): Promise<ConsultationPage> {
  const { terms, limit, status } = query;
  const rare = terms.length === 0 ? null : await idsOfRareTerm(db, organisationId, terms);
  const rows =
    rare !== null
      ? await pickFrom(db, organisationId, query, rare)
      : terms.length === 1 && status === null
        ? await pickCommon(db, organisationId, query, terms[0]!)
        : await summaries(db, query, organisationId)
            .limit(limit + 1)
            .execute();
  const shown = rows.slice(0, limit);
  const aliases = await aliasesOf(db, shown);
  return {
    consultations: shown.map((row) => ({
      ...row,
      status: row.status as ConsultationStatus,
      alias: aliases.get(row.clientId) ?? '',
    })),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Looked up for one page only: a join could lead a database to read every client first. */
async function aliasesOf(db: Database, rows: readonly Row[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const ids = [...new Set(rows.map((row) => row.clientId))];
  const clients = await db.selectFrom('clients').select(['id', 'alias']).where('id', 'in', ids).execute();
  return new Map(clients.map(({ id, alias }) => [id, alias]));
}
