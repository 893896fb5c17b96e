import * as z from 'zod';
import { jsonTextSchema, toJsonText } from './jsonText.ts';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

/** In the order of a client's page: the photo, then the stages. */
export const SHARE_PICTURES = [
  'before',
  'fresh',
  'healed',
  'healedLightest',
  'healedDarkest',
  'agedLightest',
  'agedDarkest',
] as const;
export type SharePictureKind = (typeof SHARE_PICTURES)[number];

const ANSWER_KINDS = ['approved', 'changes'] as const;

export interface NewShare {
  readonly consultationId: string;
  readonly matchId: string;
  readonly tokenHash: string;
  readonly pinHash: string | null;
  readonly content: object;
  readonly contentSha256: string;
  readonly createdByName: string;
  readonly expiresAt: string;
  readonly pictures: readonly {
    readonly kind: SharePictureKind;
    readonly storageKey: string;
    readonly bytes: number;
  }[];
}

const shareRowSchema = z
  .object({
    id: z.string(),
    consultationId: z.string(),
    matchId: z.string(),
    tokenHash: z.string(),
    pinHash: z.string().nullable(),
    contentJson: jsonTextSchema,
    contentSha256: z.string(),
    createdByName: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    revokedAt: z.string().nullable(),
    openedAt: z.string().nullable(),
    openings: z.number(),
  })
  .transform(({ contentJson, ...rest }) => ({ ...rest, content: contentJson }));
export type ShareRecord = Readonly<z.infer<typeof shareRowSchema>>;

const answerRowSchema = z.object({
  id: z.string(),
  shareId: z.string(),
  kind: z.enum(ANSWER_KINDS),
  name: z.string(),
  note: z.string(),
  contentSha256: z.string(),
  answeredAt: z.string(),
});
export type ShareAnswer = Readonly<z.infer<typeof answerRowSchema>>;

/** Stores a link with its pictures in one transaction. Consultation and match must be known to belong together. */
export async function createShareRow(db: Database, share: NewShare, now: Date): Promise<string> {
  const { content, pictures, ...row } = share;
  const id = createUlid(now.getTime());
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('shares')
      .values({
        ...row,
        id,
        contentJson: toJsonText(content),
        createdAt: now.toISOString(),
        revokedAt: null,
        openedAt: null,
        openings: 0,
      })
      .execute();
    await transaction
      .insertInto('sharePictures')
      .values(pictures.map((picture) => ({ ...picture, shareId: id })))
      .execute();
  });
  return id;
}

/** The share of a link's token, also when it is over; null for a token that never was. */
export async function findShareByToken(db: Database, tokenHash: string): Promise<ShareRecord | null> {
  const row = await db.selectFrom('shares').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
  return row === undefined ? null : shareRowSchema.parse(row);
}

/** Every link of a consultation, newest first. */
export async function listShares(db: Database, consultationId: string): Promise<ShareRecord[]> {
  const rows = await db
    .selectFrom('shares')
    .selectAll()
    .where('consultationId', '=', consultationId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => shareRowSchema.parse(row));
}

/** Ends a link; one that is over stays as it is. False when the consultation has none such. */
export async function revokeShareRow(db: Database, consultationId: string, id: string, now: Date): Promise<boolean> {
  const time = now.toISOString();
  const { numUpdatedRows } = await db
    .updateTable('shares')
    .set((set) => ({ revokedAt: set.fn.coalesce('revokedAt', set.val(time)) }))
    .where('consultationId', '=', consultationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function countOpening(db: Database, id: string, now: Date): Promise<void> {
  await db
    .updateTable('shares')
    .set((set) => ({ openedAt: now.toISOString(), openings: set('openings', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function findSharePicture(db: Database, shareId: string, kind: SharePictureKind): Promise<string | null> {
  const row = await db
    .selectFrom('sharePictures')
    .select('storageKey')
    .where('shareId', '=', shareId)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row?.storageKey ?? null;
}

export async function listSharePictures(db: Database, shareId: string): Promise<SharePictureKind[]> {
  const rows = await db.selectFrom('sharePictures').select('kind').where('shareId', '=', shareId).execute();
  return SHARE_PICTURES.filter((kind) => rows.some((row) => row.kind === kind));
}

export async function addShareAnswer(
  db: Database,
  answer: Omit<ShareAnswer, 'id' | 'answeredAt'> & { readonly ticks: readonly string[] },
  now: Date,
): Promise<void> {
  const { ticks, ...row } = answer;
  await db
    .insertInto('shareAnswers')
    .values({
      ...row,
      id: createUlid(now.getTime()),
      ticksJson: JSON.stringify(ticks),
      answeredAt: now.toISOString(),
    })
    .execute();
}

/** What was answered through these links, newest first. */
export async function listShareAnswers(db: Database, shareIds: readonly string[]): Promise<ShareAnswer[]> {
  if (shareIds.length === 0) return [];
  const rows = await db
    .selectFrom('shareAnswers')
    .select(['id', 'shareId', 'kind', 'name', 'note', 'contentSha256', 'answeredAt'])
    .where('shareId', 'in', shareIds)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => answerRowSchema.parse(row));
}
