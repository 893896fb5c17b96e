import { once } from 'node:events';
import { type Request, type Response, Router } from 'express';
import {
  decideFlags,
  type FlagState,
  flagStates,
  whyHeldBack,
  whySendingWaits,
} from '../../app/consultations/decideFlags.ts';
import {
  editConsultation,
  getConsultation,
  recipeOfConsultation,
  repeatConsultation,
} from '../../app/consultations/editConsultation.ts';
import { countOfConsultation, eraseConsultation } from '../../app/consultations/eraseConsultation.ts';
import { exportCsv, exportJson } from '../../app/consultations/exportConsultations.ts';
import { lotsOf, recordLot } from '../../app/consultations/lotsOf.ts';
import { matchesOf } from '../../app/consultations/matchesOf.ts';
import { recipeText, shadeTextOf, statusWords } from '../../app/consultations/recipe.ts';
import { searchConsultations, unfiledOf } from '../../app/consultations/searchConsultations.ts';
import { STATUS_WORDS } from '../../app/consultations/vocabulary.ts';
import { followUpsOf } from '../../app/learning/recordFollowUp.ts';
import type { Services } from '../../app/services.ts';
import { StippleError } from '../../errors.ts';
import { shownDay } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { actorFor } from '../actor.ts';
import {
  fieldsView,
  flagsView,
  readConsultationForm,
  readFlagAnswers,
  textsOf,
  typedTexts,
} from '../consultationForm.ts';
import { consultationLine, erasureLines } from '../consultationView.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { healedLine } from '../learningView.ts';
import { recentView } from '../recentView.ts';
import { render } from '../render.ts';

const PAGE = 20;

type Texts = ReturnType<typeof textsOf>;
type Answers = ReturnType<typeof readFlagAnswers>;
interface Shown {
  readonly texts?: Texts;
  readonly answers?: Answers;
  readonly faults?: readonly { field: string; text: string }[];
  readonly status?: number;
}

/** History of a studio and one consultation: notes, flags, matches, next session, export, erasure. */
export function consultationRoutes(services: Services): Router {
  const router = Router();

  router.get('/consultations', async (req, res) => {
    const actor = actorFor(req, 'consultation:read');
    const text = queryText(req, 'q').slice(0, 100);
    const status = queryText(req, 'status');
    const before = queryText(req, 'before') || undefined;
    const page = await searchConsultations(services, actor, { text, status, before, limit: PAGE });
    const first = before === undefined && text === '' && status === '';
    const unfiled = first ? await unfiledOf(services, actor, sessionOf(req)) : [];
    const query = new URLSearchParams({ ...(text ? { q: text } : {}), ...(status ? { status } : {}) });
    await render(req, res, 'consultations', {
      title: ENGLISH.studio.consultations,
      text,
      statuses: Object.entries(STATUS_WORDS).map(([value, words]) => ({ value, words, selected: value === status })),
      searched: text !== '' || status !== '',
      lines: page.consultations.map(consultationLine),
      unfiled: unfiled.map((match) => ({ ...recentView(match), fileHref: `/consultations/new?match=${match.id}` })),
      older: page.next ? `/consultations?${new URLSearchParams([...query, ['before', page.next]])}` : null,
    });
  });

  router.get('/consultations/export.csv', async (req, res) => {
    const actor = actorFor(req, 'consultation:read');
    res.set('Content-Disposition', 'attachment; filename="consultations.csv"').type('text/csv; charset=utf-8');
    await sendPieces(res, exportCsv(services, actor));
  });

  router.get('/consultations/export.json', async (req, res) => {
    const actor = actorFor(req, 'consultation:read');
    res.set('Content-Disposition', 'attachment; filename="consultations.json"').type('json');
    await sendPieces(res, exportJson(services, actor));
  });

  async function show(req: Request, res: Response, consultation: ConsultationRecord, shown: Shown = {}) {
    const actor = actorFor(req, 'consultation:write');
    const { faults = [], texts = textsOf(consultation), answers = [] } = shown;
    const [matches, lots, states, recipe] = [
      await matchesOf(services, actor, consultation),
      await lotsOf(services, actor, consultation),
      await flagStates(services, actor, consultation),
      await recipeOfConsultation(services, actor, consultation),
    ];
    const healed = await followUpsOf(services, actor, consultation);
    const base = `/consultations/${consultation.id}`;
    if (faults.length > 0) res.status(shown.status ?? 422);
    await render(req, res, 'consultation', {
      title: `${faults.length > 0 ? ENGLISH.frame.errorTitle(ENGLISH.studio.text) : ''}${ENGLISH.records.sessionOfClient(consultation.alias, consultation.session)}`,
      problem: faults.length > 0 ? faults : null,
      base,
      clientHref: `/clients/${consultation.clientId}`,
      alias: consultation.alias,
      session: consultation.session,
      opened: shownDay(consultation.createdAt),
      technician: consultation.technicianName,
      status: statusWords(consultation.status),
      statusDay: shownDay(consultation.statusAt),
      changesNote: consultation.changesNote,
      previousHref: consultation.previousId && `/consultations/${consultation.previousId}`,
      revision: consultation.revision,
      recipe: recipe && {
        text: recipeText(recipe),
        name: recipe.name,
        drops: ENGLISH.studio.pigmentDiluentInAMlCup(recipe.pigmentDrops, recipe.diluentDrops, recipe.cupMl),
        source: ENGLISH.records.catalogVersion(recipe.catalogId, recipe.version),
        carried: !matches.some((match) => shadeTextOf(match, consultation.session) === recipeText(recipe)),
      },
      matches: matches.map((match) => ({
        ...recentView(match),
        text: shadeTextOf(match, consultation.session) ?? recentView(match).text,
        compareHref:
          match.status !== 'done' || healed.some(({ matchId }) => matchId === match.id)
            ? null
            : `${base}/follow-ups/new?match=${match.id}`,
        override: match.chosen?.reason ? ENGLISH.studio.chosenInsteadOfTheSuggestion(match.chosen.reason) : '',
      })),
      lots: lots.map(({ code, lot, recordedByName, recordedAt }) => ({
        text: ENGLISH.records.shadeAndLot(code, lot),
        when: `${recordedByName}, ${shownDay(recordedAt)}`,
      })),
      fields: fieldsView(texts),
      flags: flagsView([...states].sort(openFirst), answers),
      heldBack: whyHeldBack(states),
      waits: whySendingWaits(states),
      healed: healed.map(healedLine),
      addHref: `/?consultation=${consultation.id}`,
    });
  }

  const shownFor = async (req: Request) =>
    getConsultation(services, actorFor(req, 'consultation:write'), String(req.params.id));

  router.get('/consultations/:id', async (req, res) => {
    await show(req, res, await shownFor(req));
  });

  router.post('/consultations/:id', async (req, res) => {
    const actor = actorFor(req, 'consultation:write');
    const consultation = await shownFor(req);
    const texts = typedTexts(req);
    const form = readConsultationForm(texts);
    if (Array.isArray(form)) return show(req, res, consultation, { texts, faults: form });
    try {
      await editConsultation(services, actor, consultation, form, Number(textField(req, 'revision')));
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_CHANGED_MEANWHILE') throw error;
      const faults = [{ field: 'session', text: ENGLISH.studio.theFieldsShowWhatYouTyped(error.message) }];
      return show(req, res, consultation, { texts, faults, status: 409 });
    }
    redirectAfterPost(res, `/consultations/${consultation.id}`);
  });

  router.post('/consultations/:id/flags', async (req, res) => {
    const actor = actorFor(req, 'consultation:write');
    const consultation = await shownFor(req);
    const answers = readFlagAnswers(req, await flagStates(services, actor, consultation));
    try {
      await decideFlags(services, actor, consultation, answers);
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_OPTION_INVALID') throw error;
      return show(req, res, consultation, { answers, faults: [{ field: 'flags', text: error.message }] });
    }
    redirectAfterPost(res, `/consultations/${consultation.id}#flags`);
  });

  router.post('/consultations/:id/lots', async (req, res) => {
    const actor = actorFor(req, 'consultation:write');
    const consultation = await shownFor(req);
    try {
      await recordLot(services, actor, consultation, textField(req, 'lot'));
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_OPTION_INVALID') throw error;
      return show(req, res, consultation, { faults: [{ field: 'lot', text: error.message }] });
    }
    redirectAfterPost(res, `/consultations/${consultation.id}#mix`);
  });

  router.post('/consultations/:id/repeat', async (req, res) => {
    const actor = actorFor(req, 'consultation:write');
    redirectAfterPost(res, `/consultations/${await repeatConsultation(services, actor, await shownFor(req))}`);
  });

  router.get('/consultations/:id/erase', async (req, res) => {
    const actor = actorFor(req, 'consultation:erase');
    const consultation = await shownFor(req);
    await render(req, res, 'erase', {
      title: ENGLISH.studio.eraseThisConsultation2,
      lead: ENGLISH.records.sessionOpened(consultation.alias, consultation.session, shownDay(consultation.createdAt)),
      goes: erasureLines(await countOfConsultation(services, actor, consultation.id)),
      stays: ENGLISH.studio.whatWasLearnedAboutShadesLots,
      action: `/consultations/${consultation.id}/erase`,
      backHref: `/consultations/${consultation.id}`,
    });
  });

  router.post('/consultations/:id/erase', async (req, res) => {
    await eraseConsultation(services, actorFor(req, 'consultation:erase'), req.params.id);
    redirectAfterPost(res, '/consultations');
  });

  return router;
}

/** What still has to be decided comes first. */
const openFirst = (one: FlagState, other: FlagState): number =>
  Number(one.decided !== null) - Number(other.decided !== null);

function queryText(req: Request, name: string): string {
  const value = req.query[name];
  return typeof value === 'string' ? value : '';
}

/** Try-outs this browser made before somebody signed in. */
function sessionOf(req: Request) {
  const { known } = req.browserSession;
  return known && { browserSessionId: known.id };
}

/** Sends text as it is made and waits when the reader is slower. */
async function sendPieces(res: Response, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    if (res.destroyed) return;
    if (!res.write(piece)) await Promise.race([once(res, 'drain'), once(res, 'close')]);
  }
  res.end();
}
