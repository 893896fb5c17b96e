import express, { type Request, type RequestHandler, Router } from 'express';
import * as z from 'zod';
import { currentCatalog, currentCatalogs, publishedCatalog } from '../../app/catalogs/currentCatalogs.ts';
import { openShade, saveShade } from '../../app/catalogs/editShade.ts';
import { healthOf } from '../../app/catalogs/healthOf.ts';
import { publishImport, startImport, viewImport } from '../../app/catalogs/importCatalog.ts';
import { ownCatalog } from '../../app/catalogs/ownCatalog.ts';
import { publishDraft } from '../../app/catalogs/publishDraft.ts';
import { lotsOf, recordLot } from '../../app/catalogs/stockLots.ts';
import { restoreVersion, versionChanges, versionsOf } from '../../app/catalogs/versionHistory.ts';
import type { Services } from '../../app/services.ts';
import { shadeSchema } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { actorFor } from '../actor.ts';
import { readAnswers } from '../catalogImportForm.ts';
import { catalogAudience } from '../catalogPages.ts';
import { readSent } from '../readSent.ts';
import { received } from '../receive.ts';
import { importFault } from './catalogImportRoutes.ts';

/** Longest time a call waits for the check of its file. */
const MOST_MS = 60_000;

export const noteBody = z.object({ note: z.string().min(1).max(500) });
export const publishBody = noteBody.extend({
  after: z.int().min(0).describe('The version the edits were looked at against'),
});
export const restoreBody = noteBody.extend({
  version: z.int().positive().describe('The version to publish again'),
  after: z.int().positive().describe('The latest version known to the caller'),
});
export const shadeBody = z.object({
  shade: shadeSchema,
  version: z.int().min(0).describe('Catalog version the edit starts from'),
  revision: z.int().min(0).default(0).describe('Revision of the draft the edit starts from; 0 without one'),
});
export const lotBody = z.object({
  kind: z.enum(['shade', 'diluent']),
  code: z.string(),
  lot: z.string(),
  batchReference: z.string().optional(),
  expires: z.iso.date(),
  opened: z.iso.date().optional(),
  quantityMl: z.number().min(0).optional(),
  revision: z.int().min(0).default(0).describe('0 records a new lot; else the revision that is changed'),
});

function bodyOf<T>(req: Request, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(req.body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new StippleError('SMP_OPTION_INVALID', `The field "${issue.path.join('.')}" is not usable: ${issue.message}.`);
}

/** Catalogs over HTTP: read with catalog:read, changed with catalog:write by people of the owning organisation. */
export function catalogApiRoutes(services: Services, upload: RequestHandler): Router {
  const router = Router();
  const json = express.json({ limit: '1mb' });

  router.get('/api/v1/catalogs', async (req, res) => {
    const catalogs = await currentCatalogs(services, catalogAudience(req));
    res.json(
      catalogs.map(({ id, name, supplier, version, demonstration, shades }) => ({
        id,
        name,
        supplier,
        version,
        demonstration,
        shades: shades.length,
      })),
    );
  });

  router.get('/api/v1/catalogs/:id', async (req, res) => {
    res.json(await currentCatalog(services, catalogAudience(req), req.params.id));
  });

  router.get('/api/v1/catalogs/:id/health', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    res.json(await healthOf(services, catalog));
  });

  router.get('/api/v1/catalogs/:id/versions', async (req, res) => {
    res.json(await versionsOf(services, catalogAudience(req), req.params.id));
  });

  router.get('/api/v1/catalogs/:id/versions/:version', async (req, res) => {
    const audience = catalogAudience(req);
    await currentCatalog(services, audience, req.params.id);
    res.json(await publishedCatalog(services, { id: req.params.id, version: Number(req.params.version) || 0 }));
  });

  router.get('/api/v1/catalogs/:id/changes', async (req, res) => {
    const [from, to] = [Number(req.query.from) || 0, Number(req.query.to) || 0];
    const { header, added, removed, changed } = await versionChanges(
      services,
      catalogAudience(req),
      req.params.id,
      from,
      to,
    );
    res.json({
      header,
      added: added.map(({ code }) => code),
      removed: removed.map(({ code }) => code),
      changed: changed.map(({ shade, fields }) => ({ code: shade.code, fields })),
    });
  });

  router.post('/api/v1/catalogs/:id/versions', json, async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    await ownCatalog(services, actor, String(req.params.id));
    const { after, note } = bodyOf(req, publishBody);
    res
      .status(201)
      .json({ version: await publishDraft(services, actor, { catalogId: String(req.params.id), after, note }) });
  });

  router.post('/api/v1/catalogs/:id/restore', json, async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    await ownCatalog(services, actor, String(req.params.id));
    const body = bodyOf(req, restoreBody);
    res
      .status(201)
      .json({ version: await restoreVersion(services, actor, { catalogId: String(req.params.id), ...body }) });
  });

  router.put('/api/v1/catalogs/:id/shades/:code', json, async (req, res) => {
    const { id, code } = req.params as { id: string; code: string };
    const actor = actorFor(req, 'catalog:edit');
    await ownCatalog(services, actor, id);
    const { shade, version, revision } = bodyOf(req, shadeBody);
    const open = await openShade(services, actor, id, code);
    const named = { ...shade, code: open.shade?.code ?? code };
    const outcome = await saveShade(services, actor, { open, shade: named, seen: { version, revision } });
    if (outcome.kind === 'conflict') {
      throw new StippleError(
        'SMP_CATALOG_CONFLICT',
        `${code} was changed by ${outcome.by} at ${outcome.at}. Read it, and send your change again.`,
      );
    }
    if (outcome.kind === 'invalid') {
      const [first] = outcome.problems;
      throw new StippleError(
        'SMP_CATALOG_INVALID',
        `${first!.path}: found ${first!.found}, expected ${first!.expected}. ${first!.fix}`,
      );
    }
    const saved = await openShade(services, actor, id, code);
    res.json({ code: outcome.code, ...saved.seen });
  });

  router.get('/api/v1/catalogs/:id/lots', async (req, res) => {
    const { items } = await lotsOf(services, actorFor(req, 'catalog:read'), req.params.id);
    res.json(items);
  });

  router.post('/api/v1/catalogs/:id/lots', json, async (req, res) => {
    const faults = await recordLot(
      services,
      actorFor(req, 'catalog:edit'),
      String(req.params.id),
      bodyOf(req, lotBody),
    );
    if (faults.length > 0) throw new StippleError('SMP_OPTION_INVALID', faults[0]!.text);
    res.status(201).json({});
  });

  router.post('/api/v1/catalogs/:id/imports', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const catalogId = req.params.id;
    await ownCatalog(services, actor, catalogId);
    try {
      await received(upload, req, res);
    } catch (error) {
      throw importFault(error);
    }
    if (!req.file)
      throw new StippleError('SMP_IMPORT_MISSING', 'Expected a multipart field "file" with the catalog file.');
    const bytes = await readSent(req.file);
    const answers = readAnswers(req, []);
    const id = await startImport(services, actor, { catalogId, bytes, fileName: req.file.originalname, answers });
    const { state, check } = await viewImport(services, actor, { catalogId, id, patienceMs: MOST_MS });
    res.status(201).location(`/api/v1/catalogs/${catalogId}/imports/${id}`).json({ id, state, check });
  });

  router.get('/api/v1/catalogs/:id/imports/:importId', async (req, res) => {
    const place = { catalogId: req.params.id, id: req.params.importId };
    const { id, state, check } = await viewImport(services, actorFor(req, 'catalog:edit'), place);
    res.json({ id, state, check });
  });

  router.post('/api/v1/catalogs/:id/imports/:importId/publish', json, async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    const place = { catalogId: String(req.params.id), id: String(req.params.importId) };
    await ownCatalog(services, actor, place.catalogId);
    const { note } = bodyOf(req, noteBody);
    res.status(201).json({ version: await publishImport(services, actor, { ...place, note }) });
  });

  return router;
}
