import { type JsonObject, jsonTextSchema, toJsonText } from './jsonText.ts';
import type { Database } from './tables.ts';

/** What a studio decided for itself (flags, retention, learning), or null while everything stands as it came. */
export async function findStudioPolicy(db: Database, organisationId: string): Promise<JsonObject | null> {
  const row = await db
    .selectFrom('studioPolicies')
    .select('policyJson')
    .where('organisationId', '=', organisationId)
    .executeTakeFirst();
  return row === undefined ? null : jsonTextSchema.parse(row.policyJson);
}

export async function saveStudioPolicy(db: Database, organisationId: string, policy: object, now: Date): Promise<void> {
  const change = { policyJson: toJsonText(policy), updatedAt: now.toISOString() };
  await db
    .insertInto('studioPolicies')
    .values({ organisationId, ...change })
    .onConflict((conflict) => conflict.column('organisationId').doUpdateSet(change))
    .execute();
}

/** Every studio's policy that was ever saved, for the hourly sweep. */
export async function listStudioPolicies(db: Database): Promise<{ organisationId: string; policy: JsonObject }[]> {
  const rows = await db
    .selectFrom('studioPolicies')
    .select(['organisationId', 'policyJson'])
    .orderBy('organisationId')
    .execute();
  return rows.map(({ organisationId, policyJson }) => ({ organisationId, policy: jsonTextSchema.parse(policyJson) }));
}
