import type { Tables } from '../tables.ts';

/**
 * Every table with the columns of its primary key, each after the tables its rows refer to, so that a restore can insert
 * in this order. A table that is missing here does not compile; one in a wrong place fails the test of a whole restore.
 * Rate limits are left out: they are over before a backup is restored.
 */
const TABLE_KEYS: { readonly [T in Exclude<keyof Tables, 'rateLimits'>]: readonly (keyof Tables[T] & string)[] } = {
  organisations: ['id'],
  people: ['id'],
  browserSessions: ['id'],
  accountLinks: ['id'],
  apiTokens: ['id'],
  auditEvents: ['id'],
  settings: ['ownerId'],
  catalogs: ['id'],
  catalogVersions: ['catalogId', 'version'],
  catalogDrafts: ['catalogId', 'kind', 'codeKey'],
  catalogImports: ['id'],
  stockLots: ['id'],
  studioPolicies: ['organisationId'],
  clients: ['id'],
  consultations: ['id'],
  consultationWords: ['organisationId', 'word', 'consultationId'],
  flagDecisions: ['consultationId', 'flagId'],
  matches: ['id'],
  matchCatalogs: ['matchId', 'catalogId'],
  photos: ['id'],
  shares: ['id'],
  sharePictures: ['shareId', 'kind'],
  shareAnswers: ['id'],
  followUps: ['id'],
  lotUses: ['matchId', 'catalogId', 'kind', 'code', 'lot'],
};

export type BackedUpTable = keyof typeof TABLE_KEYS;
export const BACKED_UP_TABLES = Object.entries(TABLE_KEYS) as readonly [BackedUpTable, readonly string[]][];
