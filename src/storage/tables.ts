import type { ColumnType, Kysely } from 'kysely';

/**
 * The tables as both engines hold them. Ids are ULIDs, times ISO-8601 UTC with milliseconds (both sort as text), JSON is
 * text. Columns are camelCase here and snake_case in the database. Every owner column may be null, so that a later
 * migration can add another kind of owner (a studio) without rebuilding a table.
 */

/** Written once when the row is made; an UPDATE of it does not compile. */
type Fixed<T> = ColumnType<T, T, never>;

export interface BrowserSessionsTable {
  id: Fixed<string>;
  /** SHA-256 of the cookie's token, hexadecimal. The token itself is never stored. */
  tokenHash: Fixed<string>;
  createdAt: Fixed<string>;
  /** When it ends if nothing more is heard; moved forward by use. */
  idleExpiresAt: string;
  /** When it ends at the latest. */
  expiresAt: Fixed<string>;
}

export interface MatchesTable {
  id: Fixed<string>;
  browserSessionId: string | null;
  /** Made by the form that sent the photo: the second of two submits finds the first one's match. */
  idempotencyKey: Fixed<string | null>;
  status: string;
  alias: string | null;
  optionsJson: string;
  /** What was found in the photo before a result exists: quality checks, proposed regions. */
  proposalJson: string | null;
  resultJson: string | null;
  /** Error code of a refused photo. */
  refusalCode: string | null;
  /** Version of the calculation that made the result. */
  engine: string | null;
  inputSha256: Fixed<string>;
  chosenCatalogId: string | null;
  chosenCode: string | null;
  chosenReason: string | null;
  chosenAt: string | null;
  createdAt: Fixed<string>;
  updatedAt: string;
}

/** Which published catalog versions a result was made from. */
export interface MatchCatalogsTable {
  matchId: Fixed<string>;
  catalogId: Fixed<string>;
  version: Fixed<number>;
}

export interface PhotosTable {
  id: Fixed<string>;
  matchId: Fixed<string>;
  kind: Fixed<string>;
  storageKey: Fixed<string>;
  bytes: Fixed<number>;
  widthPx: Fixed<number>;
  heightPx: Fixed<number>;
  mime: Fixed<string>;
  createdAt: Fixed<string>;
}

/** Published versions never change: the database itself refuses UPDATE and DELETE. */
export interface CatalogVersionsTable {
  catalogId: Fixed<string>;
  version: Fixed<number>;
  catalogJson: Fixed<string>;
  /** SHA-256 of catalogJson, hexadecimal. */
  sha256: Fixed<string>;
  note: Fixed<string>;
  author: Fixed<string>;
  publishedAt: Fixed<string>;
}

export interface SettingsTable {
  browserSessionId: Fixed<string>;
  settingsJson: string;
  updatedAt: string;
}

export interface RateLimitsTable {
  /** SHA-256 of the limiter's name and the caller's address. */
  keyHash: Fixed<string>;
  hits: number;
  resetsAt: string;
}

export interface Tables {
  browserSessions: BrowserSessionsTable;
  matches: MatchesTable;
  matchCatalogs: MatchCatalogsTable;
  photos: PhotosTable;
  catalogVersions: CatalogVersionsTable;
  settings: SettingsTable;
  rateLimits: RateLimitsTable;
}

/** The open database, or a transaction in it: every repository function takes one of them. */
export type Database = Kysely<Tables>;
