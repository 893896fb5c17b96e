import { type Request, type RequestHandler, type Response, Router } from 'express';
import { addPhoto } from '../../app/addPhoto.ts';
import { getMatch, measureAgain, optionsOf, resultOf } from '../../app/changeMatch.ts';
import type { Services } from '../../app/services.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { redirectAfterPost } from '../forms.ts';
import { stepLinks } from '../matchPages.ts';
import { checkUploader, visitor } from '../owner.ts';
import { pooledPhotos } from '../pooledPhotos.ts';
import { received } from '../receive.ts';
import { render } from '../render.ts';
import { type ShownMatch, shownMatch } from '../shownMatch.ts';

/** Another photo of the same client, pooled with those of a match: page and API. */
export function poolRoutes(services: Services, upload: RequestHandler): Router {
  const router = Router();

  async function show(req: Request, res: Response, { match, result }: ShownMatch, problem: StippleError | null) {
    if (problem) res.status(ERRORS[problem.code].status);
    await render(req, res, 'pool', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.photo.addAPhoto) : ENGLISH.photo.addAPhoto,
      problem: problem ? [{ text: problem.message, field: 'photo' }] : null,
      steps: stepLinks(match.id, 'result', true),
      action: `/matches/${match.id}/pool`,
      resultHref: `/matches/${match.id}/result`,
      photos: pooledPhotos(result),
    });
  }

  router.get('/matches/:id/pool', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (page) await show(req, res, page, null);
  });

  router.post('/matches/:id/pool', checkUploader, async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (!page) return;
    try {
      await received(upload, req, res);
      if (!req.file) throw new StippleError('SMP_UPLOAD_MISSING');
      await addPhoto(services, page.owner, page.match, req.file.path);
      redirectAfterPost(res, `/matches/${page.match.id}/result`);
    } catch (error) {
      if (!(error instanceof StippleError) || ERRORS[error.code].status >= 500) throw error;
      await show(req, res, page, error);
    }
  });

  router.post('/matches/:id/pool/alone', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (!page) return;
    await measureAgain(services, page.owner, page.match, optionsOf(page.match));
    redirectAfterPost(res, `/matches/${page.match.id}`);
  });

  router.post('/api/v1/matches/:id/pool', checkUploader, upload, async (req, res) => {
    const owner = visitor(req);
    const id = String(req.params.id);
    const match = await getMatch(services, owner, id);
    if (!resultOf(match)) throw new StippleError('SMP_NOT_FOUND');
    if (!req.file) throw new StippleError('SMP_UPLOAD_MISSING', ENGLISH.photo.expectedAMultipartFieldPhoto);
    await addPhoto(services, owner, match, req.file.path);
    const result = resultOf(await getMatch(services, owner, id));
    res.type('json').send(`${JSON.stringify(result)}\n`);
  });

  return router;
}
