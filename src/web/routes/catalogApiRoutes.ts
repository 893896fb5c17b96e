import { type RequestHandler, Router } from 'express';
import * as z from 'zod';
import { copyCatalog, createCatalog } from '../../app/catalogs/createCatalog.ts';
import { currentCatalog, currentCatalogs, publishedCatalog } from '../../app/catalogs/currentCatalogs.ts';
import { healthOf } from '../../app/catalogs/healthOf.ts';
import { ownCatalog } from '../../app/catalogs/ownCatalog.ts';
import { pendingPublication, publishDraft } from '../../app/catalogs/publishDraft.ts';
import { writeTestCard } from '../../app/catalogs/testCard.ts';
import { restoreVersion, versionChanges, versionsOf } from '../../app/catalogs/versionHistory.ts';
import type { Services } from '../../app/services.ts';
import type { VersionChanges } from '../../catalog/compareVersions.ts';
import { EXPORT_FORMATS, writeCatalogAs } from '../../catalog/formats/writeCatalogAs.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { actorFor } from '../actor.ts';
import { catalogAudience } from '../catalogPages.ts';
import { bodyOf, readJson } from '../jsonBody.ts';
import { MOST_MAPPED, serviceMapOf } from '../shadeQuestions.ts';
import { catalogImportApiRoutes, noteBody } from './catalogImportApiRoutes.ts';
import { catalogItemApiRoutes } from './catalogItemApiRoutes.ts';
import { catalogToolApiRoutes } from './catalogToolApiRoutes.ts';

export const catalogBody = z.object({
  name: z.string().min(1).max(120),
  supplier: z.string().min(1).max(200),
  provenance: z.string().min(1).max(500).describe('Where the numbers come from'),
});
export const publishBody = noteBody.extend({
  after: z.int().min(0).describe('The version the edits were looked at against'),
});
export const restoreBody = noteBody.extend({
  version: z.int().positive().describe('The version to publish again'),
  after: z.int().positive().describe('The latest version known to the caller'),
});

const changesAnswer = ({ header, added, removed, changed }: VersionChanges) => ({
  header,
  added: added.map(({ code }) => code),
  removed: removed.map(({ code }) => code),
  changed: changed.map(({ shade, fields }) => ({ code: shade.code, fields })),
});

/** Catalogs over HTTP: read with catalog:read, changed with catalog:write by people of the owning organisation. */
export function catalogApiRoutes(services: Services, upload: RequestHandler): Router {
  const router = Router();
  const today = () => services.now().toISOString().slice(0, 10);
  // Their first word stands where others have a catalog.
  router.use(catalogToolApiRoutes(services));

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

  router.post('/api/v1/catalogs', readJson, async (req, res) => {
    const id = await createCatalog(services, actorFor(req, 'catalog:edit'), bodyOf(req, catalogBody));
    res.status(201).location(`/api/v1/catalogs/${id}`).json({ id });
  });

  router.post('/api/v1/catalogs/:id/copy', async (req, res) => {
    const copy = await copyCatalog(services, actorFor(req, 'catalog:publish'), req.params.id);
    res.status(201).location(`/api/v1/catalogs/${copy.id}`).json(copy);
  });

  router.get('/api/v1/catalogs/:id', async (req, res) => {
    res.json(await currentCatalog(services, catalogAudience(req), req.params.id));
  });

  router.get('/api/v1/catalogs/:id/export.:format', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    const { format } = req.params;
    if (!EXPORT_FORMATS.includes(`.${format}`)) {
      throw new StippleError('SMP_NOT_FOUND', ENGLISH.apiAnswers.exportAsOneOf(EXPORT_FORMATS.join(', ')));
    }
    const file = `${catalog.id}-v${catalog.version}.${format}`;
    const written = writeCatalogAs(catalog, file, today());
    res.attachment(file).send(typeof written === 'string' ? written : Buffer.from(written));
  });

  router.get('/api/v1/catalogs/:id/card.pdf', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    res.attachment(`${catalog.id}-v${catalog.version}-card.pdf`).type('application/pdf');
    res.send(await writeTestCard(catalog, today()));
  });

  router.get('/api/v1/catalogs/:id/health', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    res.json(await healthOf(services, catalog));
  });

  router.get('/api/v1/catalogs/:id/service-map', async (req, res) => {
    const map = await serviceMapOf(services, await currentCatalog(services, catalogAudience(req), req.params.id));
    if (map !== null) return void res.json(map);
    throw new StippleError('SMP_OPTION_INVALID', ENGLISH.apiAnswers.mapTooLarge(MOST_MAPPED));
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
    res.json(changesAnswer(await versionChanges(services, catalogAudience(req), req.params.id, from, to)));
  });

  router.get('/api/v1/catalogs/:id/drafts', async (req, res) => {
    const pending = await pendingPublication(services, actorFor(req, 'catalog:edit'), req.params.id);
    const { catalog, changes, drafts, conflicts, problems } = pending;
    res.json({
      after: catalog.version,
      drafts: drafts.map(({ kind, item, revision, updatedByName, updatedAt }) => {
        return { kind, code: item.code, revision, by: updatedByName, at: updatedAt };
      }),
      changes: changesAnswer(changes),
      conflicts,
      problems,
    });
  });

  router.post('/api/v1/catalogs/:id/versions', readJson, async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    await ownCatalog(services, actor, String(req.params.id));
    const { after, note } = bodyOf(req, publishBody);
    res
      .status(201)
      .json({ version: await publishDraft(services, actor, { catalogId: String(req.params.id), after, note }) });
  });

  router.post('/api/v1/catalogs/:id/restore', readJson, async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    await ownCatalog(services, actor, String(req.params.id));
    const body = bodyOf(req, restoreBody);
    res
      .status(201)
      .json({ version: await restoreVersion(services, actor, { catalogId: String(req.params.id), ...body }) });
  });

  router.use(catalogItemApiRoutes(services));
  router.use(catalogImportApiRoutes(services, upload));
  return router;
}
