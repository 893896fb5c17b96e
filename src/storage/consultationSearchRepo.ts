import { followTerm, wordOf } from './consultationEntries.ts';
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

/** So many consultations are looked into at most; where common words did not meet there, the next page goes on. */
const WALK = 2000;

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

/** The studio's consultations with their clients' aliases, newest first. */
function summaries(db: Database, organisationId: string) {
  return (
    db
      .selectFrom('consultations')
      .select(COLUMNS)
      // Looked up for those of one page only: a join could lead a database to read every client first.
      .select(({ selectFrom }) =>
        selectFrom('clients').select('alias').whereRef('clients.id', '=', 'consultations.clientId').as('alias'),
      )
      .where('consultations.organisationId', '=', organisationId)
      .orderBy('consultations.id', 'desc')
  );
}

interface Picked {
  /** One more than asked for where there is one. */
  readonly rows: Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>;
  /** Where to go on when looking ended before the end of the records. */
  readonly goesOn: string | null;
}

/** From the newest backwards: all of them, or common words together and then no farther than WALK. */
async function walk(db: Database, organisationId: string, query: ConsultationQuery): Promise<Picked> {
  const { terms, status, from, to, limit } = query;
  let all = db.selectFrom('consultations').select('id').where('organisationId', '=', organisationId);
  let found = summaries(db, organisationId);
  if (from !== undefined) {
    all = all.where('id', '>=', from);
    found = found.where('id', '>=', from);
  }
  if (to !== undefined) {
    all = all.where('id', '<', to);
    found = found.where('id', '<', to);
  }
  if (status !== null) found = found.where('status', '=', status);
  let goesOn: string | null = null;
  if (terms.length > 0) {
    const end = await all
      .orderBy('id', 'desc')
      .offset(WALK - 1)
      .limit(1)
      .executeTakeFirst();
    if (end !== undefined) {
      goesOn = end.id;
      found = found.where('id', '>=', end.id);
    }
    for (const term of terms) {
      found = found.where(({ eb, ref }) => eb(wordOf(db, term, ref('consultations.id')), 'is not', null));
    }
  }
  return { rows: await found.limit(limit + 1).execute(), goesOn };
}

/** Along the consultations of one term, newest first: those that have the other terms and the status too. */
async function follow(db: Database, organisationId: string, query: ConsultationQuery): Promise<Picked> {
  const { terms, status, limit } = query;
  // Where nothing else is asked every entry is an answer.
  const isAll = terms.length === 1 && status === null;
  const followed = await followTerm(db, organisationId, terms, query, isAll ? limit + 1 : WALK);
  if (followed === null) return walk(db, organisationId, query);
  let found = db.selectFrom(followed.entries.as('entries')).select('entries.id');
  for (const term of terms) {
    if (term === followed.term) continue;
    found = found.where(({ eb, ref }) => eb(wordOf(db, term, ref('entries.id')), 'is not', null));
  }
  if (status !== null) {
    found = found.where(({ eb, selectFrom }) =>
      eb(
        selectFrom('consultations').select('status').whereRef('consultations.id', '=', 'entries.id').limit(1),
        '=',
        status,
      ),
    );
  }
  const ids = await found
    .orderBy('entries.id', 'desc')
    .limit(limit + 1)
    .execute();
  const chosen = ids.map(({ id }) => id);
  const rows = chosen.length === 0 ? [] : await summaries(db, organisationId).where('id', 'in', chosen).execute();
  if (ids.length > limit || isAll) return { rows, goesOn: null };
  const { count, last } = await db
    .selectFrom(followed.entries.as('entries'))
    .select((select) => [select.fn.countAll<number>().as('count'), select.fn.min('entries.id').as('last')])
    .executeTakeFirstOrThrow();
  return { rows, goesOn: count < WALK ? null : last };
}

/**
 * The studio's consultations, newest first, by keyset pages. A search follows its rarest term through the index of words
 * and looks the others up there; terms that are all common and start many words are met while walking from the newest.
 */
export async function findConsultations(
  db: Database,
  organisationId: string,
  query: ConsultationQuery,
): Promise<ConsultationPage> {
  const pick = query.terms.length === 0 ? walk : follow;
  const { rows, goesOn } = await pick(db, organisationId, query);
  const shown = rows.slice(0, query.limit);
  return {
    consultations: shown.map((row) => ({ ...row, status: row.status as ConsultationStatus, alias: row.alias ?? '' })),
    next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : goesOn,
  };
}
