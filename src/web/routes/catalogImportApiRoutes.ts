import { type RequestHandler, Router } from 'express';
import * as z from 'zod';
import {
  answerQuestions,
  dropImport,
  publishImport,
  rejectedRowsOf,
  startImport,
  viewImport,
} from '../../app/catalogs/importCatalog.ts';
import { ownCatalog } from '../../app/catalogs/ownCatalog.ts';
import type { Services } from '../../app/services.ts';
import type { Answers } from '../../catalog/formats/catalogFile.ts';
import { measurementSchema, shadeSchema } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { actorFor } from '../actor.ts';
import { readAnswers } from '../catalogImportForm.ts';
import { bodyOf, readJson } from '../jsonBody.ts';
import { readSent } from '../readSent.ts';
import { received } from '../receive.ts';
import { importFault } from './catalogImportRoutes.ts';

/** Longest time a call waits for the check of its file. */
const MOST_MS = 60_000;

export const noteBody = z.object({ note: z.string().min(1).max(500) });
const { illuminant, observer, geometry, substrate } = measurementSchema.shape;
const { line, form, dilutable, minParts, maxParts, limitsSource, undertone, opacity } = shadeSchema.shape;
export const answersBody = z
  .object({
    illuminant,
    observer,
    geometry,
    substrate,
    rgbSpace: z.literal('sRGB'),
    shade: z
      .object({ line, form, dilutable, minParts, maxParts, limitsSource, undertone, opacity })
      .partial()
      .describe('Fields of new shades that the file has no place for'),
    columns: z
      .record(z.string(), z.string().nullable())
      .describe('What each column of the table is, by its header; null leaves it out'),
    cells: z
      .array(z.object({ row: z.int().min(2), column: z.string(), value: z.string().max(20_000) }))
      .max(10_000)
      .describe('Corrected cells, by row (the header is row 1) and header'),
  })
  .partial();

/** Import over HTTP: dry run, answers and corrections, rejected rows, publication. */
export function catalogImportApiRoutes(services: Services, upload: RequestHandler): Router {
  const router = Router();

  async function view(actor: Parameters<typeof viewImport>[1], place: { catalogId: string; id: string }) {
    const { id, state, check, answers, isStale } = await viewImport(services, actor, { ...place, patienceMs: MOST_MS });
    return { id, state, answers, isStale, check };
  }

  router.post('/api/v1/catalogs/:id/imports', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const catalogId = req.params.id;
    await ownCatalog(services, actor, catalogId);
    try {
      await received(upload, req, res);
    } catch (error) {
      throw importFault(error);
    }
    if (!req.file) throw new StippleError('SMP_IMPORT_MISSING', ENGLISH.apiAnswers.expectedFileField);
    const bytes = await readSent(req.file);
    const answers = readAnswers(req, []);
    const id = await startImport(services, actor, { catalogId, bytes, fileName: req.file.originalname, answers });
    res
      .status(201)
      .location(`/api/v1/catalogs/${catalogId}/imports/${id}`)
      .json(await view(actor, { catalogId, id }));
  });

  router.get('/api/v1/catalogs/:id/imports/:importId', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    res.json(await view(actor, { catalogId: req.params.id, id: req.params.importId }));
  });

  router.post('/api/v1/catalogs/:id/imports/:importId/answers', readJson, async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const place = { catalogId: String(req.params.id), id: String(req.params.importId) };
    await viewImport(services, actor, place);
    await answerQuestions(services, actor, { ...place, answers: bodyOf(req, answersBody) as Answers });
    res.json(await view(actor, place));
  });

  router.get('/api/v1/catalogs/:id/imports/:importId/rejected.csv', async (req, res) => {
    const { id: catalogId, importId } = req.params;
    const text = await rejectedRowsOf(services, actorFor(req, 'catalog:edit'), catalogId, importId);
    res.attachment('rejected-rows.csv').type('text/csv').send(text);
  });

  router.delete('/api/v1/catalogs/:id/imports/:importId', async (req, res) => {
    const { id: catalogId, importId } = req.params;
    await dropImport(services, actorFor(req, 'catalog:edit'), catalogId, importId);
    res.status(204).end();
  });

  router.post('/api/v1/catalogs/:id/imports/:importId/publish', readJson, async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    const place = { catalogId: String(req.params.id), id: String(req.params.importId) };
    await ownCatalog(services, actor, place.catalogId);
    const { note } = bodyOf(req, noteBody);
    res.status(201).json({ version: await publishImport(services, actor, { ...place, note }) });
  });

  return router;
}
