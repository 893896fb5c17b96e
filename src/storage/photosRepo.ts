import * as z from 'zod';
import type { MatchOwner } from './matchRecord.ts';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

/**
 * `display`: re-encoded, upright, sRGB, without metadata, what pages show. `working`: what the next step still measures.
 */
export const PHOTO_KINDS = ['display', 'working'] as const;
export type PhotoKind = (typeof PHOTO_KINDS)[number];

const photoRowSchema = z.object({
  id: z.string(),
  matchId: z.string(),
  kind: z.enum(PHOTO_KINDS),
  storageKey: z.string(),
  bytes: z.number(),
  widthPx: z.number(),
  heightPx: z.number(),
  mime: z.string(),
  createdAt: z.string(),
});
/** Where one photo of a match lies in the photo store. `bytes` is its length. */
export type PhotoRecord = Readonly<z.infer<typeof photoRowSchema>>;

export type NewPhoto = Omit<PhotoRecord, 'id' | 'createdAt'>;

/**
 * Records a stored photo. A match has one photo of a kind: an earlier one is replaced.
 * @returns the record, and the storage key of the photo it replaced, to be deleted from the photo store afterwards
 */
export async function savePhoto(
  db: Database,
  photo: NewPhoto,
  now: Date,
): Promise<{ photo: PhotoRecord; replacedKey: string | null }> {
  return await db.transaction().execute(async (transaction) => {
    const replaced = await transaction
      .deleteFrom('photos')
      .where('matchId', '=', photo.matchId)
      .where('kind', '=', photo.kind)
      .returning('storageKey')
      .executeTakeFirst();
    const row = await transaction
      .insertInto('photos')
      .values({ ...photo, id: createUlid(now.getTime()), createdAt: now.toISOString() })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { photo: photoRowSchema.parse(row), replacedKey: replaced?.storageKey ?? null };
  });
}

/** The photo of the owner's match, or null when there is none or the match is somebody else's. */
export async function findPhoto(
  db: Database,
  owner: MatchOwner,
  matchId: string,
  kind: PhotoKind,
): Promise<PhotoRecord | null> {
  const row = await db
    .selectFrom('photos')
    .innerJoin('matches', 'matches.id', 'photos.matchId')
    .selectAll('photos')
    .where('photos.matchId', '=', matchId)
    .where('photos.kind', '=', kind)
    .where((where) => where.and(owner))
    .executeTakeFirst();
  return row === undefined ? null : photoRowSchema.parse(row);
}

/** Forgets one photo of a match. Returns the storage key to delete afterwards, or null when there was none. */
export async function deletePhoto(db: Database, matchId: string, kind: PhotoKind): Promise<string | null> {
  const row = await db
    .deleteFrom('photos')
    .where('matchId', '=', matchId)
    .where('kind', '=', kind)
    .returning('storageKey')
    .executeTakeFirst();
  return row?.storageKey ?? null;
}

/** Those of the given storage keys that belong to a record. */
export async function filterRecordedKeys(db: Database, storageKeys: readonly string[]): Promise<Set<string>> {
  if (storageKeys.length === 0) return new Set();
  const rows = await db
    .selectFrom('photos')
    .select('storageKey')
    .where('storageKey', 'in', storageKeys)
    .union(db.selectFrom('sharePictures').select('storageKey').where('storageKey', 'in', storageKeys))
    .union(db.selectFrom('catalogImports').select('storageKey').where('storageKey', 'in', storageKeys))
    .union(
      db
        .selectFrom('catalogImports')
        .select('nextKey as storageKey')
        .where('nextKey', 'in', storageKeys)
        .$castTo<{ storageKey: string }>(),
    )
    .execute();
  return new Set(rows.map((row) => row.storageKey));
}
