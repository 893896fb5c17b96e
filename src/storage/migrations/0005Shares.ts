import type { Kysely } from 'kysely';
import type { Engine } from '../dialect.ts';

/** Links to clients, the pictures frozen into them, and what clients answered. */
export async function createShares(db: Kysely<unknown>, { keyText }: Engine): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('shares')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('consultationId', keyText, (c) => c.notNull().references('consultations.id').onDelete('cascade'))
    .addColumn('matchId', keyText, (c) => c.notNull().references('matches.id').onDelete('cascade'))
    .addColumn('tokenHash', keyText, (c) => c.notNull().unique())
    .addColumn('pinHash', 'text')
    .addColumn('contentJson', 'text', (c) => c.notNull())
    .addColumn('contentSha256', keyText, (c) => c.notNull())
    .addColumn('createdByName', 'text', (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('expiresAt', keyText, (c) => c.notNull())
    .addColumn('revokedAt', keyText)
    .addColumn('openedAt', keyText)
    .addColumn('openings', 'integer', (c) => c.notNull())
    .execute();
  await schema.createIndex('sharesByConsultation').on('shares').columns(['consultationId', 'id']).execute();
  await schema.createIndex('sharesByMatch').on('shares').column('matchId').execute();

  await schema
    .createTable('sharePictures')
    .addColumn('shareId', keyText, (c) => c.notNull().references('shares.id').onDelete('cascade'))
    .addColumn('kind', keyText, (c) => c.notNull())
    .addColumn('storageKey', keyText, (c) => c.notNull().unique())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('sharePicturesKey', ['shareId', 'kind'])
    .execute();

  await schema
    .createTable('shareAnswers')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('shareId', keyText, (c) => c.notNull().references('shares.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('ticksJson', 'text', (c) => c.notNull())
    .addColumn('contentSha256', keyText, (c) => c.notNull())
    .addColumn('answeredAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('shareAnswersByShare').on('shareAnswers').columns(['shareId', 'id']).execute();
}
