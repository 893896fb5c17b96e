import { type Request, type Response, Router } from 'express';
import { measureAgain, optionsOf } from '../../app/changeMatch.ts';
import type { Measurement } from '../../app/measurePhoto.ts';
import type { Services } from '../../app/services.ts';
import { ENGLISH } from '../../language/english.ts';
import { clientView, readClient } from '../clientAnswers.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { areasOf, KIND_NAMES, patchesOf, stepLinks } from '../matchPages.ts';
import { AXES, NOTHING_MARKED, readRegions, rowsOf, typedRows } from '../regionForm.ts';
import { render } from '../render.ts';
import { pictureOf, type ShownMatch, shownMatch } from '../shownMatch.ts';
import { suggestedAreas } from '../suggestedAreas.ts';

/** Where skin and hair were found, and the form that corrects it. */
export function regionRoutes(services: Services): Router {
  const router = Router();

  async function show(req: Request, res: Response, page: ShownMatch, problem: string | null): Promise<void> {
    const { match, result } = page;
    const given = optionsOf(match);
    const mask = problem ? textField(req, 'mask') : (given.mask ?? '');
    // Boxes that only show where painted areas lie are no patches.
    const regions = mask === '' ? result.regions : { ...result.regions, skin: given.skin, hair: given.hair };
    const patches = patchesOf({ ...result.regions, ...regions, mask: undefined } as typeof result.regions);
    const count = (kind: string) => patches.filter((patch) => patch.kind === kind).length;
    const missing = result.quality.filter(
      (q) => q.level === 'fail' && (q.check === 'hairVisible' || q.check === 'skinVisible'),
    );
    const measurement = match.proposal as Partial<Measurement> | null;
    const { areas, foreign } = suggestedAreas(measurement, result.input);
    if (problem) res.status(422);
    await render(req, res, 'regions', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.photo.regions) : ENGLISH.photo.regions,
      script: 'regionsPage',
      problem: problem ? [{ text: problem, field: 'hair-0-x' }] : null,
      steps: stepLinks(match.id, 'regions', true),
      photo: await pictureOf(services, page),
      notes: missing.map((entry) => `${entry.message} ${entry.fix}`),
      summary:
        result.regions.source === 'automatic'
          ? ENGLISH.photo.stippleSuggestsThesePatchesAdd
          : ENGLISH.photo.theseAreYourAreas,
      action: `/matches/${match.id}/regions`,
      resultHref: `/matches/${match.id}/result`,
      patches,
      areas,
      foreign,
      painted: areasOf(mask, result.input),
      suggested: measurement?.suggested ?? '',
      mask,
      patchSummary: ENGLISH.photo.patchesOf(count('hair'), count('skin'), count('avoid')),
      patchPx: Math.max(20, Math.round(Math.min(result.input.widthPx, result.input.heightPx) / 10)),
      kindNames: KIND_NAMES,
      kind: count('hair') === 0 && mask === '' ? 'hair' : 'skin',
      rows: problem ? typedRows(req.body) : rowsOf({ ...result.regions, ...regions } as typeof result.regions),
      axes: AXES,
      showNumbers: problem !== null,
      client: clientView(given),
      chooseColour: missing.some(({ check }) => check === 'hairVisible') || given.hairColour !== undefined,
    });
  }

  router.get('/matches/:id/regions', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (page) await show(req, res, page, null);
  });

  router.post('/matches/:id/regions', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (!page) return;
    const { owner, match, result } = page;
    const { mask: _, hairColour: __, fitzpatrick: ___, ...kept } = optionsOf(match);
    const reset = textField(req, 'action') === 'reset';
    const read = reset ? { skin: [], hair: [], avoid: [] } : readRegions(req.body, result.input);
    if (typeof read === 'string') return show(req, res, page, read);
    const marked = read.skin.length + read.hair.length + read.avoid.length > 0 || 'mask' in read;
    if (!reset && !marked) return show(req, res, page, NOTHING_MARKED);
    await measureAgain(services, owner, match, { ...kept, ...readClient(req.body), ...read });
    redirectAfterPost(res, 'tap.x' in (req.body as object) ? `/matches/${match.id}/regions` : `/matches/${match.id}`);
  });

  return router;
}
