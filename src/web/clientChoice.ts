import type { Request } from 'express';
import type { Authorized } from '../app/access.ts';
import { clientOf, clientsOf } from '../app/consultations/clients.ts';
import type { ClientChoice } from '../app/consultations/openConsultation.ts';
import type { Services } from '../app/services.ts';
import { shownDay } from '../language/dates.ts';
import { ENGLISH } from '../language/english.ts';
import { textField } from './forms.ts';

const OFFERED = 50;

/** The clients a form offers: the newest, and the one already chosen however old. */
export async function clientFields(
  services: Services,
  actor: Authorized<'consultation:write'>,
  chosen: { clientId: string },
) {
  const { clients } = await clientsOf(services, actor, { limit: OFFERED });
  const listed = clients.some(({ id }) => id === chosen.clientId);
  const own = chosen.clientId === '' || listed ? [] : [await clientOf(services, actor, chosen.clientId)];
  return {
    clients: [...own, ...clients].map(({ id, alias, createdAt }) => ({
      value: id,
      text: ENGLISH.records.since(alias, shownDay(createdAt)),
      selected: id === chosen.clientId,
    })),
  };
}

/** Who the form means: a client from the list, else a new one by the alias typed. */
export function readClientChoice(req: Request): ClientChoice {
  const clientId = textField(req, 'client');
  return clientId === '' ? { alias: textField(req, 'alias') } : { clientId };
}
