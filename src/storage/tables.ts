import type { ColumnType, Kysely } from 'kysely';
import type { ConsultationTables } from './consultationTables.ts';
import type { ShareTables } from './shareTables.ts';

/**
 * The tables as both engines hold them. Ids are ULIDs, times ISO-8601 UTC with milliseconds (both sort as text), JSON is
 * text. Columns are camelCase here and snake_case in the database. What a visitor or an organisation owns has a column for
 * each; exactly one of them is set.
 */

/** Written once when the row is made; an UPDATE of it does not compile. */
type Fixed<T> = ColumnType<T, T, never>;

export interface OrganisationsTable {
  id: Fixed<string>;
  name: string;
  kind: Fixed<string>;
  createdAt: Fixed<string>;
}

export interface PeopleTable {
  id: Fixed<string>;
  organisationId: Fixed<string>;
  /** An e-mail address or a user name, as typed. */
  signInName: string;
  /** The sign-in name in the form names are compared in. */
  signInKey: string;
  displayName: string;
  role: string;
  /** argon2id, in its own text form with salt and costs. */
  passwordHash: string;
  disabledAt: string | null;
  createdAt: Fixed<string>;
  updatedAt: string;
}

export interface BrowserSessionsTable {
  id: Fixed<string>;
  /** SHA-256 of the cookie's token, hexadecimal. The token itself is never stored. A new one at sign-in and sign-out. */
  tokenHash: string;
  createdAt: Fixed<string>;
  /** When it ends if nothing more is heard; moved forward by use. */
  idleExpiresAt: string;
  /** When it ends at the latest. */
  expiresAt: string;
  /** Who is signed in here, until signInExpiresAt. */
  personId: string | null;
  signedInAt: string | null;
  signInExpiresAt: string | null;
}

/** One-time links: `setup` makes the first owner, `invitation` a person of an organisation, `reset` a new password. */
export interface AccountLinksTable {
  id: Fixed<string>;
  /** SHA-256 of the link's token, hexadecimal. */
  tokenHash: Fixed<string>;
  purpose: Fixed<string>;
  organisationId: Fixed<string | null>;
  /** Whose password a `reset` link sets. */
  personId: Fixed<string | null>;
  role: Fixed<string | null>;
  /** For whom the link was made, in the maker's words. */
  invitee: Fixed<string | null>;
  createdAt: Fixed<string>;
  expiresAt: Fixed<string>;
}

export interface ApiTokensTable {
  id: Fixed<string>;
  personId: Fixed<string>;
  name: Fixed<string>;
  tokenHash: Fixed<string>;
  /** Scopes with a space between them. */
  scopes: Fixed<string>;
  createdAt: Fixed<string>;
  expiresAt: Fixed<string>;
  /** Day of the latest use, YYYY-MM-DD. */
  lastUsedOn: string | null;
}

/** Who did what to which record, without personal data: ids only. Rows never change. */
export interface AuditEventsTable {
  id: Fixed<string>;
  at: Fixed<string>;
  organisationId: Fixed<string | null>;
  personId: Fixed<string | null>;
  /** What was done, as `person.disable`. */
  action: Fixed<string>;
  subjectId: Fixed<string | null>;
}

export interface MatchesTable {
  id: Fixed<string>;
  browserSessionId: string | null;
  organisationId: string | null;
  /** Made by the form that sent the photo: the second of two submits finds the first one's match. */
  idempotencyKey: string | null;
  /** The consultation it was filed in; only a studio's match has one. */
  consultationId: string | null;
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
  /** Until when one of the servers is measuring it; null when none is. */
  measuringUntil: string | null;
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
  /** Id of the browser session or organisation, whichever it is. */
  ownerId: Fixed<string>;
  browserSessionId: Fixed<string | null>;
  organisationId: Fixed<string | null>;
  settingsJson: string;
  updatedAt: string;
}

export interface RateLimitsTable {
  /** SHA-256 of the limiter's name and the caller's address. */
  keyHash: Fixed<string>;
  hits: number;
  resetsAt: string;
}

/** A catalog that belongs to an organisation; the bundled ones have no row here. */
export interface CatalogsTable {
  id: Fixed<string>;
  organisationId: Fixed<string>;
  /** Everything of a version but its number and shades. */
  headerJson: string;
  createdByName: Fixed<string>;
  createdAt: Fixed<string>;
}

/** Edited, unpublished shades and diluents, one row each. */
export interface CatalogDraftsTable {
  catalogId: Fixed<string>;
  kind: Fixed<string>;
  codeKey: Fixed<string>;
  itemJson: string;
  baseVersion: number;
  revision: number;
  updatedByName: string;
  updatedAt: string;
}

export interface CatalogImportsTable {
  id: Fixed<string>;
  catalogId: Fixed<string>;
  fileName: Fixed<string>;
  storageKey: Fixed<string>;
  bytes: Fixed<number>;
  answersJson: string;
  state: string;
  progressPercent: number;
  checkJson: string | null;
  nextKey: string | null;
  nextSha256: string | null;
  createdByName: Fixed<string>;
  createdAt: Fixed<string>;
  updatedAt: string;
  expiresAt: Fixed<string>;
}

export interface StockLotsTable {
  id: Fixed<string>;
  organisationId: Fixed<string>;
  catalogId: Fixed<string>;
  kind: Fixed<string>;
  code: Fixed<string>;
  lot: Fixed<string>;
  batchReference: string | null;
  expires: string;
  opened: string | null;
  quantityMl: number | null;
  revision: number;
  updatedByName: string;
  updatedAt: string;
}

/** Which lots went into the mix of a match. */
export interface LotUsesTable {
  matchId: Fixed<string>;
  catalogId: Fixed<string>;
  kind: Fixed<string>;
  code: Fixed<string>;
  lot: Fixed<string>;
  organisationId: Fixed<string>;
  recordedByName: Fixed<string>;
  recordedAt: Fixed<string>;
}

export interface Tables extends ConsultationTables, ShareTables {
  organisations: OrganisationsTable;
  people: PeopleTable;
  browserSessions: BrowserSessionsTable;
  accountLinks: AccountLinksTable;
  apiTokens: ApiTokensTable;
  auditEvents: AuditEventsTable;
  matches: MatchesTable;
  matchCatalogs: MatchCatalogsTable;
  photos: PhotosTable;
  catalogVersions: CatalogVersionsTable;
  settings: SettingsTable;
  rateLimits: RateLimitsTable;
  catalogs: CatalogsTable;
  catalogDrafts: CatalogDraftsTable;
  catalogImports: CatalogImportsTable;
  stockLots: StockLotsTable;
  lotUses: LotUsesTable;
}

/** The open database, or a transaction in it: every repository function takes one of them. */
export type Database = Kysely<Tables>;
