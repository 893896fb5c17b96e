import { StippleError } from '../../errors.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import { countOfClient, deleteClient, findClient } from '../../storage/clientsRepo.ts';
import type { StoredCounts } from '../../storage/countStored.ts';
import { findSettings, saveSettings } from '../../storage/settingsRepo.ts';
import type { Database } from '../../storage/tables.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { forgetAlias } from '../studioSettings.ts';

/** What erasing needs; the command line has no more. */
export type ErasureServices = Pick<Services, 'db' | 'photos' | 'now'>;

/** What would go with a client, for the page and the command that ask first. */
export function countOfPerson(
  { db }: Pick<Services, 'db'>,
  { organisationId }: Authorized<'consultation:erase'> | { readonly organisationId: string },
  id: string,
): Promise<StoredCounts> {
  return countOfClient(db, organisationId, id);
}

/** Healed results that were entered by hand bear the client's alias; the result itself is about a pigment and stays. */
async function clearFromSettings(db: Database, organisationId: string, alias: string, now: Date): Promise<void> {
  const settings = await findSettings(db, { organisationId });
  const cleared = settings && forgetAlias(settings, alias);
  if (cleared) await saveSettings(db, { organisationId }, cleared, now);
}

/**
 * Removes a person: alias, consultations, matches, photos, previews, links and what they answered there. The records go
 * first; what a crash leaves behind then is a file that nothing names, and the sweep of orphans removes it. What was learned
 * about shades and lots stays as numbers that point to nobody.
 * @param by who did it; null for the operator of the machine
 * @throws StippleError SMP_NOT_FOUND when the studio has no such client
 */
export async function eraseClientOf(
  { db, photos, now }: ErasureServices,
  organisationId: string,
  id: string,
  by: string | null,
): Promise<void> {
  const client = await findClient(db, organisationId, id);
  const keys = client && (await deleteClient(db, organisationId, id));
  if (!client || keys === null) throw new StippleError('SMP_NOT_FOUND');
  await clearFromSettings(db, organisationId, client.alias, now());
  await recordAudit(db, { organisationId, personId: by, action: 'client.erase', subjectId: id }, now());
  await Promise.all(keys.map((key) => photos.delete(key)));
}

/** As `eraseClientOf`, for somebody who is signed in. */
export function eraseClient(services: ErasureServices, actor: Authorized<'consultation:erase'>, id: string) {
  return eraseClientOf(services, actor.organisationId, id, actor.personId);
}
