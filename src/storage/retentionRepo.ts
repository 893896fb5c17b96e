import { storageKeysOfMatches } from './storageKeysOfMatches.ts';
import type { Database } from './tables.ts';

/** So many at a time, to keep the write lock short. */
const PORTION = 100;

/** How many went (0 when none is left) and the storage keys of their pictures, to be deleted afterwards. */
interface Portion {
  readonly gone: number;
  readonly keys: string[];
}

/**
 * Takes a portion and ends it, in one transaction.
 * @param column which column of `matches` the picked ids stand in: the keys of those matches' pictures are returned
 */
async function endPortion(
  db: Database,
  column: 'id' | 'consultationId',
  pick: (transaction: Database) => Promise<readonly { readonly id: string }[]>,
  end: (transaction: Database, ids: readonly string[]) => Promise<unknown>,
): Promise<Portion> {
  return await db.transaction().execute(async (transaction) => {
    const ids = (await pick(transaction)).map(({ id }) => id);
    if (ids.length === 0) return { gone: 0, keys: [] };
    const matches = transaction.selectFrom('matches').select('id').where(column, 'in', ids);
    const keys = await storageKeysOfMatches(transaction, matches);
    await end(transaction, ids);
    return { gone: ids.length, keys };
  });
}

/** Deletes a portion of the consultations nothing has changed in since a time, and clients that then have none. */
export function deleteOldConsultations(db: Database, organisationId: string, before: Date): Promise<Portion> {
  return endPortion(
    db,
    'consultationId',
    (transaction) =>
      transaction
        .selectFrom('consultations')
        .select('id')
        .where('organisationId', '=', organisationId)
        .where('updatedAt', '<', before.toISOString())
        .orderBy('updatedAt')
        .limit(PORTION)
        .execute(),
    async (transaction, ids) => {
      const gone = await transaction.deleteFrom('consultations').where('id', 'in', ids).returning('clientId').execute();
      const clients = [...new Set(gone.map(({ clientId }) => clientId))];
      if (clients.length === 0) return;
      await transaction
        .deleteFrom('clients')
        .where('id', 'in', clients)
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('consultations').select('id').whereRef('clientId', '=', 'clients.id'))),
        )
        .execute();
    },
  );
}

/** Deletes a portion of the studio's matches that were never filed and have not changed since a time. */
export function deleteOldUnfiled(db: Database, organisationId: string, before: Date): Promise<Portion> {
  return endPortion(
    db,
    'id',
    (transaction) =>
      transaction
        .selectFrom('matches')
        .select('id')
        .where('organisationId', '=', organisationId)
        .where('consultationId', 'is', null)
        .where('updatedAt', '<', before.toISOString())
        .limit(PORTION)
        .execute(),
    (transaction, ids) => transaction.deleteFrom('matches').where('id', 'in', ids).execute(),
  );
}

/**
 * Forgets a portion of the pictures of consultations nothing has changed in since a time: photos, previews and those in
 * links, which end with them. Results and notes stay.
 */
export function forgetOldPictures(db: Database, organisationId: string, before: Date, now: Date): Promise<Portion> {
  return endPortion(
    db,
    'id',
    (transaction) =>
      transaction
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
        .execute(),
    async (transaction, ids) => {
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
    },
  );
}
