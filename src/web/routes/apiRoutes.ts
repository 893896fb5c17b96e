import { type RequestHandler, Router } from 'express';
import { getMatch, resultOf } from '../../app/changeMatch.ts';
import { parseMatchOptions } from '../../app/matchOptions.ts';
import type { Services } from '../../app/services.ts';
import { submitPhoto } from '../../app/submitPhoto.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { openApiDocument } from '../openapi.ts';
import { checkUploader, newOwner, visitor } from '../owner.ts';

/** Longest time an API call waits for its match. */
const MOST_MS = 60_000;

/** The HTTP API: the same use cases, options and result as the pages and the command line. */
export function apiRoutes(services: Services, upload: RequestHandler): Router {
  const router = Router();

  router.post('/api/v1/matches', checkUploader, upload, async (req, res) => {
    if (!req.file) throw new StippleError('SMP_UPLOAD_MISSING', ENGLISH.apiAnswers.expectedPhotoField);
    const options = parseMatchOptions(req.body ?? {});
    const owner = await newOwner(req);
    const id = await submitPhoto(services, owner, { path: req.file.path, alias: null, key: null, options });
    await services.jobs.waitFor(id, MOST_MS);
    const match = await getMatch(services, owner, id);
    const result = resultOf(match);
    if (!result)
      throw new StippleError(match.refusalCode === null ? 'SMP_BUSY' : (match.refusalCode as 'SMP_INTERNAL'));
    res
      .status(201)
      .location(`/api/v1/matches/${id}`)
      .type('json')
      .send(`${JSON.stringify(result)}\n`);
  });

  router.get('/api/v1/matches/:id', async (req, res) => {
    const result = resultOf(await getMatch(services, visitor(req), req.params.id));
    if (!result) throw new StippleError('SMP_NOT_FOUND');
    res.type('json').send(`${JSON.stringify(result)}\n`);
  });

  router.get('/api/openapi.json', (_req, res) => {
    res.json(openApiDocument);
  });

  return router;
}
