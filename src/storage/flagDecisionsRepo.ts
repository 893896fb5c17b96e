import { lockConsultation } from './lockConsultation.ts';
import type { Database } from './tables.ts';

/** What was decided about one contraindication; the flag's words are those the person saw. */
export interface FlagDecision {
  readonly flagId: string;
  readonly flagText: string;
  readonly level: string;
  readonly decision: string;
  readonly note: string;
  readonly decidedByName: string;
  readonly decidedAt: string;
}

/** Decisions under which a consultation rests: to wait, and not to treat. */
export const HOLDING_DECISIONS = ['wait', 'stop'] as const;

/** Whether a consultation rests because of what was decided about a flag. */
export async function isHeldBack(db: Database, consultationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('flagDecisions')
    .select('flagId')
    .where('consultationId', '=', consultationId)
    .where('decision', 'in', HOLDING_DECISIONS)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Decisions of a consultation by flag. The consultation must be known to be the asking studio's. */
export async function listFlagDecisions(db: Database, consultationId: string): Promise<FlagDecision[]> {
  return await db
    .selectFrom('flagDecisions')
    .select(['flagId', 'flagText', 'level', 'decision', 'note', 'decidedByName', 'decidedAt'])
    .where('consultationId', '=', consultationId)
    .orderBy('flagId')
    .execute();
}

/** Stores decisions in place of earlier ones about the same flags. False when the consultation was erased meanwhile. */
export async function saveFlagDecisions(
  db: Database,
  consultationId: string,
  decisions: readonly FlagDecision[],
): Promise<boolean> {
  return await db.transaction().execute(async (transaction) => {
    if (!(await lockConsultation(transaction, consultationId))) return false;
    for (const { flagId, ...decided } of decisions) {
      await transaction
        .insertInto('flagDecisions')
        .values({ consultationId, flagId, ...decided })
        .onConflict((conflict) => conflict.columns(['consultationId', 'flagId']).doUpdateSet(decided))
        .execute();
    }
    return true;
  });
}
