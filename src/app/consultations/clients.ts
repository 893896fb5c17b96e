import { StippleError } from '../../errors.ts';
import { type ClientRecord, findClient, listClients, renameClient } from '../../storage/clientsRepo.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { listConsultationsOfClient } from '../../storage/consultationsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { readAlias } from './openConsultation.ts';

type Reader = Authorized<'consultation:read'> | Authorized<'consultation:write'> | Authorized<'consultation:erase'>;

/** The studio's clients: the newest, or those whose alias starts as typed. */
export function clientsOf(
  services: Services,
  actor: Reader,
  page: { limit: number; start?: string | undefined; after?: string | undefined },
): Promise<{ clients: ClientRecord[]; next: string | null }> {
  return listClients(services.db, actor.organisationId, page);
}

/** @throws StippleError SMP_NOT_FOUND when the studio has no such client */
export async function clientOf(services: Services, actor: Reader, id: string): Promise<ClientRecord> {
  const client = await findClient(services.db, actor.organisationId, id);
  if (!client) throw new StippleError('SMP_NOT_FOUND');
  return client;
}

/** Newest first. */
export function consultationsOfClient(services: Services, actor: Reader, id: string): Promise<ConsultationRecord[]> {
  return listConsultationsOfClient(services.db, actor.organisationId, id);
}

/** @throws StippleError SMP_OPTION_INVALID for an unusable alias, SMP_NOT_FOUND when the studio has no such client */
export async function renameClientTo(
  services: Services,
  actor: Authorized<'consultation:write'>,
  id: string,
  alias: string,
): Promise<void> {
  if (!(await renameClient(services.db, actor.organisationId, id, readAlias(alias), services.now()))) {
    throw new StippleError('SMP_NOT_FOUND');
  }
}
