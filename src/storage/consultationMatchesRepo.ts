import { type MatchOwner, type MatchRecord, readMatchRow } from './matchRecord.ts';
import type { Database } from './tables.ts';

/** The matches filed in a consultation, newest first. The consultation must be known to be the asking studio's. */
export async function listMatchesOfConsultation(db: Database, consultationId: string): Promise<MatchRecord[]> {
  const rows = await db
    .selectFrom('matches')
    .selectAll()
    .where('consultationId', '=', consultationId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(readMatchRow);
}

/** As `listMatchesOfConsultation` without the photos of healed results: what the mix was and is taken from. */
export async function listPlanMatches(db: Database, consultationId: string): Promise<MatchRecord[]> {
  const rows = await db
    .selectFrom('matches')
    .selectAll()
    .where('consultationId', '=', consultationId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('followUps').select('followUps.id').whereRef('followUps.matchId', '=', 'matches.id'))),
    )
    .orderBy('id', 'desc')
    .execute();
  return rows.map(readMatchRow);
}

/**
 * Files a match in a studio's consultation: from then on it is the studio's and bears the client's alias.
 * @returns false when its owner has no such match or it is filed in a consultation already
 */
export async function fileMatchIn(
  db: Database,
  owner: MatchOwner,
  matchId: string,
  place: { organisationId: string; consultationId: string; alias: string },
  now: Date,
): Promise<boolean> {
  const { organisationId, consultationId, alias } = place;
  const { numUpdatedRows } = await db
    .updateTable('matches')
    .set({
      browserSessionId: null,
      organisationId,
      consultationId,
      alias,
      // The key belongs to the form of the owner before; the studio may have used the same.
      ...('organisationId' in owner ? {} : { idempotencyKey: null }),
      updatedAt: now.toISOString(),
    })
    .where('id', '=', matchId)
    .where('consultationId', 'is', null)
    .where((where) => where.and(owner))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Where a studio's match is filed; null when it is not. */
export async function consultationIdOf(db: Database, organisationId: string, matchId: string): Promise<string | null> {
  const row = await db
    .selectFrom('matches')
    .select('consultationId')
    .where('organisationId', '=', organisationId)
    .where('id', '=', matchId)
    .executeTakeFirst();
  return row?.consultationId ?? null;
}

/** A studio's matches that are filed nowhere, newest first. */
export async function listUnfiledMatches(db: Database, organisationId: string, limit: number): Promise<MatchRecord[]> {
  const rows = await db
    .selectFrom('matches')
    .selectAll()
    .where('organisationId', '=', organisationId)
    .where('consultationId', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(readMatchRow);
}

export interface ConsultationLot {
  readonly matchId: string;
  readonly code: string;
  readonly lot: string;
  readonly recordedByName: string;
  readonly recordedAt: string;
}

/** Lots recorded for the matches of a consultation. The consultation must be known to be the asking studio's. */
export async function listLotsOfConsultation(db: Database, consultationId: string): Promise<ConsultationLot[]> {
  return await db
    .selectFrom('lotUses')
    .innerJoin('matches', 'matches.id', 'lotUses.matchId')
    .select(['lotUses.matchId', 'lotUses.code', 'lotUses.lot', 'lotUses.recordedByName', 'lotUses.recordedAt'])
    .where('matches.consultationId', '=', consultationId)
    .orderBy('lotUses.recordedAt')
    .orderBy('lotUses.lot')
    .execute();
}
