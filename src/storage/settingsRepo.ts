import { type JsonObject, jsonTextSchema, toJsonText } from './jsonText.ts';
import type { MatchOwner } from './matchRecord.ts';
import type { Database } from './tables.ts';

/** The owner's settings (cup, drop sizes, theme …), or null when none were saved. */
export async function findSettings(db: Database, owner: MatchOwner): Promise<JsonObject | null> {
  const row = await db
    .selectFrom('settings')
    .select('settingsJson')
    .where('browserSessionId', '=', owner.browserSessionId)
    .executeTakeFirst();
  return row === undefined ? null : jsonTextSchema.parse(row.settingsJson);
}

/** Stores the owner's settings in place of earlier ones. */
export async function saveSettings(db: Database, owner: MatchOwner, settings: object, now: Date): Promise<void> {
  const change = { settingsJson: toJsonText(settings), updatedAt: now.toISOString() };
  await db
    .insertInto('settings')
    .values({ browserSessionId: owner.browserSessionId, ...change })
    .onConflict((conflict) => conflict.column('browserSessionId').doUpdateSet(change))
    .execute();
}
