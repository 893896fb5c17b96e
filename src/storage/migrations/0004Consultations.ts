import type { Kysely } from 'kysely';
import type { Engine } from '../dialect.ts';

/** A studio's clients and consultations, what was decided about them, and the words they are found by. */
export async function createConsultations(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { schema } = db;
  const { keyText } = engine;

  await schema
    .createTable('studioPolicies')
    .addColumn('organisationId', keyText, (c) => c.primaryKey().references('organisations.id').onDelete('cascade'))
    .addColumn('policyJson', 'text', (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .execute();

  await schema
    .createTable('clients')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('organisationId', keyText, (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('alias', 'text', (c) => c.notNull())
    .addColumn('aliasKey', keyText, (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('clientsByAge').on('clients').columns(['organisationId', 'id']).execute();
  await schema.createIndex('clientsByAlias').on('clients').columns(['organisationId', 'aliasKey', 'id']).execute();

  await schema
    .createTable('consultations')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('organisationId', keyText, (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('clientId', keyText, (c) => c.notNull().references('clients.id').onDelete('cascade'))
    .addColumn('previousId', keyText, (c) => c.references('consultations.id').onDelete('set null'))
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('status', keyText, (c) => c.notNull())
    .addColumn('statusAt', keyText, (c) => c.notNull())
    .addColumn('changesNote', 'text')
    .addColumn('session', 'integer', (c) => c.notNull())
    .addColumn('goal', 'text')
    .addColumn('pattern', 'text')
    .addColumn('fitzpatrick', 'integer')
    .addColumn('skinNotes', 'text', (c) => c.notNull())
    .addColumn('scarNotes', 'text', (c) => c.notNull())
    .addColumn('expectations', 'text', (c) => c.notNull())
    .addColumn('sessionNotes', 'text', (c) => c.notNull())
    .addColumn('treatedOn', keyText)
    .addColumn('recipeJson', 'text')
    .addColumn('technicianId', keyText, (c) => c.notNull())
    .addColumn('technicianName', 'text', (c) => c.notNull())
    // Kept beside the matches it is taken from, so that a list reads neither results nor photos.
    .addColumn('shadeText', 'text')
    .addColumn('thumbMatchId', keyText)
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('consultationsByAge').on('consultations').columns(['organisationId', 'id']).execute();
  await schema
    .createIndex('consultationsByStatus')
    .on('consultations')
    .columns(['organisationId', 'status', 'id'])
    .execute();
  await schema.createIndex('consultationsByClient').on('consultations').columns(['clientId', 'id']).execute();
  await schema.createIndex('consultationsByPrevious').on('consultations').column('previousId').execute();

  await schema
    .createTable('consultationWords')
    .addColumn('organisationId', keyText, (c) => c.notNull())
    .addColumn('word', keyText, (c) => c.notNull())
    .addColumn('consultationId', keyText, (c) => c.notNull().references('consultations.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('consultationWordsKey', ['organisationId', 'word', 'consultationId'])
    .execute();
  await schema
    .createIndex('consultationWordsOfOne')
    .on('consultationWords')
    .columns(['consultationId', 'word'])
    .execute();

  await schema
    .createTable('flagDecisions')
    .addColumn('consultationId', keyText, (c) => c.notNull().references('consultations.id').onDelete('cascade'))
    .addColumn('flagId', keyText, (c) => c.notNull())
    .addColumn('flagText', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('decidedByName', 'text', (c) => c.notNull())
    .addColumn('decidedAt', keyText, (c) => c.notNull())
    .addPrimaryKeyConstraint('flagDecisionsKey', ['consultationId', 'flagId'])
    .execute();

  await schema
    .alterTable('matches')
    .addColumn('consultationId', keyText, (c) => c.references('consultations.id').onDelete('cascade'))
    .execute();
  await schema.createIndex('matchesByConsultation').on('matches').columns(['consultationId', 'id']).execute();
  // For the few that are filed nowhere.
  await schema
    .createIndex('matchesOfStudioByConsultation')
    .on('matches')
    .columns(['organisationId', 'consultationId', 'id'])
    .execute();
}
