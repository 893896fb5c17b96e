import type { Kysely } from 'kysely';
import type { Engine } from '../dialect.ts';

/** Catalogs of organisations: ownership, unpublished edits, imports under way, lots in stock and where they were used. */
export async function createCatalogs(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { schema } = db;
  const { keyText } = engine;

  await schema
    .createTable('catalogs')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('organisationId', keyText, (c) => c.notNull().references('organisations.id').onDelete('restrict'))
    .addColumn('headerJson', 'text', (c) => c.notNull())
    .addColumn('createdByName', 'text', (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('catalogsByOrganisation').on('catalogs').columns(['organisationId', 'id']).execute();

  await schema
    .createTable('catalogDrafts')
    .addColumn('catalogId', keyText, (c) => c.notNull().references('catalogs.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('codeKey', keyText, (c) => c.notNull())
    .addColumn('itemJson', 'text', (c) => c.notNull())
    .addColumn('baseVersion', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('updatedByName', 'text', (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .addPrimaryKeyConstraint('catalogDraftsKey', ['catalogId', 'kind', 'codeKey'])
    .execute();

  await schema
    .createTable('catalogImports')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('catalogId', keyText, (c) => c.notNull().references('catalogs.id').onDelete('cascade'))
    .addColumn('fileName', 'text', (c) => c.notNull())
    .addColumn('storageKey', keyText, (c) => c.notNull().unique())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('answersJson', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('progressPercent', 'integer', (c) => c.notNull())
    .addColumn('checkJson', 'text')
    .addColumn('createdByName', 'text', (c) => c.notNull())
    .addColumn('createdAt', keyText, (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .addColumn('expiresAt', keyText, (c) => c.notNull())
    .execute();
  await schema.createIndex('catalogImportsByCatalog').on('catalogImports').columns(['catalogId', 'id']).execute();
  await schema.createIndex('catalogImportsByExpiry').on('catalogImports').column('expiresAt').execute();

  await schema
    .createTable('stockLots')
    .addColumn('id', keyText, (c) => c.primaryKey())
    .addColumn('organisationId', keyText, (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('catalogId', keyText, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('lot', 'text', (c) => c.notNull())
    .addColumn('batchReference', 'text')
    .addColumn('expires', keyText, (c) => c.notNull())
    .addColumn('opened', keyText)
    .addColumn('quantityMl', 'double precision')
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('updatedByName', 'text', (c) => c.notNull())
    .addColumn('updatedAt', keyText, (c) => c.notNull())
    .addUniqueConstraint('stockLotsOnce', ['organisationId', 'catalogId', 'kind', 'code', 'lot'])
    .execute();

  await schema
    .createTable('lotUses')
    .addColumn('matchId', keyText, (c) => c.notNull().references('matches.id').onDelete('cascade'))
    .addColumn('catalogId', keyText, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('lot', 'text', (c) => c.notNull())
    .addColumn('organisationId', keyText, (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('recordedByName', 'text', (c) => c.notNull())
    .addColumn('recordedAt', keyText, (c) => c.notNull())
    .addPrimaryKeyConstraint('lotUsesKey', ['matchId', 'catalogId', 'kind', 'code', 'lot'])
    .execute();
  await schema.createIndex('lotUsesByLot').on('lotUses').columns(['organisationId', 'lot']).execute();
  await schema.createIndex('lotUsesByCatalog').on('lotUses').columns(['catalogId', 'lot']).execute();
}
