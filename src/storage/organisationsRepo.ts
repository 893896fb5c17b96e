import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

/** @returns the new organisation's id */
export async function createOrganisation(
  db: Database,
  organisation: { name: string; kind: 'studio' | 'supplier' },
  now: Date,
): Promise<string> {
  const id = createUlid(now.getTime());
  await db
    .insertInto('organisations')
    .values({ ...organisation, id, createdAt: now.toISOString() })
    .execute();
  return id;
}

/** Organisations of this exact name and kind, oldest first. */
export async function findOrganisations(
  db: Database,
  organisation: { name: string; kind: 'studio' | 'supplier' },
): Promise<{ id: string }[]> {
  return await db
    .selectFrom('organisations')
    .select('id')
    .where('name', '=', organisation.name)
    .where('kind', '=', organisation.kind)
    .orderBy('id')
    .execute();
}

export async function findOrganisation(
  db: Database,
  id: string,
): Promise<{ id: string; name: string; kind: 'studio' | 'supplier' } | null> {
  const row = await db
    .selectFrom('organisations')
    .select(['id', 'name', 'kind'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, kind: row.kind === 'supplier' ? 'supplier' : 'studio' };
}

/** Makes other transactions that lock the same organisation wait until this one is over. */
export async function lockOrganisation(transaction: Database, id: string): Promise<void> {
  await transaction
    .updateTable('organisations')
    .set((row) => ({ name: row.ref('name') }))
    .where('id', '=', id)
    .execute();
}
