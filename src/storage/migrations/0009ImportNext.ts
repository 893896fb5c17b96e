import type { Kysely } from 'kysely';
import type { Engine } from '../dialect.ts';

/** Where the catalog lies as a checked import would make it, so that publishing it reads no file again. */
export async function createImportNext(db: Kysely<unknown>, { keyText }: Engine): Promise<void> {
  await db.schema.alterTable('catalogImports').addColumn('nextKey', keyText).execute();
  await db.schema.alterTable('catalogImports').addColumn('nextSha256', keyText).execute();
}
