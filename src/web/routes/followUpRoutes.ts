import { type Request, type Response, Router } from 'express';
import { currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { getConsultation, recipeOfConsultation } from '../../app/consultations/editConsultation.ts';
import { lotsOf } from '../../app/consultations/lotsOf.ts';
import { changeStudioPolicy, readStudioPolicy } from '../../app/consultations/studioPolicy.ts';
import { readLearning } from '../../app/learning/learnStudio.ts';
import {
  countFollowUp,
  followUpFormSchema,
  HEALED_AFTER_DAYS,
  recordFollowUp,
  removeFollowUp,
} from '../../app/learning/recordFollowUp.ts';
import type { Services } from '../../app/services.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { actorFor } from '../actor.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { learningView } from '../learningView.ts';
import { render } from '../render.ts';

const FIELDS = ['treatedOn', 'shade', 'partsDiluent', 'densityPerCm2', 'lot'] as const;
type Texts = Record<(typeof FIELDS)[number], string>;
interface Fault {
  readonly field: string;
  readonly text: string;
}

/** Healed results: comparing one with its prediction, and what the studio learns from all of them. */
export function followUpRoutes(services: Services): Router {
  const router = Router();

  async function startingTexts(consultation: ConsultationRecord, actor: Parameters<typeof lotsOf>[1], matchId: string) {
    const recipe = await recipeOfConsultation(services, actor, consultation, matchId);
    const lots = await lotsOf(services, actor, consultation);
    return {
      treatedOn: consultation.treatedOn ?? '',
      shade: recipe ? `${recipe.catalogId}/${recipe.version}/${recipe.code}` : '',
      partsDiluent: recipe ? String(Number(recipe.partsDiluent.toFixed(2))) : '',
      densityPerCm2: recipe ? String(recipe.densityPerCm2) : '',
      lot: lots.findLast(({ code }) => code === recipe?.code)?.lot ?? '',
    } satisfies Texts;
  }

  async function showNew(req: Request, res: Response, matchId: string, texts: Texts | null, faults: readonly Fault[]) {
    const actor = actorFor(req, 'followUp:write');
    const consultation = await getConsultation(services, actor, String(req.params.id));
    const values = texts ?? (await startingTexts(consultation, actor, matchId));
    const catalogs = await currentCatalogs(services, 'members');
    const shades = catalogs.flatMap(({ id, version, shades: all }) =>
      all.map(({ code, name }) => ({ value: `${id}/${version}/${code}`, text: `${code} ${name} (${id})` })),
    );
    const isListed = values.shade === '' || shades.some(({ value }) => value === values.shade);
    const own = isListed ? [] : [{ value: values.shade, text: ENGLISH.studio.asPlanned(values.shade.split('/')[2]!) }];
    if (faults.length > 0) res.status(422);
    await render(req, res, 'followUpNew', {
      title: faults.length > 0 ? ENGLISH.frame.errorTitle(ENGLISH.studio.healedResult) : ENGLISH.studio.healedResult,
      problem: faults.length > 0 ? faults : null,
      alias: consultation.alias,
      action: `/consultations/${consultation.id}/follow-ups`,
      backHref: `/consultations/${consultation.id}`,
      regionsHref: `/matches/${matchId}/regions`,
      matchId,
      days: HEALED_AFTER_DAYS,
      several: consultation.session > 1,
      values,
      shades: [...own, ...shades].map((shade) => ({ ...shade, selected: shade.value === values.shade })),
    });
  }

  router.get('/consultations/:id/follow-ups/new', async (req, res) => {
    await showNew(req, res, typeof req.query.match === 'string' ? req.query.match : '', null, []);
  });

  router.post('/consultations/:id/follow-ups', async (req, res) => {
    const actor = actorFor(req, 'followUp:write');
    const consultation = await getConsultation(services, actor, req.params.id);
    const texts = Object.fromEntries(FIELDS.map((name) => [name, textField(req, name).trim()])) as Texts;
    const matchId = textField(req, 'match');
    const [catalogId, version, ...code] = texts.shade.split('/');
    const parsed = followUpFormSchema.safeParse({
      ...texts,
      ...{ catalogId, version, code: code.join('/') },
      partsDiluent: texts.partsDiluent === '' ? Number.NaN : texts.partsDiluent.replace(',', '.'),
      densityPerCm2: texts.densityPerCm2 === '' ? Number.NaN : texts.densityPerCm2.replace(',', '.'),
    });
    if (!parsed.success) {
      const shadeFields = new Set(['catalogId', 'version', 'code']);
      const faults = parsed.error.issues.map(({ path, message }) =>
        shadeFields.has(String(path[0]))
          ? { field: 'shade', text: ENGLISH.studio.chooseTheShadeThatWasUsed }
          : { field: String(path[0]), text: message },
      );
      return showNew(
        req,
        res,
        matchId,
        texts,
        faults.filter(({ field }, i) => faults.findIndex((f) => f.field === field) === i),
      );
    }
    try {
      await recordFollowUp(services, actor, consultation, matchId, parsed.data);
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_OPTION_INVALID') throw error;
      return showNew(req, res, matchId, texts, [{ field: 'treatedOn', text: error.message }]);
    }
    redirectAfterPost(res, `/consultations/${consultation.id}`);
  });

  router.get('/learning', async (req, res) => {
    const learning = await readLearning(services, actorFor(req, 'followUp:write'));
    await render(req, res, 'learning', {
      title: ENGLISH.studio.whatHealedResultsHaveTaught,
      ...learningView(learning),
    });
  });

  router.post('/learning', async (req, res) => {
    const actor = actorFor(req, 'followUp:write');
    await changeStudioPolicy(services, actor, { learn: textField(req, 'learn') === 'yes' });
    redirectAfterPost(res, '/learning');
  });

  router.post('/learning/shades', async (req, res) => {
    const actor = actorFor(req, 'followUp:write');
    const key = textField(req, 'key').slice(0, 140);
    const { unlearned } = await readStudioPolicy(services, actor);
    const others = unlearned.filter((one) => one !== key);
    const without = textField(req, 'learn') === 'yes' || key === '' ? others : [...others, key];
    await changeStudioPolicy(services, actor, { unlearned: without });
    redirectAfterPost(res, '/learning');
  });

  router.post('/follow-ups/:id', async (req, res) => {
    const actor = actorFor(req, 'followUp:write');
    await countFollowUp(services, actor, req.params.id, textField(req, 'counts') === 'yes');
    redirectAfterPost(res, '/learning');
  });

  router.post('/follow-ups/:id/remove', async (req, res) => {
    await removeFollowUp(services, actorFor(req, 'followUp:write'), req.params.id);
    redirectAfterPost(res, '/learning');
  });

  return router;
}
