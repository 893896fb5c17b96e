import { type Request, type Response, Router } from 'express';
import { changeSettings, measureAgain, optionsOf } from '../../app/changeMatch.ts';
import { parseMatchOptions } from '../../app/matchOptions.ts';
import type { Services } from '../../app/services.ts';
import { StippleError } from '../../errors.ts';
import { USUAL_CUPS_ML } from '../../matching/drops.ts';
import { chooseShade, clearChoice } from '../../storage/matchesRepo.ts';
import { findPhoto, type PhotoKind } from '../../storage/photosRepo.ts';
import { colourChart } from '../colourChart.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { circledFaults, KIND_NAMES, patchesOf, stepLinks } from '../matchPages.ts';
import { visitor } from '../owner.ts';
import { AXES, readPatches, rowsOf, typedRows } from '../regionForm.ts';
import { render } from '../render.ts';
import { qualityView, resultModel } from '../resultModel.ts';
import { pictureOf, type ShownMatch, shownMatch } from '../shownMatch.ts';

/** Pages of one measured match: photo check, regions, result, and what can be changed there. */
export function matchRoutes(services: Services): Router {
  const router = Router();

  const shown = (req: Request, res: Response) => shownMatch(services, req, res);

  router.get('/matches/:id/photo', async (req, res) => {
    const page = await shown(req, res);
    if (!page) return;
    const { match, result } = page;
    const failed = result.quality.some((entry) => entry.level === 'fail');
    await render(req, res, 'photo', {
      title: 'Photo check',
      steps: stepLinks(match.id, 'photo', true),
      photo: await pictureOf(services, page),
      faults: circledFaults(result),
      ...qualityView(result.quality, `/matches/${match.id}`),
      failed,
      summary: failed
        ? 'Something in this photo makes its colours unreliable. Places that can be pointed at are circled.'
        : 'This photo can be measured. What could still be better is listed here.',
      continueHref: `/matches/${match.id}/${result.outcome === 'refused' ? 'regions' : 'result'}`,
    });
  });

  async function showRegions(req: Request, res: Response, page: ShownMatch, problem: string | null) {
    const { match, result } = page;
    const patches = patchesOf(result.regions);
    const count = (kind: string) => patches.filter((patch) => patch.kind === kind).length;
    const missing = result.quality.filter(
      (q) => q.level === 'fail' && (q.check === 'hairVisible' || q.check === 'skinVisible'),
    );
    if (problem) res.status(422);
    await render(req, res, 'regions', {
      title: problem ? 'Error: Regions' : 'Regions',
      script: 'regionsPage',
      problem: problem ? [{ text: problem, field: 'hair-0-x' }] : null,
      steps: stepLinks(match.id, 'regions', true),
      photo: await pictureOf(services, page),
      notes: missing.map((entry) => `${entry.message} ${entry.fix}`),
      summary:
        result.regions.source === 'automatic'
          ? 'Stipple suggests these patches. Add or remove some if they are not where the hair and the bare skin are.'
          : 'These are your patches.',
      action: `/matches/${match.id}/regions`,
      resultHref: `/matches/${match.id}/result`,
      patches,
      patchSummary: `${count('hair')} hair, ${count('skin')} skin, ${count('avoid')} left out`,
      patchPx: Math.max(20, Math.round(Math.min(result.input.widthPx, result.input.heightPx) / 10)),
      kindNames: KIND_NAMES,
      kind: count('hair') === 0 ? 'hair' : 'skin',
      rows: problem ? typedRows(req.body) : rowsOf(result.regions),
      axes: AXES,
      showNumbers: problem !== null,
    });
  }

  router.get('/matches/:id/regions', async (req, res) => {
    const page = await shown(req, res);
    if (page) await showRegions(req, res, page, null);
  });

  router.post('/matches/:id/regions', async (req, res) => {
    const page = await shown(req, res);
    if (!page) return;
    const { owner, match, result } = page;
    const reset = textField(req, 'action') === 'reset';
    const read = reset ? { skin: [], hair: [], avoid: [] } : readPatches(req.body, result.input);
    if (typeof read === 'string') return showRegions(req, res, page, read);
    if (!reset && read.skin.length + read.hair.length + read.avoid.length === 0) {
      return showRegions(req, res, page, 'Add at least one patch of skin and one of hair, or reset to the suggestion.');
    }
    await measureAgain(services, owner, match, { ...optionsOf(match), ...read });
    redirectAfterPost(res, 'tap.x' in (req.body as object) ? `/matches/${match.id}/regions` : `/matches/${match.id}`);
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
      cardOutline: result.calibration.card?.corners.map((corner) => corner.join(',')).join(' ') ?? null,
      chart: colourChart(result),
      kindNames: KIND_NAMES,
      palette: options.palette,
      dropsAssumed: options.dropPigment === undefined || options.dropDiluent === undefined,
      cups: USUAL_CUPS_ML.map(String),
      hairline: req.query.pair === 'hairline',
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
    await changeSettings(services, page.owner, page.match, { ...options, cup, palette });
    redirectAfterPost(res, `/matches/${page.match.id}/result`);
  });

  router.post('/matches/:id/choice', async (req, res) => {
    const page = await shown(req, res);
    if (!page) return;
    const { owner, match, result } = page;
    const code = textField(req, 'code');
    const catalogId = textField(req, 'catalog');
    const known = result.recommendations.some((r) => r.code === code && r.catalog.id === catalogId);
    if (code !== '' && !known) throw new StippleError('SMP_OPTION_INVALID', `This result has no shade "${code}".`);
    if (code === '') await clearChoice(services.db, owner, match.id, services.now());
    else {
      const reason = textField(req, 'reason').trim().slice(0, 300) || null;
      await chooseShade(services.db, owner, match.id, { catalogId, code, reason }, services.now());
    }
    redirectAfterPost(res, `/matches/${match.id}/result`);
  });

  const pictures: [string, PhotoKind, string][] = [
    ['display.jpg', 'display', 'image/jpeg'],
    ['overlay.png', 'overlay', 'image/png'],
  ];
  for (const [file, kind, type] of pictures) {
    router.get(`/matches/:id/${file}`, async (req, res) => {
      const record = await findPhoto(services.db, visitor(req), String(req.params.id), kind);
      const bytes = record && (await services.photos.get(record.storageKey));
      if (!bytes) throw new StippleError('SMP_NOT_FOUND');
      res.set('Cache-Control', 'private, max-age=300').type(type).send(bytes);
    });
  }

  return router;
}
