import type { Shown } from './shown.ts';

/** The server as it starts: its settings, and why it does not. */
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
} as const;
