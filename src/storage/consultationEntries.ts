import type { AliasableExpression, Expression, SelectQueryBuilder } from 'kysely';
import type { Database, Tables } from './tables.ts';

/** Ids from `from` up to but without `to`. */
export interface IdStretch {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A term's entries are put in order of age by sorting them up to so many; of more, each word's newest are taken. */
const RARE = 2000;
/** A common term that starts more different words than this is not followed through the index. */
const MOST_WORDS = 32;

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
export function wordOf(db: Database, term: string, consultationId: Expression<string>) {
  const { from, to } = rangeOf(term);
  return db
    .selectFrom('consultationWords')
    .select('word')
    .where('consultationId', '=', consultationId)
    .where('word', '>=', from)
    .where('word', '<', to)
    .limit(1);
}

/** How many entries a term has; counting stops above RARE. */
async function countEntries(db: Database, organisationId: string, term: string): Promise<number> {
  const some = wordsOf(db, organisationId, term)
    .select('word')
    .limit(RARE + 1);
  const { entries } = await db
    .selectFrom(some.as('some'))
    .select((select) => select.fn.countAll<number>().as('entries'))
    .executeTakeFirstOrThrow();
  return entries;
}

/** The different words a term starts, found by stepping through the index from one to the next; null when they are many. */
async function distinctWords(db: Database, organisationId: string, term: string): Promise<string[] | null> {
  const { to } = rangeOf(term);
  const rows = await db
    .withRecursive('steps(word)', (steps) =>
      steps
        .selectFrom(firstWord(wordsOf(db, organisationId, term)).as('first'))
        .select('first.word')
        .unionAll(
          steps
            .selectFrom('steps')
            .where('steps.word', 'is not', null)
            .select(({ ref }) => {
              const later = db
                .selectFrom('consultationWords')
                .where('organisationId', '=', organisationId)
                .where('word', '>', ref('steps.word') as Expression<string>)
                .where('word', '<', to);
              return firstWord(later).as('word');
            }),
        ),
    )
    .selectFrom('steps')
    .select('word')
    .limit(MOST_WORDS + 2)
    .execute();
  const words = rows.flatMap(({ word }) => word ?? []);
  return words.length > MOST_WORDS ? null : words;
}

/** Null where there is none. */
function firstWord(words: SelectQueryBuilder<Tables, 'consultationWords', object>) {
  return words.select((select) => select.fn.min<string | null>('word').as('word'));
}

/** Each consultation once, newest first. */
function newest(db: Database, entries: AliasableExpression<{ id: string }>, most: number) {
  return db.selectFrom(entries.as('some')).select('some.id').groupBy('some.id').orderBy('some.id', 'desc').limit(most);
}

function within(
  words: SelectQueryBuilder<Tables, 'consultationWords', object>,
  { from, to }: IdStretch,
): SelectQueryBuilder<Tables, 'consultationWords', { id: string }> {
  let entries = words.select('consultationId as id');
  if (from !== undefined) entries = entries.where('consultationId', '>=', from);
  if (to !== undefined) entries = entries.where('consultationId', '<', to);
  return entries;
}

/**
 * The consultations of the term that is followed best, the one with the fewest entries, newest first and `most` of them.
 * Null when every term is common and starts many different words.
 */
export async function followTerm(
  db: Database,
  organisationId: string,
  terms: readonly string[],
  stretch: IdStretch,
  most: number,
) {
  const counts = await Promise.all(terms.map((term) => countEntries(db, organisationId, term)));
  const fewest = Math.min(...counts);
  if (fewest <= RARE) {
    const term = terms[counts.indexOf(fewest)]!;
    return { term, entries: newest(db, within(wordsOf(db, organisationId, term), stretch), most) };
  }
  for (const term of terms) {
    const words = await distinctWords(db, organisationId, term);
    if (words === null) continue;
    const newestOfEach = words.map((word) => {
      const entries = db
        .selectFrom('consultationWords')
        .where('organisationId', '=', organisationId)
        .where('word', '=', word);
      const some = within(entries, stretch).orderBy('consultationId', 'desc').limit(most);
      // In a query of its own, because SQLite takes no LIMIT in a part of a UNION.
      return db.selectFrom(some.as('ofWord')).select('ofWord.id');
    });
    const all = newestOfEach.reduce((one, other) => one.unionAll(other));
    return { term, entries: newest(db, all, most) };
  }
  return null;
}
