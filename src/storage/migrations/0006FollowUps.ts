import type { Kysely } from 'kysely';
import type { Engine } from '../dialect.ts';

/** Healed results compared with what was predicted. What was learned stays when the person is erased: numbers without a link. */
export async function createFollowUps(db: Kysely<unknown>, { keyText }: Engine): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('followUps')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('organisationId', keyText, (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('consultationId', keyText, (c) => c.references('consultations.id').onDelete('set null'))
    .addColumn('matchId', keyText, (c) => c.unique().references('matches.id').onDelete('set null'))
    .addColumn('technicianId', keyText, (c) => c.notNull())
    .addColumn('catalogId', keyText, (c) => c.notNull())
    .addColumn('code', keyText, (c) => c.notNull())
    .addColumn('lot', 'text')
    .addColumn('partsDiluent', 'double precision', (c) => c.notNull())
    .addColumn('densityPerCm2', 'double precision', (c) => c.notNull())
    .addColumn('diameterMm', 'double precision', (c) => c.notNull())
    .addColumn('healedDays', 'integer', (c) => c.notNull())
    .addColumn('logStrength', 'double precision', (c) => c.notNull())
    .addColumn('logStrengthSd', 'double precision', (c) => c.notNull())
    .addColumn('deltaL', 'double precision', (c) => c.notNull())
    .addColumn('deltaE00', 'double precision', (c) => c.notNull())
    .addColumn('dotDeltaE00', 'double precision')
    .addColumn('counts', 'integer', (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('followUpsByOrganisation').on('followUps').columns(['organisationId', 'id']).execute();
  await schema.createIndex('followUpsByConsultation').on('followUps').column('consultationId').execute();
}
