import type { Database } from './tables.ts';

/**
 * Lets no other transaction change this consultation or what hangs on it until the end of this one: writes that replace
 * rows one by one would otherwise meet in the middle. On SQLite a transaction has the whole database anyway.
 * @returns false when there is no such consultation (any more)
 */
export async function lockConsultation(transaction: Database, id: string): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('consultations')
    .set((set) => ({ revision: set.ref('revision') }))
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
