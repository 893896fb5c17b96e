import { inTransaction } from './inTransaction.ts';
import { lockConsultation } from './lockConsultation.ts';
import { searchWords } from './searchWords.ts';
import type { Database } from './tables.ts';

/**
 * Writes anew what a consultation is found by: its client's alias and its shade. Notes are left out, so that nothing
 * about a person's health lies in an index of words; days are found by the time in the id.
 */
export function writeConsultationWords(db: Database, organisationId: string, id: string): Promise<void> {
  return inTransaction(db, async (transaction) => {
    if (!(await lockConsultation(transaction, id))) return;
    const found = await transaction
      .selectFrom('consultations')
      .innerJoin('clients', 'clients.id', 'consultations.clientId')
      .select(['clients.alias', 'consultations.shadeText'])
      .where('consultations.id', '=', id)
      .executeTakeFirstOrThrow();
    await transaction.deleteFrom('consultationWords').where('consultationId', '=', id).execute();
    const words = searchWords([found.alias, shadeName(found.shadeText)]);
    if (words.length === 0) return;
    await transaction
      .insertInto('consultationWords')
      .values(words.map((word) => ({ organisationId, word, consultationId: id })))
      .execute();
  });
}

/** "DA-03 · 12 : 1" is found by its shade; its numbers would be in every other recipe too. */
export function shadeName(shadeText: string | null): string | null {
  return shadeText?.split(' · ')[0] ?? null;
}
