import { type Request, type Response, Router } from 'express';
import { type DiluentOutcome, openDiluent, saveDiluent } from '../../app/catalogs/editDiluent.ts';
import { discardDraft } from '../../app/catalogs/editShade.ts';
import type { Services } from '../../app/services.ts';
import type { Problem } from '../../catalog/problem.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { actorFor } from '../actor.ts';
import { agoText, catalogFrame, catalogPath, diluentPath, seenOf } from '../catalogPages.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { render } from '../render.ts';

const FIELD_WORDS: Readonly<Record<string, string>> = {
  code: ENGLISH.catalogs.diluentCode,
  name: ENGLISH.catalogs.diluentName,
  sterile: ENGLISH.catalogs.isTheBottleSterile,
};

const MOST_NAMED = 12;

/** Diluents of a catalog: adding one, its name and sterility. Their lots are on the page of lots. */
export function catalogDiluentRoutes(services: Services): Router {
  const router = Router();

  interface DiluentForm {
    readonly code: string | null;
    readonly problems: readonly Problem[];
    readonly conflict: Extract<DiluentOutcome, { kind: 'conflict' }> | null;
  }

  async function show(req: Request, res: Response, { code, problems, conflict }: DiluentForm) {
    const open = await openDiluent(services, actorFor(req, 'catalog:edit'), String(req.params.id), code ?? '');
    const { catalog, diluent, draft, approvedBy } = open;
    if (code !== null && diluent === undefined) throw new StippleError('SMP_NOT_FOUND');
    if (problems.length > 0) res.status(422);
    if (conflict) res.status(409);
    const heading = diluent === undefined ? ENGLISH.catalogs.newDiluent : `${diluent.name} (${diluent.code})`;
    const isSent = req.method === 'POST';
    const sent = (name: string, stored: string) => (isSent ? textField(req, name) : stored);
    const sterile = sent('sterile', diluent === undefined ? '' : diluent.sterile ? 'yes' : 'no');
    const faults = new Map(
      problems.map(({ column, path, found, expected, fix }) => {
        return [column ?? path, ENGLISH.catalogs.diluentFault(found, expected, fix)];
      }),
    );
    await render(req, res, 'catalogDiluent', {
      title: problems.length > 0 || conflict ? ENGLISH.frame.errorTitle(heading) : heading,
      heading,
      frame: await catalogFrame(services, req, catalog, 'lots'),
      problem:
        problems.length > 0
          ? [...faults].map(([field, text]) => ({
              field,
              text: `${(FIELD_WORDS[field] ?? field).replace(/\?$/, '')}: ${text}`,
            }))
          : null,
      action: code === null ? `${catalogPath(catalog.id)}/diluents/new` : diluentPath(catalog.id, code),
      isNew: code === null,
      seen: conflict?.seen ?? (isSent ? seenOf(req) : open.seen),
      code: sent('code', diluent?.code ?? ''),
      name: sent('name', diluent?.name ?? ''),
      choices: ['yes', 'no'].map((value) => ({ value, chosen: value === sterile })),
      faults: Object.fromEntries(faults),
      approvedBy:
        approvedBy.length === 0
          ? ENGLISH.catalogs.noShadeApprovesIt
          : ENGLISH.catalogs.approvedBy(
              approvedBy.length,
              `${approvedBy.slice(0, MOST_NAMED).join(', ')}${approvedBy.length > MOST_NAMED ? ' …' : ''}`,
            ),
      lots: (diluent?.lots ?? []).map(({ lot, expires, quantityMl }) => {
        return ENGLISH.catalogs.diluentLot(lot, expires) + (quantityMl === undefined ? '' : `, ${quantityMl} ml`);
      }),
      lotsHref: `${catalogPath(catalog.id)}/lots?item=${encodeURIComponent(`diluent/${diluent?.code ?? ''}`)}#record`,
      isPublished: catalog.diluents.some((one) => one.code === diluent?.code),
      draft: draft && ENGLISH.catalogs.diluentEdit(draft.updatedByName, agoText(draft.updatedAt, services.now())),
      draftRevision: draft?.revision ?? 0,
      conflict:
        conflict &&
        ENGLISH.catalogs.diluentConflict(
          conflict.by,
          agoText(conflict.at, services.now()),
          conflict.theirs.name,
          conflict.theirs.sterile ? ENGLISH.catalogs.isSterile : ENGLISH.catalogs.isNotSterile,
        ),
    });
  }

  async function save(req: Request, res: Response, code: string | null) {
    const catalogId = String(req.params.id);
    const sterile = textField(req, 'sterile');
    const outcome = await saveDiluent(services, actorFor(req, 'catalog:edit'), {
      catalogId,
      code,
      entry: {
        code: textField(req, 'code'),
        name: textField(req, 'name'),
        sterile: sterile === 'yes' ? true : sterile === 'no' ? false : null,
      },
      seen: seenOf(req),
    });
    if (outcome.kind === 'saved') return redirectAfterPost(res, `${catalogPath(catalogId)}/publish`);
    await show(req, res, {
      code,
      problems: outcome.kind === 'invalid' ? outcome.problems : [],
      conflict: outcome.kind === 'conflict' ? outcome : null,
    });
  }

  router.get('/catalogs/:id/diluents/new', (req, res) => show(req, res, { code: null, problems: [], conflict: null }));
  router.post('/catalogs/:id/diluents/new', (req, res) => save(req, res, null));
  router.get('/catalogs/:id/diluents/:code', (req, res) =>
    show(req, res, { code: req.params.code, problems: [], conflict: null }),
  );
  router.post('/catalogs/:id/diluents/:code', (req, res) => save(req, res, req.params.code));
  router.post('/catalogs/:id/diluents/:code/discard', async (req, res) => {
    const { id: catalogId, code } = req.params;
    const actor = actorFor(req, 'catalog:edit');
    await discardDraft(services, actor, { catalogId, kind: 'diluent', code }, seenOf(req).revision);
    redirectAfterPost(res, `${catalogPath(catalogId)}/publish`);
  });

  return router;
}
