import { type Kysely, sql } from 'kysely';
import type { Engine } from '../dialect.ts';

/**
 * Organisations, their people and what lets them in: sign-ins on browser sessions, one-time links, API tokens. Matches and
 * settings can belong to an organisation, and what people do is recorded without personal data.
 */
export async function createAccounts(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { schema } = db;
  const { keyText } = engine;

  await schema
    .createTable('organisations')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .execute();

  await schema
    .createTable('people')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('organisationId', keyText, (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('signInName', 'text', (c) => c.notNull())
    .addColumn('signInKey', keyText, (c) => c.notNull().unique())
    .addColumn('displayName', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('passwordHash', 'text', (c) => c.notNull())
    .addColumn('disabledAt', keyText)
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('peopleByOrganisation').on('people').columns(['organisationId', 'id']).execute();

  await schema
    .alterTable('browserSessions')
    .addColumn('personId', keyText, (c) => c.references('people.id').onDelete('set null'))
    .execute();
  await schema.alterTable('browserSessions').addColumn('signedInAt', keyText).execute();
  await schema.alterTable('browserSessions').addColumn('signInExpiresAt', keyText).execute();
  await schema.createIndex('browserSessionsByPerson').on('browserSessions').column('personId').execute();

  await schema
    .createTable('accountLinks')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('tokenHash', keyText, (c) => c.notNull().unique())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('organisationId', keyText, (c) => c.references('organisations.id').onDelete('cascade'))
    .addColumn('personId', keyText, (c) => c.references('people.id').onDelete('cascade'))
    .addColumn('role', 'text')
    .addColumn('invitee', 'text')
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('expiresAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('accountLinksByOrganisation').on('accountLinks').column('organisationId').execute();
  await schema.createIndex('accountLinksByPerson').on('accountLinks').column('personId').execute();

  await schema
    .createTable('apiTokens')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('personId', keyText, (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('tokenHash', keyText, (c) => c.notNull().unique())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('expiresAt', keyText, (c) => c.notNull())
    .addColumn('lastUsedOn', keyText)
    .execute();
  await schema.createIndex('apiTokensByPerson').on('apiTokens').column('personId').execute();

  // No foreign keys: what was done stays recorded when a person or a record is gone. Ids only, never a name.
  await schema
    .createTable('auditEvents')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('at', keyText, (c) => c.notNull())
    .addColumn('organisationId', keyText)
    .addColumn('personId', keyText)
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subjectId', keyText)
    .execute();
  await schema.createIndex('auditEventsByOrganisation').on('auditEvents').columns(['organisationId', 'id']).execute();

  await schema
    .alterTable('matches')
    .addColumn('organisationId', keyText, (c) => c.references('organisations.id').onDelete('cascade'))
    .execute();
  await schema.createIndex('matchesByOrganisation').on('matches').columns(['organisationId', 'id']).execute();
  await schema
    .createIndex('matchesSubmittedOnceByOrganisation')
    .unique()
    .on('matches')
    .columns(['organisationId', 'idempotencyKey'])
    .execute();

  // Settings had the session as their key; now they have one of two owners.
  await schema
    .createTable('ownerSettings')
    .addColumn('ownerId', keyText, (c) => c.primaryKey())
    .addColumn('browserSessionId', keyText, (c) => c.references('browserSessions.id').onDelete('cascade'))
    .addColumn('organisationId', keyText, (c) => c.references('organisations.id').onDelete('cascade'))
    .addColumn('settingsJson', 'text', (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .execute();
  await sql`insert into owner_settings (owner_id, browser_session_id, settings_json, updated_at)
    select browser_session_id, browser_session_id, settings_json, updated_at from settings`.execute(db);
  await schema.dropTable('settings').execute();
  await schema.alterTable('ownerSettings').renameTo('settings').execute();
  await schema.createIndex('settingsBySession').on('settings').column('browserSessionId').execute();
  await schema.createIndex('settingsByOrganisation').on('settings').column('organisationId').execute();
}
