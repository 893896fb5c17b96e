import type { Expression } from 'kysely';
import type { ConsultationStatus, ConsultationSummary } from './consultationRecord.ts';
import type { Database } from './tables.ts';

export interface ConsultationQuery {
  /** Every one of these must start a word of the consultation; one letter alone must be a whole word. */
  readonly terms: readonly string[];
  readonly status: ConsultationStatus | null;
  /** Ids from `from` up to but without `to`: ids begin with their time, so this is a stretch of days. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
}

export interface ConsultationPage {
  readonly consultations: ConsultationSummary[];
  /** Where the following page starts (its `to`), or null at the end. A page may be short before the end: see WALK. */
  readonly next: string | null;
}

/** Entries of a term in the index of words that are put in order of age; of commoner terms together none is. */
const RARE = 8000;
/** So many consultations are walked through at most; where common words did not meet there, the next page goes on. */
const WALK = 3000;

/** Words from `from` up to but without `to` start with the term. */
function rangeOf(term: string): { from: string; to: string } {
  return [...term].length === 1 ? { from: term, to: `${term} ` } : { from: term, to: `${term}\u{10ffff}` };
}

function wordsOf(db: Database, organisationId: string, term: string) {
  const { from, to } = rangeOf(term);
  return db
    .selectFrom('consultationWords')
    .where('organisationId', '=', organisationId)
    .where('word', '>=', from)
    .where('word', '<', to);
}

/**
 * One word of a consultation that starts with the term, or null. A scalar subquery: looked up for one consultation after
 * another, so that no planner reads every entry of the term.
 */
function wordOf(db: Database, term: string, consultationId: Expression<string>) {
  const { from, to } = rangeOf(term);
  return db
    .selectFrom('consultationWords')
    .select('word')
    .where('consultationId', '=', consultationId)
    .where('word', '>=', from)
    .where('word', '<', to)
    .limit(1);
}

const COLUMNS = [
  'consultations.id',
  'clientId',
  'status',
  'session',
  'goal',
  'shadeText',
  'thumbMatchId',
  'technicianName',
  'consultations.createdAt',
] as const;

/** Consultations of a stretch of time and a status, newest first. */
function stretch(db: Database, organisationId: string, { status, from, to }: ConsultationQuery) {
  let query = db.selectFrom('consultations').where('consultations.organisationId', '=', organisationId);
  if (status !== null) query = query.where('status', '=', status);
  if (from !== undefined) query = query.where('consultations.id', '>=', from);
  if (to !== undefined) query = query.where('consultations.id', '<', to);
  return query.orderBy('consultations.id', 'desc');
}

/** The term with the fewest entries, and whether they are few; counting stops where they are not. */
async function rarestOf(db: Database, organisationId: string, terms: readonly string[]) {
  let rarest = { term: terms[0]!, entries: Number.POSITIVE_INFINITY };
  for (const term of terms) {
    const some = wordsOf(db, organisationId, term)
      .select('word')
      .limit(RARE + 1);
    const { entries } = await db
      .selectFrom(some.as('some'))
      .select((select) => select.fn.countAll<number>().as('entries'))
      .executeTakeFirstOrThrow();
    if (entries < rarest.entries) rarest = { term, entries };
  }
  return { term: rarest.term, isRare: rarest.entries <= RARE };
}

/** The consultations of one term, newest first, that have the other terms and the status too. */
async function pickFromTerm(db: Database, organisationId: string, query: ConsultationQuery, driver: string) {
  const { terms, status, from, to, limit } = query;
  let entries = wordsOf(db, organisationId, driver).select('consultationId');
  if (from !== undefined) entries = entries.where('consultationId', '>=', from);
  if (to !== undefined) entries = entries.where('consultationId', '<', to);
  let found = db
    .selectFrom(entries.groupBy('consultationId').orderBy('consultationId', 'desc').as('entries'))
    .select('entries.consultationId as id');
  for (const term of terms) {
    if (term === driver) continue;
    found = found.where(({ eb, ref }) => eb(wordOf(db, term, ref('entries.consultationId')), 'is not', null));
  }
  if (status !== null) {
    found = found.where(({ eb, selectFrom }) =>
      eb(
        selectFrom('consultations')
          .select('status')
          .whereRef('consultations.id', '=', 'entries.consultationId')
          .limit(1),
        '=',
        status,
      ),
    );
  }
  const ids = await found
    .orderBy('entries.consultationId', 'desc')
    .limit(limit + 1)
    .execute();
  if (ids.length === 0) return [];
  const chosen = ids.map(({ id }) => id);
  return await db.selectFrom('consultations').select(COLUMNS).where('id', 'in', chosen).orderBy('id', 'desc').execute();
}
type Row = Awaited<ReturnType<typeof pickFromTerm>>[number];

/** Common words together: from the newest backwards, no farther than WALK. */
async function walk(db: Database, organisationId: string, query: ConsultationQuery) {
  const end = await stretch(db, organisationId, { ...query, status: null })
    .select('consultations.id')
    .offset(WALK - 1)
    .limit(1)
    .executeTakeFirst();
  let walked = stretch(db, organisationId, query).select(COLUMNS);
  if (end !== undefined) walked = walked.where('consultations.id', '>=', end.id);
  for (const term of query.terms) {
    walked = walked.where(({ eb, ref }) => eb(wordOf(db, term, ref('consultations.id')), 'is not', null));
  }
  const rows = await walked.limit(query.limit + 1).execute();
  return { rows, goesOn: end?.id ?? null };
}

async function pick(
  db: Database,
  organisationId: string,
  query: ConsultationQuery,
): Promise<{ rows: Row[]; goesOn: string | null }> {
  const { terms, limit, status } = query;
  if (terms.length === 0) {
    const rows = await stretch(db, organisationId, query)
      .select(COLUMNS)
      .limit(limit + 1)
      .execute();
    return { rows, goesOn: null };
  }
  const alone = terms.length === 1 && status === null;
  const { term, isRare } = alone ? { term: terms[0]!, isRare: true } : await rarestOf(db, organisationId, terms);
  if (!isRare) return walk(db, organisationId, query);
  return { rows: await pickFromTerm(db, organisationId, query, term), goesOn: null };
}

/**
 * The studio's consultations, newest first, by keyset pages. A search asks the index of words for the consultations of its
 * rarest term and looks the others up there; terms that are all common are met while walking from the newest.
 */
export async function findConsultations(
  db: Database,
  organisationId: string,
  query: ConsultationQuery,
): Promise<ConsultationPage> {
  const { rows, goesOn } = await pick(db, organisationId, query);
  const shown = rows.slice(0, query.limit);
  const aliases = await aliasesOf(db, shown);
  return {
    consultations: shown.map((row) => ({
      ...row,
      status: row.status as ConsultationStatus,
      alias: aliases.get(row.clientId) ?? '',
    })),
    next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : goesOn,
  };
}

/** Looked up for one page only: a join could lead a database to read every client first. */
async function aliasesOf(db: Database, rows: readonly Row[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const ids = [...new Set(rows.map((row) => row.clientId))];
  const clients = await db.selectFrom('clients').select(['id', 'alias']).where('id', 'in', ids).execute();
  return new Map(clients.map(({ id, alias }) => [id, alias]));
}
