import { type Request, type Response, Router } from 'express';
import { clientOf, clientsOf, consultationsOfClient, renameClientTo } from '../../app/consultations/clients.ts';
import { fileMatch, openConsultation } from '../../app/consultations/openConsultation.ts';
import type { Services } from '../../app/services.ts';
import { StippleError } from '../../errors.ts';
import { shownDay } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { actorFor } from '../actor.ts';
import { clientFields, readClientChoice } from '../clientChoice.ts';
import { consultationLine } from '../consultationView.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { render } from '../render.ts';

const PAGE = 30;

/** Clients of a studio, and how a consultation with one of them begins. */
export function clientRoutes(services: Services): Router {
  const router = Router();

  router.get('/clients', async (req, res) => {
    const actor = actorFor(req, 'consultation:read');
    const text = typeof req.query.q === 'string' ? req.query.q.slice(0, 60) : '';
    const after = typeof req.query.after === 'string' ? req.query.after : undefined;
    const { clients, next } = await clientsOf(services, actor, { start: text, after, limit: PAGE });
    const query = next === null ? null : new URLSearchParams({ ...(text ? { q: text } : {}), after: next });
    await render(req, res, 'clients', {
      title: ENGLISH.studio.clients,
      text,
      clients: clients.map(({ id, alias, createdAt }) => ({
        href: `/clients/${id}`,
        alias,
        since: shownDay(createdAt),
      })),
      more: query && `/clients?${query}`,
    });
  });

  async function showNew(req: Request, res: Response, matchId: string, problem: StippleError | null) {
    const actor = actorFor(req, 'consultation:write');
    if (problem) res.status(422);
    const wanted = typeof req.query.client === 'string' ? req.query.client : '';
    await render(req, res, 'consultationNew', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.studio.newConsultation) : ENGLISH.studio.newConsultation,
      problem: problem ? [{ field: 'alias', text: problem.message }] : null,
      matchId,
      ...(await clientFields(services, actor, { clientId: textField(req, 'client') || wanted })),
      alias: textField(req, 'alias'),
    });
  }

  router.get('/consultations/new', async (req, res) => {
    await showNew(req, res, typeof req.query.match === 'string' ? req.query.match : '', null);
  });

  router.post('/consultations', async (req, res) => {
    const actor = actorFor(req, 'consultation:write');
    const matchId = textField(req, 'match');
    try {
      const choice = readClientChoice(req);
      const id =
        matchId === ''
          ? await openConsultation(services, actor, choice)
          : await fileMatch(services, actor, ownersOf(req, actor.organisationId), matchId, choice);
      redirectAfterPost(res, `/consultations/${id}`);
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_OPTION_INVALID') throw error;
      await showNew(req, res, matchId, error);
    }
  });

  async function showClient(req: Request, res: Response, id: string, problem: StippleError | null) {
    const actor = actorFor(req, 'consultation:write');
    const client = await clientOf(services, actor, id);
    if (problem) res.status(422);
    await render(req, res, 'client', {
      title: `${problem ? ENGLISH.frame.errorTitle(ENGLISH.studio.text) : ''}${client.alias}`,
      problem: problem ? [{ field: 'alias', text: problem.message }] : null,
      base: `/clients/${id}`,
      id,
      alias: client.alias,
      typed: problem ? textField(req, 'alias') : client.alias,
      since: shownDay(client.createdAt),
      lines: (await consultationsOfClient(services, actor, id)).map(consultationLine),
    });
  }

  router.get('/clients/:id', async (req, res) => {
    await showClient(req, res, req.params.id, null);
  });

  router.post('/clients/:id', async (req, res) => {
    const actor = actorFor(req, 'consultation:write');
    try {
      await renameClientTo(services, actor, req.params.id, textField(req, 'alias'));
      redirectAfterPost(res, `/clients/${req.params.id}`);
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_OPTION_INVALID') throw error;
      await showClient(req, res, req.params.id, error);
    }
  });

  return router;
}

/** Whose the match to be filed may be: the studio's, or a try-out this browser made before its person signed in. */
function ownersOf(req: Request, organisationId: string) {
  const { known } = req.browserSession;
  return [{ organisationId }, ...(known ? [{ browserSessionId: known.id }] : [])];
}
