import { type Request, Router } from 'express';
import { currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { isOwn } from '../../app/catalogs/ownCatalog.ts';
import { countUsesOfLot, recallLot } from '../../app/catalogs/stockLots.ts';
import type { Services } from '../../app/services.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { actorFor } from '../actor.ts';
import { catalogAudience } from '../catalogPages.ts';
import { compareShades, findEquivalents } from '../shadeQuestions.ts';

function lotOf(req: Request): string {
  const lot = typeof req.query.lot === 'string' ? req.query.lot.trim() : '';
  if (lot === '' || lot.length > 60) throw new StippleError('SMP_OPTION_INVALID', ENGLISH.apiAnswers.sayWhichLot);
  return lot;
}

/** Questions about shades and lots: side by side, in another line, where a lot went. */
export function catalogToolApiRoutes(services: Services): Router {
  const router = Router();

  router.get('/api/v1/catalogs/compare', async (req, res) => {
    const { looks, pairs } = await compareShades(services, catalogAudience(req), req.query);
    res.json({
      looks,
      pairs: pairs.map(({ one, other, distance, closeness, directions }) => ({
        codes: [one.code, other.code],
        deltaE00: Number(distance.toFixed(2)),
        words: [closeness, ...directions],
      })),
    });
  });

  router.get('/api/v1/catalogs/equivalent', async (req, res) => {
    const catalogs = await currentCatalogs(services, catalogAudience(req));
    const answer = await findEquivalents(services, catalogs, req.query);
    if (answer !== null) return void res.json(answer);
    throw new StippleError('SMP_OPTION_INVALID', ENGLISH.apiAnswers.sayWhichShade);
  });

  router.get('/api/v1/catalogs/recall', async (req, res) => {
    const uses = await recallLot(services, actorFor(req, 'match:write'), lotOf(req));
    // Names of clients stay on the pages.
    res.set('Cache-Control', 'private, no-store').json(uses.map(({ alias: _alias, ...use }) => use));
  });

  router.get('/api/v1/catalogs/:id/recall', async (req, res) => {
    const actor = actorFor(req, 'catalog:read');
    if (!(await isOwn(services, actor, req.params.id))) {
      throw new StippleError('SMP_CATALOG_NOT_FOUND', ENGLISH.apiAnswers.noSuchCatalog);
    }
    res.json(await countUsesOfLot(services, req.params.id, lotOf(req)));
  });

  return router;
}
