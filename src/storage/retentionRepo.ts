import { storageKeysOfMatches } from './storageKeysOfMatches.ts';
import type { Database } from './tables.ts';

/** So many at a time, to keep the write lock short. */
const PORTION = 100;

/**
 * Deletes a portion of the consultations nothing has changed in since a time, and clients that then have none.
 * @returns how many went (0 when none is left) and the storage keys of their pictures, to be deleted afterwards
 */
export async function deleteOldConsultations(
  db: Database,
  organisationId: string,
  before: Date,
): Promise<{ gone: number; keys: string[] }> {
  return await db.transaction().execute(async (transaction) => {
    const old = await transaction
      .selectFrom('consultations')
      .select(['id', 'clientId'])
      .where('organisationId', '=', organisationId)
      .where('updatedAt', '<', before.toISOString())
      .orderBy('updatedAt')
      .limit(PORTION)
      .execute();
    if (old.length === 0) return { gone: 0, keys: [] };
    const ids = old.map(({ id }) => id);
    const matches = transaction.selectFrom('matches').select('id').where('consultationId', 'in', ids);
    const keys = await storageKeysOfMatches(transaction, matches);
    await transaction.deleteFrom('consultations').where('id', 'in', ids).execute();
    const clients = [...new Set(old.map(({ clientId }) => clientId))];
    await transaction
      .deleteFrom('clients')
      .where('id', 'in', clients)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('consultations').select('id').whereRef('clientId', '=', 'clients.id'))),
      )
      .execute();
    return { gone: old.length, keys };
  });
}

/** Deletes a portion of the studio's matches that were never filed and have not changed since a time. */
export async function deleteOldUnfiled(
  db: Database,
  organisationId: string,
  before: Date,
): Promise<{ gone: number; keys: string[] }> {
  return await db.transaction().execute(async (transaction) => {
    const old = await transaction
      .selectFrom('matches')
      .select('id')
      .where('organisationId', '=', organisationId)
      .where('consultationId', 'is', null)
      .where('updatedAt', '<', before.toISOString())
      .limit(PORTION)
      .execute();
    if (old.length === 0) return { gone: 0, keys: [] };
    const ids = old.map(({ id }) => id);
    const keys = await storageKeysOfMatches(
      transaction,
      transaction.selectFrom('matches').select('id').where('id', 'in', ids),
    );
    await transaction.deleteFrom('matches').where('id', 'in', ids).execute();
    return { gone: old.length, keys };
  });
}

/**
 * Forgets a portion of the pictures of consultations nothing has changed in since a time: photos, previews and those in
 * links, which end with them. Results and notes stay.
 */
export async function forgetOldPictures(
  db: Database,
  organisationId: string,
  before: Date,
  now: Date,
): Promise<{ gone: number; keys: string[] }> {
  return await db.transaction().execute(async (transaction) => {
    const old = await transaction
      .selectFrom('matches')
      .innerJoin('consultations', 'consultations.id', 'matches.consultationId')
      .select('matches.id')
      .where('consultations.organisationId', '=', organisationId)
      .where('consultations.updatedAt', '<', before.toISOString())
      .where(({ or, exists, selectFrom }) =>
        or([
          exists(selectFrom('photos').select('photos.id').whereRef('photos.matchId', '=', 'matches.id')),
          exists(
            selectFrom('sharePictures')
              .innerJoin('shares', 'shares.id', 'sharePictures.shareId')
              .select('shares.id')
              .whereRef('shares.matchId', '=', 'matches.id'),
          ),
        ]),
      )
      .limit(PORTION)
      .execute();
    if (old.length === 0) return { gone: 0, keys: [] };
    const ids = old.map(({ id }) => id);
    const keys = await storageKeysOfMatches(
      transaction,
      transaction.selectFrom('matches').select('id').where('id', 'in', ids),
    );
    await transaction.deleteFrom('photos').where('matchId', 'in', ids).execute();
    const shares = transaction.selectFrom('shares').select('id').where('matchId', 'in', ids);
    await transaction.deleteFrom('sharePictures').where('shareId', 'in', shares).execute();
    await transaction
      .updateTable('shares')
      .set({ revokedAt: now.toISOString() })
      .where('matchId', 'in', ids)
      .where('revokedAt', 'is', null)
      .execute();
    await transaction
      .updateTable('consultations')
      .set({ thumbMatchId: null })
      .where('thumbMatchId', 'in', ids)
      .execute();
    return { gone: old.length, keys };
  });
}
