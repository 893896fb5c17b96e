import { searchWords } from './searchWords.ts';
import type { Database } from './tables.ts';

/**
 * Writes anew what a consultation is found by: its client's alias and its shade. Notes are left out, so that nothing
 * about a person's health lies in an index of words; days are found by the time in the id.
 */
export async function writeConsultationWords(db: Database, organisationId: string, id: string): Promise<void> {
  const found = await db
    .selectFrom('consultations')
    .innerJoin('clients', 'clients.id', 'consultations.clientId')
    .select(['clients.alias', 'consultations.shadeText'])
    .where('consultations.id', '=', id)
    .executeTakeFirst();
  await db.deleteFrom('consultationWords').where('consultationId', '=', id).execute();
  if (found === undefined) return;
  const words = searchWords([found.alias, shadeName(found.shadeText)]);
  if (words.length === 0) return;
  await db
    .insertInto('consultationWords')
    .values(words.map((word) => ({ organisationId, word, consultationId: id })))
    .execute();
}

/** "DA-03 · 12 : 1" is found by its shade; its numbers would be in every other recipe too. */
export function shadeName(shadeText: string | null): string | null {
  return shadeText?.split(' · ')[0] ?? null;
}
