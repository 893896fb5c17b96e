import { Router } from 'express';
import { getMatch } from '../../app/changeMatch.ts';
import { previewOfMatch } from '../../app/previewOfMatch.ts';
import { parsePreviewOptions } from '../../app/previewOptions.ts';
import type { Services } from '../../app/services.ts';
import { visitor } from '../owner.ts';

/** Preview pictures drawn on the server: what the studio shows without JavaScript, and what is downloaded. */
export function previewRoutes(services: Services): Router {
  const router = Router();

  router.get('/matches/:id/preview.jpg', async (req, res) => {
    const owner = visitor(req);
    const match = await getMatch(services, owner, String(req.params.id));
    const { bytes } = await previewOfMatch(services, owner, match, parsePreviewOptions(req.query));
    res.set('Cache-Control', 'private, max-age=300').type('image/jpeg').send(bytes);
  });

  return router;
}
