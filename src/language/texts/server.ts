import type { Shown } from './shown.ts';

/** The server, its stores and backups: what the person who runs it reads. */
export const serverTexts = {
  systemTemp: '(system temp)',
  stippleIsReady: (url: Shown) => `Stipple is ready at ${url}\n`,
  nobodyHasAnAccountYet: (setupUrl: Shown) =>
    `Nobody has an account yet. Make the first one within a day at\n  ${setupUrl}\n`,
  checkPostgres: 'DATABASE_URL and that PostgreSQL is running',
  checkDataFile: 'DATA_DIR and its file',
  newerStippleMadeThisDatabase: ' A newer Stipple made this database: start that version.',
  databaseNotOpened: (reason: Shown, place: Shown) => `The database could not be opened: ${reason}. Check ${place}.`,
  databaseNotUpToDate: (migration: string | undefined, reason: Shown, hint: Shown) =>
    `The database could not be brought up to date${migration === undefined ? '' : ` in ${migration}`}: ${reason}.${hint}`,
  bundledCatalogUnraised: (id: Shown, version: Shown) =>
    `The bundled catalog ${id} changed but still says version ${version}. Raise its version.`,
  settingIsWrong: (faults: Shown) => `Stipple could not start because a setting is wrong. ${faults}`,
  noAttemptWasMade: 'no attempt was made',
  photoStoreAnswered: (operation: Shown, problem: Shown) => `The photo store answered ${operation} with: ${problem}.`,
  nothingWithinMs: (timeoutMs: Shown) => `nothing within ${timeoutMs} ms`,
  backupExists: (file: Shown) => `${file} exists already. Choose another name; backups are never overwritten.`,
  noManifest: 'it does not begin with a manifest',
  notRestored: (reason: Shown) => `The backup was not restored: ${reason}.`,
  holdsRecords: 'this database already holds records. Restore into an empty one',
  partsMissing: 'parts of it are missing',
  holdsUnknown: (name: Shown) => `it holds something unknown, "${name}"`,
  endMissing: 'its end is missing. Copy it again',
  storedCatalogAltered: (id: Shown, version: Shown) =>
    `The stored catalog ${id}, version ${version}, is not what was published.`,
  s3Incomplete: 'S3_ENDPOINT is set, so S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set too.',
} as const;
