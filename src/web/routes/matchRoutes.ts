import { type Request, type Response, Router } from 'express';
import { catalogNews } from '../../app/catalogs/catalogNews.ts';
import { changeSettings, optionsOf } from '../../app/changeMatch.ts';
import { refreshAfterMatch } from '../../app/consultations/openConsultation.ts';
import { parseMatchOptions } from '../../app/matchOptions.ts';
import type { Services } from '../../app/services.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { USUAL_CUPS_ML } from '../../matching/drops.ts';
import { chooseShade, clearChoice } from '../../storage/matchesRepo.ts';
import { findPhoto } from '../../storage/photosRepo.ts';
import { colourChart } from '../colourChart.ts';
import { filingLink } from '../fileAsAsked.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { areasOf, circledFaults, KIND_NAMES, patchesOf, stepLinks } from '../matchPages.ts';
import { visitor } from '../owner.ts';
import { pooledPhotos } from '../pooledPhotos.ts';
import { render } from '../render.ts';
import { qualityView, resultModel } from '../resultModel.ts';
import { pictureOf, shownMatch } from '../shownMatch.ts';
import { regionRoutes } from './regionRoutes.ts';

/** Pages of one measured match: photo check, regions, result, and what can be changed there. */
export function matchRoutes(services: Services): Router {
  const router = Router();
  router.use(regionRoutes(services));

  const shown = (req: Request, res: Response) => shownMatch(services, req, res);

  router.get('/matches/:id/photo', async (req, res) => {
    const page = await shown(req, res);
    if (!page) return;
    const { match, result } = page;
    const failed = result.quality.some((entry) => entry.level === 'fail');
    const checks = qualityView(result.quality, `/matches/${match.id}`);
    const usable =
      checks.troubles.length > 0
        ? ENGLISH.result.thisPhotoCanBeMeasuredWhat
        : ENGLISH.result.thisPhotoCanBeMeasuredNothing;
    await render(req, res, 'photo', {
      title: ENGLISH.result.photoCheck,
      steps: stepLinks(match.id, 'photo', true),
      photo: await pictureOf(services, page),
      faults: circledFaults(result),
      ...checks,
      failed,
      summary: failed ? ENGLISH.result.somethingInThisPhotoMakes : usable,
      continueHref: `/matches/${match.id}/${result.outcome === 'refused' ? 'regions' : 'result'}`,
    });
  });

  router.get('/matches/:id/result', async (req, res) => {
    const page = await shown(req, res);
    if (!page) return;
    const { match, result } = page;
    const base = `/matches/${match.id}`;
    const session = Math.min(3, Math.max(1, Number(req.query.session) || 3));
    const options = optionsOf(match);
    const model = resultModel(result, { session, choice: match.chosen, base });
    await render(req, res, 'result', {
      title: model.heading,
      steps: stepLinks(match.id, 'result', true),
      base,
      model,
      photo: await pictureOf(services, page),
      patches: patchesOf(result.regions),
      painted: areasOf(result.regions.mask, result.input),
      cardOutline: result.calibration.card?.corners.map((corner) => corner.join(',')).join(' ') ?? null,
      chart: colourChart(result),
      pooled: pooledPhotos(result),
      kindNames: KIND_NAMES,
      news: await catalogNews(services, page.owner, result),
      palette: options.palette,
      dropsAssumed: options.dropPigment === undefined || options.dropDiluent === undefined,
      cups: USUAL_CUPS_ML.map(String),
      hairline: req.query.pair === 'hairline',
      filing: await filingLink(services, req, match.id),
    });
  });

  router.get('/matches/:id/result.json', async (req, res) => {
    const page = await shown(req, res);
    if (page) res.type('json').send(`${JSON.stringify(page.result)}\n`);
  });

  router.post('/matches/:id/settings', async (req, res) => {
    const page = await shown(req, res);
    if (!page) return;
    const options = optionsOf(page.match);
    const palette = textField(req, 'palette') || options.palette;
    const { cup } = parseMatchOptions({ cup: textField(req, 'cup') });
    const newest = textField(req, 'newest') === 'yes';
    await changeSettings(services, page.owner, page.match, { ...options, cup, palette }, newest);
    redirectAfterPost(res, `/matches/${page.match.id}/result`);
  });

  router.post('/matches/:id/choice', async (req, res) => {
    const page = await shown(req, res);
    if (!page) return;
    const { owner, match, result } = page;
    const code = textField(req, 'code');
    const catalogId = textField(req, 'catalog');
    const known = result.recommendations.some((r) => r.code === code && r.catalog.id === catalogId);
    if (code !== '' && !known) throw new StippleError('SMP_OPTION_INVALID', ENGLISH.result.thisResultHasNoShade(code));
    if (code === '') await clearChoice(services.db, owner, match.id, services.now());
    else {
      const reason = textField(req, 'reason').trim().slice(0, 300) || null;
      await chooseShade(services.db, owner, match.id, { catalogId, code, reason }, services.now());
    }
    await refreshAfterMatch(services, owner, match.id);
    redirectAfterPost(res, `/matches/${match.id}/result`);
  });

  router.get('/matches/:id/display.jpg', async (req, res) => {
    const record = await findPhoto(services.db, visitor(req), String(req.params.id), 'display');
    const bytes = record && (await services.photos.get(record.storageKey));
    if (!bytes) throw new StippleError('SMP_NOT_FOUND');
    res.set('Cache-Control', 'private, max-age=300').type('image/jpeg').send(bytes);
  });

  return router;
}
