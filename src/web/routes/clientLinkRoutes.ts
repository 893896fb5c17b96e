import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Services } from '../../app/services.ts';
import { approveShare, askForChanges } from '../../app/shares/answerShare.ts';
import {
  findOpenShare,
  isPinOf,
  isUnlocked,
  keyOfPin,
  type OpenShare,
  readShare,
  readSharePicture,
  recordOpening,
} from '../../app/shares/openShare.ts';
import { StippleError } from '../../errors.ts';
import { CLIENT_TEXTS } from '../../language/clientTexts.ts';
import { SHARE_PICTURES, type ShareRecord } from '../../storage/sharesRepo.ts';
import { clientPage, languageOf, type TypedAnswer, versionOf } from '../clientPage.ts';
import { clientSummaryPdf } from '../clientSummaryPdf.ts';
import { redirectAfterPost, textField, textFields } from '../forms.ts';
import { limitRate } from '../rateLimit.ts';
import { render } from '../render.ts';

const PIN_COOKIE = 'stipple-pin';
const PIN_TRIES = 5;
const PIN_WINDOW_MS = 15 * 60 * 1000;

/** What a client opens without an account: `/s/:token`. GET and HEAD change nothing. */
export function clientLinkRoutes(services: Services, secure: boolean): Router {
  const router = Router();

  // The address itself lets somebody in: it must not travel on, be kept or be found.
  router.use('/s/:token', (_req, res, next) => {
    res.set('Referrer-Policy', 'no-referrer');
    res.set('Cache-Control', 'private, no-store');
    res.set('X-Robots-Tag', 'noindex, nofollow, noarchive');
    next();
  });

  const baseOf = (token: string) => `/s/${token}`;
  const pinKeyOf = (req: Request) =>
    new RegExp(`(?:^|;\\s*)${PIN_COOKIE}=([A-Za-z0-9_-]+)`).exec(req.headers.cookie ?? '')?.[1] ?? null;

  /** The share, or null once the visitor was told why not. */
  async function opened(req: Request, res: Response): Promise<ShareRecord | null> {
    const token = String(req.params.token);
    const language = languageOf(req);
    const texts = CLIENT_TEXTS[language];
    try {
      const share = await findOpenShare(services, token);
      if (isUnlocked(share, token, pinKeyOf(req))) return share;
      res.status(401);
      await showPin(req, res, null);
    } catch (error) {
      if (!(error instanceof StippleError) || !['SMP_LINK_OVER', 'SMP_NOT_FOUND'].includes(error.code)) throw error;
      const over = error.code === 'SMP_LINK_OVER';
      res.status(over ? 410 : 404);
      await render(req, res, 'clientClosed', {
        title: over ? texts.overTitle : texts.notFoundTitle,
        language,
        texts,
        sentence: over ? texts.over : texts.notFound,
      });
    }
    return null;
  }

  async function showPin(req: Request, res: Response, fault: string | null) {
    const language = languageOf(req);
    const texts = CLIENT_TEXTS[language];
    await render(req, res, 'clientPin', {
      title: fault ? `Error: ${texts.pinTitle}` : texts.pinTitle,
      script: 'clientPage',
      language,
      texts,
      problem: fault ? [{ text: fault, field: 'pin' }] : null,
      action: `${baseOf(String(req.params.token))}/pin?${new URLSearchParams({ lang: language })}`,
    });
  }

  async function showPage(req: Request, res: Response, open: OpenShare, typed: TypedAnswer | null) {
    const model = clientPage(open, {
      language: languageOf(req),
      stage: req.query.stage,
      base: baseOf(String(req.params.token)),
      typed,
    });
    if (model.problem) res.status(422);
    await render(req, res, 'clientLink', {
      ...model,
      title: model.problem ? `Error: ${model.texts.title}` : model.texts.title,
      script: 'clientPage',
      answering: true,
    });
  }

  router.get('/s/:token', async (req, res) => {
    const share = await opened(req, res);
    if (share) await showPage(req, res, await readShare(services, share), null);
  });

  for (const kind of SHARE_PICTURES) {
    router.get(`/s/:token/${kind}.jpg`, async (req, res) => {
      const share = await opened(req, res);
      if (share) res.type('image/jpeg').send(await readSharePicture(services, share, kind));
    });
  }

  router.get('/s/:token/summary.pdf', async (req, res) => {
    const share = await opened(req, res);
    if (!share) return;
    const open = await readShare(services, share);
    const model = clientPage(open, { language: languageOf(req), stage: null, base: '', typed: null });
    const pictures = await Promise.all(
      open.pictures.map(async (kind) => ({
        text: model.texts.pictures[kind],
        bytes: await readSharePicture(services, share, kind),
      })),
    );
    res.attachment(`plan-${versionOf(share)}.pdf`).type('application/pdf');
    res.send(await clientSummaryPdf(model, pictures));
  });

  const pinLimit = limitRate(services.db, {
    name: 'share-pin',
    limit: PIN_TRIES,
    windowMs: PIN_WINDOW_MS,
    failuresOnly: true,
    keyOf: (req) => String(req.params.token),
    now: services.now,
  });
  const limitPin: RequestHandler = (req, res, next) => {
    void pinLimit(req, res, (error?: unknown) => {
      if (!(error instanceof StippleError) || error.code !== 'SMP_RATE_LIMITED') return next(error);
      res.status(429);
      void showPin(req, res, CLIENT_TEXTS[languageOf(req)].tooMany).catch(next);
    });
  };

  router.post('/s/:token/pin', limitPin, async (req, res) => {
    const token = String(req.params.token);
    const share = await findOpenShare(services, token).catch(() => null);
    if (!share) return void (await opened(req, res));
    const language = languageOf(req);
    if (!(await isPinOf(share, textField(req, 'pin').trim()))) {
      res.status(422);
      return showPin(req, res, CLIENT_TEXTS[language].pinWrong);
    }
    const maxAge = Date.parse(share.expiresAt) - services.now().getTime();
    res.cookie(PIN_COOKIE, keyOfPin(share, token), {
      httpOnly: true,
      sameSite: 'strict',
      secure,
      path: baseOf(token),
      maxAge,
    });
    redirectAfterPost(res, `${baseOf(token)}?${new URLSearchParams({ lang: language })}`);
  });

  router.post('/s/:token/opened', async (req, res) => {
    const share = await opened(req, res);
    if (!share) return;
    await recordOpening(services, share);
    res.status(204).end();
  });

  router.post('/s/:token/answer', async (req, res) => {
    const share = await opened(req, res);
    if (!share) return;
    const typed = {
      ticks: textFields(req, 'tick'),
      name: textField(req, 'name').trim(),
      note: textField(req, 'note').trim(),
    };
    const wantsChanges = textField(req, 'answer') === 'changes';
    try {
      if (wantsChanges) await askForChanges(services, share, { ...typed, name: textField(req, 'changesName') });
      else await approveShare(services, share, typed);
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_ANSWER_INCOMPLETE') throw error;
      const { missingNote, missingTick, missingName } = CLIENT_TEXTS[languageOf(req)];
      const faults = wantsChanges
        ? [{ text: missingNote, field: 'note' }]
        : [
            ...(typed.ticks.length < 3 ? [{ text: missingTick, field: 'tick-simulation' }] : []),
            ...(typed.name === '' ? [{ text: missingName, field: 'name' }] : []),
          ];
      return showPage(req, res, await readShare(services, share), { ...typed, faults });
    }
    redirectAfterPost(res, `${baseOf(String(req.params.token))}${queryOf(req)}#answer`);
  });

  return router;
}

function queryOf(req: Request): string {
  const stage = typeof req.query.stage === 'string' ? req.query.stage.slice(0, 20) : 'healed';
  return `?${new URLSearchParams({ stage, lang: languageOf(req) })}`;
}
