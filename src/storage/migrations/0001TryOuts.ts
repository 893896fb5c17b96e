import type { Kysely } from 'kysely';
import type { Engine } from '../dialect.ts';

/** Anonymous try-outs: browser sessions, their matches and photos, published catalogs, settings, rate limits. */
export async function createTryOuts(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { schema } = db;
  const { keyText } = engine;

  await schema
    .createTable('browserSessions')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('tokenHash', keyText, (c) => c.notNull().unique())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('idleExpiresAt', keyText, (c) => c.notNull())
    .addColumn('expiresAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('browserSessionsByIdleExpiry').on('browserSessions').column('idleExpiresAt').execute();

  await schema
    .createTable('catalogVersions')
    .addColumn('catalogId', keyText, (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('catalogJson', 'text', (c) => c.notNull())
    .addColumn('sha256', keyText, (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('publishedAt', keyText, (c) => c.notNull())
    .addPrimaryKeyConstraint('catalogVersionsKey', ['catalogId', 'version'])
    .execute();
  await engine.forbidChanges(db, 'catalog_versions');

  await schema
    .createTable('matches')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('browserSessionId', keyText, (c) => c.references('browserSessions.id').onDelete('cascade'))
    .addColumn('idempotencyKey', keyText)
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('alias', 'text')
    .addColumn('optionsJson', 'text', (c) => c.notNull())
    .addColumn('proposalJson', 'text')
    .addColumn('resultJson', 'text')
    .addColumn('refusalCode', 'text')
    .addColumn('engine', 'text')
    .addColumn('inputSha256', keyText, (c) => c.notNull())
    .addColumn('chosenCatalogId', keyText)
    .addColumn('chosenCode', 'text')
    .addColumn('chosenReason', 'text')
    .addColumn('chosenAt', keyText)
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .addUniqueConstraint('matchesSubmittedOnce', ['browserSessionId', 'idempotencyKey'])
    .execute();
  await schema.createIndex('matchesBySession').on('matches').columns(['browserSessionId', 'id']).execute();

  await schema
    .createTable('matchCatalogs')
    .addColumn('matchId', keyText, (c) => c.notNull().references('matches.id').onDelete('cascade'))
    .addColumn('catalogId', keyText, (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('matchCatalogsKey', ['matchId', 'catalogId'])
    // A result may only cite a version that can be replayed.
    .addForeignKeyConstraint('matchCatalogsVersion', ['catalogId', 'version'], 'catalogVersions', [
      'catalogId',
      'version',
    ])
    .execute();
  await schema.createIndex('matchCatalogsByVersion').on('matchCatalogs').columns(['catalogId', 'version']).execute();

  await schema
    .createTable('photos')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('matchId', keyText, (c) => c.notNull().references('matches.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('storageKey', keyText, (c) => c.notNull().unique())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('widthPx', 'integer', (c) => c.notNull())
    .addColumn('heightPx', 'integer', (c) => c.notNull())
    .addColumn('mime', 'text', (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addUniqueConstraint('photosOneOfAKind', ['matchId', 'kind'])
    .execute();

  await schema
    .createTable('settings')
    .addColumn('browserSessionId', keyText, (c) => c.primaryKey().references('browserSessions.id').onDelete('cascade'))
    .addColumn('settingsJson', 'text', (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .execute();

  await schema
    .createTable('rateLimits')
    .addColumn('keyHash', keyText, (c) => c.primaryKey())
    .addColumn('hits', 'integer', (c) => c.notNull())
    .addColumn('resetsAt', keyText, (c) => c.notNull())
    .execute();
}
