import type { Kysely } from 'kysely';

/** What the hourly sweep needs to find what a studio's retention periods end. */
export async function createRetention({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createIndex('consultationsByChange')
    .on('consultations')
    .columns(['organisationId', 'updatedAt'])
    .execute();
}
