import type { ColumnType } from 'kysely';

/** Written once when the row is made; an UPDATE of it does not compile. */
type Fixed<T> = ColumnType<T, T, never>;

export interface SharesTable {
  id: Fixed<string>;
  consultationId: Fixed<string>;
  matchId: Fixed<string>;
  /** SHA-256 of the link's token, hexadecimal. The token itself is never stored. */
  tokenHash: Fixed<string>;
  /** argon2id text; null where no PIN is asked. */
  pinHash: Fixed<string | null>;
  /** What the client reads, frozen when the link was made. */
  contentJson: Fixed<string>;
  /** SHA-256 over content and pictures: what an approval is for. */
  contentSha256: Fixed<string>;
  createdByName: Fixed<string>;
  createdAt: Fixed<string>;
  expiresAt: Fixed<string>;
  revokedAt: string | null;
  openedAt: string | null;
  openings: number;
}

export interface SharePicturesTable {
  shareId: Fixed<string>;
  kind: Fixed<string>;
  storageKey: Fixed<string>;
  bytes: Fixed<number>;
}

export interface ShareAnswersTable {
  id: Fixed<string>;
  shareId: Fixed<string>;
  kind: Fixed<string>;
  name: Fixed<string>;
  note: Fixed<string>;
  ticksJson: Fixed<string>;
  contentSha256: Fixed<string>;
  answeredAt: Fixed<string>;
}

export interface ShareTables {
  shares: SharesTable;
  sharePictures: SharePicturesTable;
  shareAnswers: ShareAnswersTable;
}
