import { type Request, Router } from 'express';
import { previewKit } from '../../app/previewKit.ts';
import { matchPreviews } from '../../app/previewOfMatch.ts';
import { parsePreviewOptions } from '../../app/previewOptions.ts';
import { previewShade } from '../../app/previewShade.ts';
import { previewWords } from '../../app/previewWords.ts';
import type { Services } from '../../app/services.ts';
import { ENGLISH } from '../../language/english.ts';
import { endsOf } from '../../preview/previewLooks.ts';
import { AREA_PRESETS, writeArea } from '../../preview/treatedArea.ts';
import { consultationIdOf } from '../../storage/consultationMatchesRepo.ts';
import { stepLinks } from '../matchPages.ts';
import { chooseFields, END_NAMES, lookText } from '../previewForm.ts';
import { render } from '../render.ts';
import { shownMatch } from '../shownMatch.ts';

const MOST_SIDE_BY_SIDE = 3;

/** The preview studio: a form with server-drawn pictures, which the browser draws itself where it can. */
export function previewStudioRoutes(services: Services): Router {
  const router = Router();

  router.get('/matches/:id/preview', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (!page) return;
    const { owner, match, result } = page;
    const options = parsePreviewOptions(queryOf(req));
    const { scene } = await matchPreviews(services, owner, match);
    const base = `/matches/${match.id}`;
    if (result.recommendations.length === 0) return res.redirect(303, `${base}/result`);
    const current = previewShade(result, options, match.chosen);
    const shades = result.recommendations.map(({ code, name, catalog }) => ({
      value: `${catalog.id}/${code}`,
      text: `${name} (${code})`,
      chosen: code === current.code && catalog.id === current.catalogId,
    }));
    const look = lookText(options);
    const pictureOf = (change: Record<string, string>) =>
      `${base}/preview.jpg?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(look)), ...change })}`;
    const shown = { catalog: current.catalogId, code: current.code };
    const ends = endsOf(options.stage, options.treatment);
    // Both places stand in the page for either: a range is two pictures, and the script may show the other.
    const endsShown = (shade: Record<string, string>) =>
      (['lightest', 'darkest'] as const).map((end, i) => ({
        id: end,
        hidden: i >= ends.length,
        name: ends.length > 1 ? END_NAMES[end] : ENGLISH.common.after,
        caption: END_NAMES[end],
        src: i < ends.length ? pictureOf({ ...shade, ...(ends.length > 1 ? { range: end } : {}) }) : null,
      }));
    const side = shades.filter(({ value }) => sideOf(req).includes(value)).slice(0, MOST_SIDE_BY_SIDE);
    const consultationId =
      'organisationId' in owner ? await consultationIdOf(services.db, owner.organisationId, match.id) : null;
    await render(req, res, 'preview', {
      title: ENGLISH.common.preview,
      script: 'previewPage',
      steps: stepLinks(match.id, 'result', true),
      base,
      widthPx: scene.widthPx,
      heightPx: scene.heightPx,
      mirrored: options.mirror,
      // In the light of the pictures: between two lights the skin itself would seem to change.
      beforeSrc:
        options.light === 'd65'
          ? `${base}/display.jpg`
          : `${base}/preview.jpg?${new URLSearchParams({ light: options.light, mask: 'none' })}`,
      comparisons: endsShown(shown),
      shades,
      fields: chooseFields(options),
      presets: AREA_PRESETS.map((value) => ({ value, chosen: options.mask.preset === value })),
      mask: writeArea(options.mask),
      seed: options.seed,
      sentences: previewWords(scene, options),
      side: side.map(({ value, text }) => {
        const [catalog, code] = value.split('/') as [string, string];
        return { value, text, ends: endsShown({ catalog, code }) };
      }),
      sideChosen: side.map(({ value }) => value),
      downloadHref: pictureOf(shown),
      shareHref: consultationId
        ? `/consultations/${consultationId}/share?${new URLSearchParams({ match: match.id, look: `${look}&${new URLSearchParams(shown)}` })}`
        : null,
    });
  });

  router.get('/matches/:id/preview.json', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (!page) return;
    res.set('Cache-Control', 'private, max-age=300').json(await previewKit(services, page.owner, page.match));
  });

  return router;
}

/** The form sends shade and area as one choice each; the address of a picture names their parts. */
function queryOf(req: Request): Record<string, unknown> {
  const { shade, preset, side: _side, mirror, ...rest } = req.query;
  const [catalog, code] = typeof shade === 'string' ? (shade.split('/') as [string, string?]) : [];
  const mask = typeof rest.mask === 'string' ? rest.mask : 'auto';
  return {
    ...rest,
    ...(code ? { catalog, code } : {}),
    ...(typeof preset === 'string' ? { mask: [preset, ...mask.split('.').slice(1)].join('.') } : {}),
    ...(mirror === undefined ? {} : { mirror }),
  };
}

function sideOf(req: Request): string[] {
  const { side } = req.query;
  return (Array.isArray(side) ? side : [side]).filter((value) => typeof value === 'string');
}
