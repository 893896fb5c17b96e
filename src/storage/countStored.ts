import { storageKeysOfMatches } from './storageKeysOfMatches.ts';
import type { Database } from './tables.ts';

/** The studio's consultations, to be narrowed by the caller. */
export function consultationIds(db: Database, organisationId: string) {
  return db.selectFrom('consultations').select('consultations.id').where('organisationId', '=', organisationId);
}
type ConsultationIds = ReturnType<typeof consultationIds>;

/** How much hangs on some consultations. */
export interface StoredCounts {
  readonly consultations: number;
  readonly decisions: number;
  readonly matches: number;
  readonly pictures: number;
  readonly links: number;
}

/** Counts what goes with some consultations, for the page that asks before it goes. */
export async function countStored(db: Database, ids: ConsultationIds): Promise<StoredCounts> {
  const count = async (table: 'flagDecisions' | 'shares') => {
    const { total } = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('total'))
      .where('consultationId', 'in', ids)
      .executeTakeFirstOrThrow();
    return total;
  };
  const matches = db.selectFrom('matches').select('id').where('consultationId', 'in', ids);
  return {
    consultations: (await ids.execute()).length,
    decisions: await count('flagDecisions'),
    matches: (await matches.execute()).length,
    pictures: (await storageKeysOfMatches(db, matches)).length,
    links: await count('shares'),
  };
}
