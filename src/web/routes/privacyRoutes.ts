import { type Request, type Response, Router } from 'express';
import { mayDo } from '../../app/access.ts';
import { clientOf } from '../../app/consultations/clients.ts';
import { changeStudioPolicy, readStudioPolicy } from '../../app/consultations/studioPolicy.ts';
import { countOfPerson, eraseClient } from '../../app/privacy/eraseClient.ts';
import { personData } from '../../app/privacy/personData.ts';
import type { Services } from '../../app/services.ts';
import { shownDay } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { actorFor } from '../actor.ts';
import { erasureLines } from '../consultationView.ts';
import { redirectAfterPost } from '../forms.ts';
import { render } from '../render.ts';
import { type RuleFault, readFlagRows, readPeriods, rulesView, typedPeriods, typedRows } from '../rulesForm.ts';

/** A person's data, their erasure, and what a studio asks and keeps. */
export function privacyRoutes(services: Services): Router {
  const router = Router();

  router.get('/clients/:id/data', async (req, res) => {
    const actor = actorFor(req, 'consultation:read');
    const { client, consultations, photos } = await personData(services, actor, req.params.id);
    await render(req, res, 'personData', {
      title: ENGLISH.studio.dataOf2(client.alias),
      alias: client.alias,
      count: consultations.length,
      jsonHref: `/clients/${client.id}/data.json`,
      backHref: `/clients/${client.id}`,
      photos: photos.map(({ href, takenIn, bytes }, i) => ({
        href,
        name: `photo-${i + 1}.jpg`,
        text: ENGLISH.studio.photoOfKB(shownDay(takenIn), Math.ceil(bytes / 1024)),
      })),
    });
  });

  router.get('/clients/:id/data.json', async (req, res) => {
    const actor = actorFor(req, 'consultation:read');
    const data = await personData(services, actor, req.params.id);
    res.set('Content-Disposition', 'attachment; filename="client.json"').set('Cache-Control', 'private, no-store');
    res.type('json').send(`${JSON.stringify(data, null, 2)}\n`);
  });

  router.get('/clients/:id/erase', async (req, res) => {
    const actor = actorFor(req, 'consultation:erase');
    const { id, alias } = await clientOf(services, actor, req.params.id);
    await render(req, res, 'erase', {
      title: ENGLISH.studio.eraseThisClient2,
      lead: ENGLISH.studio.andEverythingOnRecordAboutThem(alias),
      goes: [ENGLISH.studio.theAlias, ...erasureLines(await countOfPerson(services, actor, id))],
      stays: ENGLISH.studio.whatWasLearnedAboutShades,
      action: `/clients/${id}/erase`,
      backHref: `/clients/${id}`,
    });
  });

  router.post('/clients/:id/erase', async (req, res) => {
    await eraseClient(services, actorFor(req, 'consultation:erase'), req.params.id);
    redirectAfterPost(res, '/clients');
  });

  async function showRules(req: Request, res: Response, shown: { faults?: readonly RuleFault[] } = {}) {
    const actor = actorFor(req, 'consultation:read');
    const policy = await readStudioPolicy(services, actor);
    const { faults = [] } = shown;
    if (faults.length > 0) res.status(422);
    const rows = faults.length > 0 ? typedRows(req) : null;
    await render(req, res, 'studioRules', {
      title:
        faults.length > 0 ? ENGLISH.frame.errorTitle(ENGLISH.studio.rulesOfTheStudio) : ENGLISH.studio.rulesOfTheStudio,
      problem: faults.length > 0 ? faults : null,
      mayChange: mayDo(actor, 'studio:policy'),
      ...rulesView(policy, rows, faults.length > 0 ? typedPeriods(req) : null),
    });
  }

  router.get('/studio/rules', async (req, res) => {
    await showRules(req, res);
  });

  router.post('/studio/flags', async (req, res) => {
    const actor = actorFor(req, 'studio:policy');
    const rows = readFlagRows(req);
    if ('faults' in rows) return showRules(req, res, rows);
    await changeStudioPolicy(services, actor, { contraindications: rows.contraindications });
    redirectAfterPost(res, '/studio/rules');
  });

  router.post('/studio/retention', async (req, res) => {
    const actor = actorFor(req, 'studio:policy');
    const periods = readPeriods(req);
    if ('faults' in periods) return showRules(req, res, periods);
    await changeStudioPolicy(services, actor, periods);
    redirectAfterPost(res, '/studio/rules');
  });

  return router;
}
