import { sql } from 'kysely';
import type { Database } from './tables.ts';

/** Characters that mean something in a LIKE pattern. */
const escapePattern = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/**
 * In how many measured matches a shade is the chosen one or, without a choice, the first suggestion. A number only: whose
 * they are is not told.
 */
export async function countPlansWithShade(db: Database, catalogId: string, code: string): Promise<number> {
  const first = `%"recommendations":[{"code":${escapePattern(JSON.stringify(code))},%`;
  const { total } = await db
    .selectFrom('matches')
    .innerJoin('matchCatalogs', 'matchCatalogs.matchId', 'matches.id')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where('matchCatalogs.catalogId', '=', catalogId)
    .where('matches.status', '=', 'done')
    .where((where) =>
      where.or([
        where.and([where('chosenCatalogId', '=', catalogId), where('chosenCode', '=', code)]),
        where.and([
          where('chosenCode', 'is', null),
          sql<boolean>`${where.ref('resultJson')} like ${first} escape '\\'`,
        ]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return total;
}
