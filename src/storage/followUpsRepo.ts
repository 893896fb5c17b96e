import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

export interface NewFollowUp {
  readonly consultationId: string;
  readonly matchId: string;
  readonly technicianId: string;
  readonly catalogId: string;
  readonly code: string;
  readonly lot: string | null;
  readonly partsDiluent: number;
  readonly densityPerCm2: number;
  readonly diameterMm: number;
  readonly healedDays: number;
  readonly logStrength: number;
  readonly logStrengthSd: number;
  readonly deltaL: number;
  readonly deltaE00: number;
  readonly dotDeltaE00: number | null;
}

/** A healed result beside its prediction; without consultation and match once the person was erased. */
export interface FollowUpRecord extends Omit<NewFollowUp, 'consultationId' | 'matchId'> {
  readonly id: string;
  readonly consultationId: string | null;
  readonly matchId: string | null;
  readonly counts: boolean;
  readonly createdAt: string;
}

/** More healed results than these, the newest, say nothing new about a studio. */
const MOST = 500;

/** Records a healed result that is learned from. False when this match is one already; then nothing is stored. */
export async function createFollowUp(
  db: Database,
  organisationId: string,
  followUp: NewFollowUp,
  now: Date,
): Promise<boolean> {
  const inserted = await db
    .insertInto('followUps')
    .values({ ...followUp, organisationId, id: createUlid(now.getTime()), counts: 1, createdAt: now.toISOString() })
    .onConflict((conflict) => conflict.column('matchId').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** A studio's healed results, newest first; those of one consultation when it is given. */
export async function listFollowUps(
  db: Database,
  organisationId: string,
  consultationId?: string,
): Promise<FollowUpRecord[]> {
  let query = db.selectFrom('followUps').selectAll().where('organisationId', '=', organisationId);
  if (consultationId !== undefined) query = query.where('consultationId', '=', consultationId);
  const rows = await query.orderBy('id', 'desc').limit(MOST).execute();
  return rows.map(({ organisationId: _, counts, ...row }) => ({ ...row, counts: counts === 1 }));
}

/** Whether a healed result is learned from. False when the studio has none such. */
export async function setFollowUpCounts(
  db: Database,
  organisationId: string,
  id: string,
  counts: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('followUps')
    .set({ counts: counts ? 1 : 0 })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Forgets a healed result; its photo and match stay. False when the studio has none such. */
export async function deleteFollowUp(db: Database, organisationId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('followUps')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
