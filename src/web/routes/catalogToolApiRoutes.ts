import { type Request, Router } from 'express';
import { isOwn } from '../../app/catalogs/ownCatalog.ts';
import { countUsesOfLot, recallLot } from '../../app/catalogs/stockLots.ts';
import type { Services } from '../../app/services.ts';
import { deltaE00 } from '../../colour/deltaE00.ts';
import { StippleError } from '../../errors.ts';
import { closenessWords, directionWords } from '../../matching/words.ts';
import { actorFor } from '../actor.ts';
import { catalogAudience } from '../catalogPages.ts';
import { compareShades, findEquivalents } from '../shadeQuestions.ts';

function lotOf(req: Request): string {
  const lot = typeof req.query.lot === 'string' ? req.query.lot.trim() : '';
  if (lot === '' || lot.length > 60) throw new StippleError('SMP_OPTION_INVALID', 'Say which lot: ?lot=B-1205.');
  return lot;
}

/** Questions about shades and lots: side by side, in another line, where a lot went. */
export function catalogToolApiRoutes(services: Services): Router {
  const router = Router();

  router.get('/api/v1/catalogs/compare', async (req, res) => {
    const { looks } = await compareShades(services, catalogAudience(req), req.query);
    const pairs = looks.flatMap((one, at) =>
      looks.slice(at + 1).map((other) => {
        const distance = deltaE00(one.healed, other.healed);
        const words = [closenessWords(distance), ...directionWords(one.healed, other.healed)];
        return { codes: [one.code, other.code], deltaE00: Number(distance.toFixed(2)), words };
      }),
    );
    res.json({ looks, pairs });
  });

  router.get('/api/v1/catalogs/equivalent', async (req, res) => {
    const answer = await findEquivalents(services, catalogAudience(req), req.query);
    if (answer !== null) return void res.json(answer);
    throw new StippleError('SMP_OPTION_INVALID', 'Say which shade of which line: ?shade=demo-ash/DA-03&in=demo-ink.');
  });

  router.get('/api/v1/catalogs/recall', async (req, res) => {
    const uses = await recallLot(services, actorFor(req, 'match:write'), lotOf(req));
    // Names of clients stay on the pages.
    res.set('Cache-Control', 'private, no-store').json(uses.map(({ alias: _alias, ...use }) => use));
  });

  router.get('/api/v1/catalogs/:id/recall', async (req, res) => {
    const actor = actorFor(req, 'catalog:read');
    if (!(await isOwn(services, actor, req.params.id))) {
      throw new StippleError('SMP_CATALOG_NOT_FOUND', 'Your organisation has no catalog with this name.');
    }
    res.json(await countUsesOfLot(services, req.params.id, lotOf(req)));
  });

  return router;
}
