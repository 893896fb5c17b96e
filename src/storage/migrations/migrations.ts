import type { Migration } from 'kysely';
import type { Engine } from '../dialect.ts';
import { createTryOuts } from './0001TryOuts.ts';
import { createAccounts } from './0002Accounts.ts';
import { createCatalogs } from './0003Catalogs.ts';
import { createConsultations } from './0004Consultations.ts';
import { createShares } from './0005Shares.ts';
import { createFollowUps } from './0006FollowUps.ts';
import { createRetention } from './0007Retention.ts';
import { createMeasuring } from './0008Measuring.ts';
import { createImportNext } from './0009ImportNext.ts';

/**
 * All migrations in order, by the name recorded in the database. A released one never changes: add the next.
 * They are code rather than files read at run time, so the bundled server carries them.
 */
export function createMigrations(engine: Engine): Record<string, Migration> {
  return {
    '0001-try-outs': { up: (db) => createTryOuts(db, engine) },
    '0002-accounts': { up: (db) => createAccounts(db, engine) },
    '0003-catalogs': { up: (db) => createCatalogs(db, engine) },
    '0004-consultations': { up: (db) => createConsultations(db, engine) },
    '0005-shares': { up: (db) => createShares(db, engine) },
    '0006-follow-ups': { up: (db) => createFollowUps(db, engine) },
    '0007-retention': { up: (db) => createRetention(db) },
    '0008-measuring': { up: (db) => createMeasuring(db, engine) },
    '0009-import-next': { up: (db) => createImportNext(db, engine) },
  };
}
