import { Router } from 'express';
import * as z from 'zod';
import { discontinuationOf, discontinueShade } from '../../app/catalogs/discontinueShade.ts';
import { openDiluent, saveDiluent } from '../../app/catalogs/editDiluent.ts';
import { discardDraft, openShade, saveShade } from '../../app/catalogs/editShade.ts';
import { ownCatalog } from '../../app/catalogs/ownCatalog.ts';
import { lotsOf, recordLot, recordUse, removeLot } from '../../app/catalogs/stockLots.ts';
import type { Services } from '../../app/services.ts';
import type { Problem } from '../../catalog/problem.ts';
import { diluentSchema, shadeSchema } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { ITEM_KINDS, type ItemKind } from '../../storage/catalogDraftsRepo.ts';
import { actorFor } from '../actor.ts';
import { bodyOf, readJson } from '../jsonBody.ts';

const seen = {
  version: z.int().min(0).describe('Catalog version the edit starts from'),
  revision: z.int().min(0).default(0).describe('Revision of the draft the edit starts from; 0 without one'),
};
export const shadeBody = z.object({ shade: shadeSchema, ...seen });
export const diluentBody = z.object({ diluent: diluentSchema.pick({ name: true, sterile: true }), ...seen });
export const discontinueBody = z.object({
  reason: z.string().min(1).max(500),
  on: z.iso.date().describe('Since when; not after today'),
  replacement: z.string().max(40).default('').describe('Code of the shade that takes its place, where there is one'),
  ...seen,
});
export const lotBody = z.object({
  kind: z.enum(ITEM_KINDS),
  code: z.string(),
  lot: z.string(),
  batchReference: z.string().optional(),
  expires: z.iso.date(),
  opened: z.iso.date().optional(),
  quantityMl: z.number().min(0).optional(),
  revision: z.int().min(0).default(0).describe('0 records a new lot; else the revision that is changed'),
});
export const lotUseBody = z.object({
  match: z.string().describe('Id of a measured match of the studio'),
  kind: z.enum(ITEM_KINDS),
  code: z.string(),
  lot: z.string(),
});

type Outcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'conflict'; readonly by: string; readonly at: string };

/** @throws StippleError SMP_CATALOG_CONFLICT or SMP_CATALOG_INVALID for an edit that was not saved */
function requireSaved(outcome: Outcome, code: string): void {
  if (outcome.kind === 'conflict') {
    throw new StippleError('SMP_CATALOG_CONFLICT', ENGLISH.apiAnswers.changedMeanwhile(code, outcome.by, outcome.at));
  }
  if (outcome.kind === 'invalid') {
    const { path, found, expected, fix } = outcome.problems[0]!;
    throw new StippleError('SMP_CATALOG_INVALID', ENGLISH.apiAnswers.found(path, found, expected, fix));
  }
}

/** Shades, diluents and lots of a catalog. Edits become drafts; publishing them is another call. */
export function catalogItemApiRoutes(services: Services): Router {
  const router = Router();
  type Place = { id: string; code: string };

  router.get('/api/v1/catalogs/:id/shades/:code', async (req, res) => {
    const { id, code } = req.params;
    const { shade, seen } = await openShade(services, actorFor(req, 'catalog:edit'), id, code);
    if (!shade) throw new StippleError('SMP_NOT_FOUND', ENGLISH.apiAnswers.noSuchShade(code));
    res.json({ shade, ...seen });
  });

  router.put('/api/v1/catalogs/:id/shades/:code', readJson, async (req, res) => {
    const { id, code } = req.params as Place;
    const actor = actorFor(req, 'catalog:edit');
    await ownCatalog(services, actor, id);
    const { shade, version, revision } = bodyOf(req, shadeBody);
    const open = await openShade(services, actor, id, code);
    const named = { ...shade, code: open.shade?.code ?? code };
    requireSaved(await saveShade(services, actor, { open, shade: named, seen: { version, revision } }), code);
    const saved = await openShade(services, actor, id, code);
    res.json({ code: named.code, ...saved.seen });
  });

  router.post('/api/v1/catalogs/:id/shades/:code/discontinue', readJson, async (req, res) => {
    const { id, code } = req.params as Place;
    const actor = actorFor(req, 'catalog:edit');
    await discontinuationOf(services, actor, id, code);
    const { version, revision, ...entry } = bodyOf(req, discontinueBody);
    const change = { catalogId: id, code, seen: { version, revision }, ...entry };
    requireSaved(await discontinueShade(services, actor, change), code);
    const { shade, seen, plans } = await discontinuationOf(services, actor, id, code);
    res.json({ code: shade.code, ...seen, plans });
  });

  router.get('/api/v1/catalogs/:id/diluents/:code', async (req, res) => {
    const { id, code } = req.params;
    const { diluent, seen, approvedBy } = await openDiluent(services, actorFor(req, 'catalog:edit'), id, code);
    if (!diluent) throw new StippleError('SMP_NOT_FOUND', ENGLISH.apiAnswers.noSuchDiluent(code));
    res.json({ diluent, ...seen, approvedBy });
  });

  router.put('/api/v1/catalogs/:id/diluents/:code', readJson, async (req, res) => {
    const { id, code } = req.params as Place;
    const actor = actorFor(req, 'catalog:edit');
    await ownCatalog(services, actor, id);
    const { diluent, version, revision } = bodyOf(req, diluentBody);
    const { diluent: old } = await openDiluent(services, actor, id, code);
    const change = { catalogId: id, code: old?.code ?? null, seen: { version, revision } };
    requireSaved(await saveDiluent(services, actor, { ...change, entry: { code, ...diluent } }), code);
    const saved = await openDiluent(services, actor, id, code);
    res.json({ code: saved.diluent?.code, ...saved.seen });
  });

  for (const [list, kind] of [
    ['shades', 'shade'],
    ['diluents', 'diluent'],
  ] satisfies [string, ItemKind][]) {
    router.delete(`/api/v1/catalogs/:id/${list}/:code/draft`, async (req, res) => {
      const { id, code } = req.params as unknown as Place;
      const place = { catalogId: id, kind, code };
      const revision = Number(req.query.revision) || 0;
      if (await discardDraft(services, actorFor(req, 'catalog:edit'), place, revision))
        return void res.status(204).end();
      const why = ENGLISH.apiAnswers.noSuchEdit(code, revision);
      throw new StippleError('SMP_CATALOG_CONFLICT', why);
    });
  }

  router.get('/api/v1/catalogs/:id/lots', async (req, res) => {
    const { items } = await lotsOf(services, actorFor(req, 'catalog:read'), req.params.id);
    res.json(items);
  });

  router.post('/api/v1/catalogs/:id/lots', readJson, async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const faults = await recordLot(services, actor, String(req.params.id), bodyOf(req, lotBody));
    if (faults.length > 0) throw new StippleError('SMP_OPTION_INVALID', faults[0]!.text);
    res.status(201).json({});
  });

  router.delete('/api/v1/catalogs/:id/lots/:lotId', async (req, res) => {
    await removeLot(services, actorFor(req, 'catalog:edit'), req.params.lotId);
    res.status(204).end();
  });

  router.post('/api/v1/catalogs/:id/lots/uses', readJson, async (req, res) => {
    const actor = actorFor(req, 'match:write');
    const { match: matchId, ...use } = bodyOf(req, lotUseBody);
    await recordUse(services, actor, { ...use, matchId, catalogId: String(req.params.id) });
    res.status(201).json({});
  });

  return router;
}
