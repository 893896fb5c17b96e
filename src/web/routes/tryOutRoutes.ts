import { randomUUID } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { audienceOf, currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { getMatch, measureAgain, optionsOf } from '../../app/changeMatch.ts';
import { submitDemo } from '../../app/demo.ts';
import { eraseMatch } from '../../app/eraseMatch.ts';
import { STEP_WORDS, STEPS } from '../../app/jobBoard.ts';
import { learnedOptions } from '../../app/learning/learnStudio.ts';
import { parseMatchOptions } from '../../app/matchOptions.ts';
import type { MatchResult } from '../../app/matchResult.ts';
import { stepOfMatch, waitForMatch } from '../../app/matchStep.ts';
import type { Services } from '../../app/services.ts';
import { optionsFromSettings, readSettings } from '../../app/studioSettings.ts';
import { submitPhoto } from '../../app/submitPhoto.ts';
import { ERRORS, type ErrorCode, StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { USUAL_CUPS_ML } from '../../matching/drops.ts';
import { listMatches } from '../../storage/matchesRepo.ts';
import type { MatchRecord } from '../../storage/matchRecord.ts';
import { unusableReference } from '../calibrationForm.ts';
import { fileAsAsked, filingFields } from '../fileAsAsked.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { checkUploader, knownOwner, newOwner, visitor } from '../owner.ts';
import { received } from '../receive.ts';
import { recentView } from '../recentView.ts';
import { render } from '../render.ts';

/** A try-out that is ready by then is shown at once instead of a waiting page. */
const PATIENCE_MS = 1500;
const RECENT = 3;
const PAGE = 20;

interface HomeValues {
  readonly alias: string;
  readonly palette: string;
  readonly cup: string;
}

const FRESH: HomeValues = { alias: '', palette: 'demo-ash', cup: '1.5' };

/** Start page, upload, demo, waiting and history: how a photo comes in and where its try-outs are found again. */
export function tryOutRoutes(services: Services, upload: RequestHandler, keptDays: number): Router {
  const router = Router();

  async function showHome(req: Request, res: Response, values: HomeValues, problem: StippleError | null) {
    const owner = knownOwner(req);
    const catalogs = await currentCatalogs(services, audienceOf(owner));
    const recent = owner ? (await listMatches(services.db, owner, { limit: RECENT })).matches : [];
    if (problem) res.status(ERRORS[problem.code].status);
    await render(req, res, 'home', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.photo.matchAShade) : ENGLISH.photo.matchAShade,
      script: 'homePage',
      problem: problem ? [{ text: problem.message, field: 'photo' }] : null,
      values,
      catalogs: catalogs.map(({ id, name }) => ({ id, name })),
      cups: USUAL_CUPS_ML.map(String),
      submitKey: randomUUID(),
      demoKey: randomUUID(),
      recent: recent.map(recentView),
      ...(await filingFields(services, req)),
    });
  }

  router.get('/', async (req, res) => {
    // A supplier's people have nothing to match; their work is the catalogs.
    if (req.actor?.organisationKind === 'supplier') return redirectAfterPost(res, '/catalogs');
    const { cupMl } = await readSettings(services, knownOwner(req));
    await showHome(req, res, { ...FRESH, cup: String(cupMl) }, null);
  });

  router.post('/matches', checkUploader, async (req, res) => {
    let values = FRESH;
    try {
      await received(upload, req, res).finally(() => {
        values = {
          alias: textField(req, 'alias').trim(),
          palette: textField(req, 'palette') || FRESH.palette,
          cup: textField(req, 'cup') || FRESH.cup,
        };
      });
      if (!req.file) throw new StippleError('SMP_UPLOAD_MISSING');
      const settings = await readSettings(services, knownOwner(req));
      const asked = parseMatchOptions({ palette: values.palette, cup: values.cup });
      const options = { ...asked, ...optionsFromSettings(settings), ...(await learnedOptions(services, req.actor)) };
      const id = await submitPhoto(services, await newOwner(req), {
        path: req.file.path,
        alias: values.alias.slice(0, 60) || null,
        key: textField(req, 'key') || null,
        options,
      });
      await fileAsAsked(services, req, id);
      redirectAfterPost(res, `/matches/${id}`);
    } catch (error) {
      if (!(error instanceof StippleError) || ERRORS[error.code].status >= 500) throw error;
      await showHome(req, res, values, error);
    }
  });

  router.post('/demo', async (req, res) => {
    const id = await submitDemo(services, await newOwner(req), textField(req, 'key') || null);
    redirectAfterPost(res, `/matches/${id}`);
  });

  router.get('/matches/:id', async (req, res) => {
    const owner = visitor(req);
    const match = await waitForMatch(services, owner, req.params.id, PATIENCE_MS);
    if (!match) throw new StippleError('SMP_NOT_FOUND');
    const step = stepOfMatch(services, match);
    if (step) {
      await render(req, res, 'working', {
        title: ENGLISH.photo.measuringThePhoto,
        script: 'workingPage',
        pollHref: `/matches/${match.id}`,
        step,
        stepText: `${STEP_WORDS[step]} …`,
        stepNumber: STEPS.indexOf(step) + 1,
        stepCount: STEPS.length,
        stepNames: STEPS.map((each) => STEP_WORDS[each]),
      });
      return;
    }
    if (match.status === 'done') return res.redirect(303, nextPage(match));
    // A code that an older version stored may be gone.
    const stored = match.refusalCode ?? 'SMP_INTERRUPTED';
    const code = Object.hasOwn(ERRORS, stored) ? (stored as ErrorCode) : 'SMP_INTERNAL';
    res.status(match.refusalCode ? ERRORS[code].status : 200);
    await render(req, res, 'refused', {
      title: ENGLISH.photo.thisPhotoCouldNotBeMeasured,
      sentence: ERRORS[code].sentence,
      retryHref: ERRORS[code].status >= 500 ? `/matches/${match.id}/retry` : null,
    });
  });

  router.get('/matches/:id/step', async (req, res) => {
    const step = stepOfMatch(services, await getMatch(services, visitor(req), req.params.id));
    res.set('Cache-Control', 'no-store');
    res.json(
      step
        ? { done: false, text: `${STEP_WORDS[step]} …`, number: STEPS.indexOf(step) + 1 }
        : { done: true, text: ENGLISH.photo.done, number: STEPS.length },
    );
  });

  router.post('/matches/:id/retry', async (req, res) => {
    const owner = visitor(req);
    const match = await getMatch(services, owner, req.params.id);
    await measureAgain(services, owner, match, optionsOf(match));
    redirectAfterPost(res, `/matches/${match.id}`);
  });

  router.post('/matches/:id/erase', async (req, res) => {
    await eraseMatch(services, visitor(req), req.params.id);
    redirectAfterPost(res, '/history');
  });

  router.get('/history', async (req, res) => {
    if (req.actor) return res.redirect(303, '/consultations');
    const owner = knownOwner(req);
    const before = typeof req.query.before === 'string' ? req.query.before : undefined;
    const page = owner ? await listMatches(services.db, owner, { limit: PAGE, before }) : { matches: [], next: null };
    await render(req, res, 'history', {
      title: ENGLISH.photo.history,
      keptDays,
      recent: page.matches.map(recentView),
      older: page.next ? `/history?before=${encodeURIComponent(page.next)}` : null,
    });
  });

  return router;
}

/** The first page that needs the person: a reference that could not be used, a poor photo, missing regions, or the result. */
function nextPage(match: MatchRecord): string {
  const result = match.result as unknown as MatchResult;
  const base = `/matches/${match.id}`;
  if (unusableReference(optionsOf(match), result)) return `${base}/calibrate`;
  const missing = result.quality.some(
    (q) => q.level === 'fail' && (q.check === 'hairVisible' || q.check === 'skinVisible'),
  );
  if (result.quality.some((q) => q.level === 'fail' && q.check !== 'hairVisible' && q.check !== 'skinVisible'))
    return `${base}/photo`;
  if (missing || result.outcome === 'refused') return `${base}/regions`;
  return `${base}/result`;
}
