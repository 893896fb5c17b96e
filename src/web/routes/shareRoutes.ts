import { type Request, type Response, Router } from 'express';
import { flagStates, whyHeldBack, whySendingWaits } from '../../app/consultations/decideFlags.ts';
import { getConsultation } from '../../app/consultations/editConsultation.ts';
import { planMatchesOf } from '../../app/consultations/matchesOf.ts';
import { recipeOf } from '../../app/consultations/recipe.ts';
import type { Services } from '../../app/services.ts';
import { createShare, USUAL_DAYS } from '../../app/shares/createShare.ts';
import { revokeShare, sharesOf } from '../../app/shares/manageShares.ts';
import { readShare, readSharePicture } from '../../app/shares/openShare.ts';
import { picturesOfStage, SHARED_STAGES } from '../../app/shares/sharedStages.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { CLIENT_TEXTS } from '../../language/clientTexts.ts';
import { shownDay, shownTime } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { TREATMENTS } from '../../preview/previewLooks.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { SHARE_PICTURES } from '../../storage/sharesRepo.ts';
import { actorFor } from '../actor.ts';
import { clientPage, languageOf, versionOf } from '../clientPage.ts';
import { redirectAfterPost, textField, textFields } from '../forms.ts';
import { END_NAMES } from '../previewForm.ts';
import { limitRate } from '../rateLimit.ts';
import { render } from '../render.ts';
import { keepForNextPage, takeOnce } from '../showOnce.ts';

const LINKS_A_MINUTE = 20;
const STATE_WORDS = {
  open: ENGLISH.preview.open,
  expired: ENGLISH.preview.expired,
  revoked: ENGLISH.preview.revoked,
} as const;

/** A consultation's links to its client: make, look at as the client will, list, revoke. */
export function shareRoutes(services: Services): Router {
  const router = Router();

  interface Typed {
    readonly match: string;
    readonly stages: readonly string[];
    readonly days: string;
    readonly message: string;
    readonly look: string;
  }

  async function show(
    req: Request,
    res: Response,
    consultation: ConsultationRecord,
    typed: Typed,
    fault: string | null,
  ) {
    const actor = actorFor(req, 'share:write');
    const base = `/consultations/${consultation.id}/share`;
    const states = await flagStates(services, actor, consultation);
    const waits = whySendingWaits(states);
    const matches = (await planMatchesOf(services, actor, consultation)).filter((match) => match.status === 'done');
    const ready = matches.filter((match) => recipeOf(match, consultation.session) !== null);
    const chosen = ready.find(({ id }) => id === typed.match) ?? ready[0];
    const treatment = TREATMENTS.find((each) => each === new URLSearchParams(typed.look).get('treatment')) ?? 'shaved';
    const secret = takeOnce(req, res, base);
    const listed = await sharesOf(services, actor, consultation);
    if (fault) res.status(422);
    await render(req, res, 'share', {
      title: fault ? ENGLISH.frame.errorTitle(ENGLISH.common.shareWithTheClient) : ENGLISH.common.shareWithTheClient,
      script: 'sharePage',
      problem: fault ? [{ text: fault, field: null }] : null,
      alias: consultation.alias,
      consultationHref: `/consultations/${consultation.id}`,
      action: base,
      waits,
      heldBack: whyHeldBack(states) !== null,
      flagsHref: `/consultations/${consultation.id}#flags`,
      link: secret === null ? null : `${req.protocol}://${req.get('host')}/s/${secret}`,
      photos: ready.map((match) => ({
        id: match.id,
        thumb: `/matches/${match.id}/display.jpg`,
        text: `${shownDay(match.createdAt)}, ${recipeOf(match, consultation.session)?.name}`,
        chosen: match.id === chosen?.id,
      })),
      // A photo whose shade is still open is said to be there, with the way to it.
      undecided: matches.filter((match) => !ready.includes(match)).map(({ id }) => `/matches/${id}/result`),
      stages: SHARED_STAGES.map((stage) => ({
        value: stage,
        text: CLIENT_TEXTS.en.stages[stage],
        ticked: typed.stages.includes(stage),
        // As the client will see it: both ends where there is a range.
        pictures: chosen
          ? picturesOfStage(stage, treatment).map(({ end }) => ({
              src: `/matches/${chosen.id}/preview.jpg?${lookQuery(typed.look, stage, end)}`,
              text: end && END_NAMES[end],
            }))
          : [],
      })),
      days: typed.days,
      message: typed.message,
      look: typed.look,
      previewHref: chosen ? `/matches/${chosen.id}/preview${typed.look ? `?${typed.look}` : ''}` : null,
      shares: listed.map(({ share, state, answers }) => ({
        state: STATE_WORDS[state],
        open: state === 'open',
        made: `${shownDay(share.createdAt)} by ${share.createdByName}`,
        ends: shownDay(share.expiresAt),
        opened: share.openedAt ? ENGLISH.preview.lastOpened(shownTime(share.openedAt)) : ENGLISH.preview.notOpenedYet,
        pin: share.pinHash !== null,
        version: versionOf(share),
        viewHref: `${base}/${share.id}`,
        revokeHref: `${base}/${share.id}/revoke`,
        answers: answers.map((answer) => ({
          text: answer.kind === 'approved' ? ENGLISH.preview.approvedBy(answer.name) : ENGLISH.preview.asksForChanges,
          note: answer.note,
          when: shownTime(answer.answeredAt),
        })),
      })),
    });
  }

  router.get('/consultations/:id/share', async (req, res) => {
    const actor = actorFor(req, 'share:write');
    const consultation = await getConsultation(services, actor, String(req.params.id));
    const text = (name: string) => (typeof req.query[name] === 'string' ? req.query[name] : '');
    const typed = {
      match: text('match'),
      stages: SHARED_STAGES,
      days: String(USUAL_DAYS),
      message: '',
      look: text('look'),
    };
    await show(req, res, consultation, typed, null);
  });

  const limit = limitRate(services.db, { name: 'share', limit: LINKS_A_MINUTE, windowMs: 60_000, now: services.now });

  router.post('/consultations/:id/share', limit, async (req, res) => {
    const actor = actorFor(req, 'share:write');
    const consultation = await getConsultation(services, actor, String(req.params.id));
    const typed = {
      match: textField(req, 'match'),
      stages: textFields(req, 'stage'),
      days: textField(req, 'days'),
      message: textField(req, 'message'),
      look: textField(req, 'look'),
    };
    try {
      const secret = await createShare(services, actor, consultation, {
        matchId: typed.match,
        stages: SHARED_STAGES.filter((stage) => typed.stages.includes(stage)),
        days: Number(typed.days),
        pin: textField(req, 'pin').trim(),
        message: typed.message,
        look: typed.look,
      });
      const base = `/consultations/${consultation.id}/share`;
      keepForNextPage(req, res, base, secret);
      redirectAfterPost(res, base);
    } catch (error) {
      if (!(error instanceof StippleError) || ERRORS[error.code].status !== 422) throw error;
      await show(req, res, consultation, typed, error.message);
    }
  });

  async function shareOf(req: Request) {
    const actor = actorFor(req, 'share:write');
    const consultation = await getConsultation(services, actor, String(req.params.id));
    const found = (await sharesOf(services, actor, consultation)).find(({ share }) => share.id === req.params.share);
    if (!found) throw new StippleError('SMP_NOT_FOUND');
    return { consultation, share: found.share };
  }

  router.get('/consultations/:id/share/:share', async (req, res) => {
    const { consultation, share } = await shareOf(req);
    const base = `/consultations/${consultation.id}/share/${share.id}`;
    const language = languageOf(req);
    const model = clientPage(await readShare(services, share), { language, stage: req.query.stage, base, typed: null });
    await render(req, res, 'shareView', {
      ...model,
      title: ENGLISH.preview.asTheClientSees,
      script: 'sharePage',
      answering: false,
      backHref: `/consultations/${consultation.id}/share`,
    });
  });

  for (const kind of SHARE_PICTURES) {
    router.get(`/consultations/:id/share/:share/${kind}.jpg`, async (req, res) => {
      const { share } = await shareOf(req);
      res.set('Cache-Control', 'private, max-age=300').type('image/jpeg');
      res.send(await readSharePicture(services, share, kind));
    });
  }

  router.post('/consultations/:id/share/:share/revoke', async (req, res) => {
    const { consultation, share } = await shareOf(req);
    await revokeShare(services, actorFor(req, 'share:write'), consultation, share.id);
    redirectAfterPost(res, `/consultations/${consultation.id}/share`);
  });

  return router;
}

/** The address of a picture as `createShare` will draw it. */
function lookQuery(look: string, stage: string, end: string | null): string {
  const query = new URLSearchParams(look);
  query.set('stage', stage);
  query.set('session', '3');
  query.set('mirror', '0');
  if (end) query.set('range', end);
  return query.toString();
}
