import type { Kysely } from 'kysely';
import type { Engine } from '../dialect.ts';

/** Until when a match counts as being measured, so that another server knows that one of them is at work. */
export async function createMeasuring(db: Kysely<unknown>, { keyText }: Engine): Promise<void> {
  await db.schema.alterTable('matches').addColumn('measuringUntil', keyText).execute();
}
