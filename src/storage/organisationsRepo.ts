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
