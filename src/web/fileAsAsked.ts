import type { Request } from 'express';
import { mayDo } from '../app/access.ts';
import { getConsultation } from '../app/consultations/editConsultation.ts';
import { consultationOfMatch, fileMatch } from '../app/consultations/openConsultation.ts';
import type { Services } from '../app/services.ts';
import { ENGLISH } from '../language/english.ts';
import { actorFor } from './actor.ts';
import { clientFields, readClientChoice } from './clientChoice.ts';
import { textField } from './forms.ts';

/** What the start page offers somebody of a studio: the consultation a photo is for, or clients to choose from. */
export async function filingFields(services: Services, req: Request) {
  if (!req.actor || !mayDo(req.actor, 'consultation:write')) return { clients: [], consultation: null };
  const actor = actorFor(req, 'consultation:write');
  const asked =
    textField(req, 'consultation') || (typeof req.query.consultation === 'string' ? req.query.consultation : '');
  if (asked === '')
    return { ...(await clientFields(services, actor, { clientId: textField(req, 'client') })), consultation: null };
  const { id, alias, session } = await getConsultation(services, actor, asked);
  return { clients: [], consultation: { id, text: ENGLISH.records.sessionOfClient(alias, session) } };
}

/**
 * Files a photo that somebody of a studio has just sent where the form says: in an open consultation, or in a new one with
 * a client. Without client and alias it stays unsaved until they decide.
 */
export async function fileAsAsked(services: Services, req: Request, matchId: string): Promise<void> {
  if (!req.actor || !mayDo(req.actor, 'consultation:write')) return;
  const actor = actorFor(req, 'consultation:write');
  const consultationId = textField(req, 'consultation');
  const choice = readClientChoice(req);
  if (consultationId === '' && 'alias' in choice && choice.alias.trim() === '') return;
  const { organisationId } = actor;
  await fileMatch(services, actor, [{ organisationId }], matchId, consultationId ? { consultationId } : choice);
}

/** Where the result page of somebody of a studio leads: to the match's consultation, or to saving it in one. */
export async function filingLink(services: Services, req: Request, matchId: string) {
  if (!req.actor || !mayDo(req.actor, 'consultation:write')) return null;
  const id = await consultationOfMatch(services, actorFor(req, 'consultation:write'), matchId);
  return id === null
    ? { href: `/consultations/new?match=${matchId}`, text: ENGLISH.studio.saveInAConsultation2 }
    : { href: `/consultations/${id}`, text: ENGLISH.studio.itsConsultation };
}
