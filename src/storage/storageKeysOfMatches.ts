import type { SelectQueryBuilder } from 'kysely';
import type { Database, Tables } from './tables.ts';

type MatchIds =
  | SelectQueryBuilder<Tables, 'matches' | 'consultations', { id: string }>
  | SelectQueryBuilder<Tables, 'matches', { id: string }>;

/** Keys of everything stored for these matches, photos and pictures in links, for whoever is about to delete them. */
export async function storageKeysOfMatches(db: Database, matches: MatchIds): Promise<string[]> {
  const rows = await db
    .selectFrom('photos')
    .select('storageKey')
    .where('matchId', 'in', matches)
    .unionAll(
      db
        .selectFrom('sharePictures')
        .innerJoin('shares', 'shares.id', 'sharePictures.shareId')
        .select('sharePictures.storageKey')
        .where('shares.matchId', 'in', matches),
    )
    .execute();
  return rows.map((row) => row.storageKey);
}
