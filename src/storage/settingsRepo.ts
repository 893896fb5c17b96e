import { type JsonObject, jsonTextSchema, toJsonText } from './jsonText.ts';
import type { MatchOwner } from './matchRecord.ts';
import type { Database } from './tables.ts';

/** The owner's settings (cup, drop sizes, calibration …), or null when none were saved. A studio's are shared by its people. */
export async function findSettings(db: Database, owner: MatchOwner): Promise<JsonObject | null> {
  const row = await db
    .selectFrom('settings')
    .select('settingsJson')
    .where((where) => where.and(owner))
    .executeTakeFirst();
  return row === undefined ? null : jsonTextSchema.parse(row.settingsJson);
}

/** Stores the owner's settings in place of earlier ones. */
export async function saveSettings(db: Database, owner: MatchOwner, settings: object, now: Date): Promise<void> {
  const change = { settingsJson: toJsonText(settings), updatedAt: now.toISOString() };
  const ownerId = 'organisationId' in owner ? owner.organisationId : owner.browserSessionId;
  await db
    .insertInto('settings')
    .values({ ...owner, ...change, ownerId })
    .onConflict((conflict) => conflict.column('ownerId').doUpdateSet(change))
    .execute();
}
