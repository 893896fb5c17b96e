import { type Request, type Response, Router } from 'express';
import { reportHtml } from '../../app/report/reportHtml.ts';
import { reportModel } from '../../app/report/reportModel.ts';
import { reportPdf } from '../../app/report/reportPdf.ts';
import type { Services } from '../../app/services.ts';
import { chosenTheme } from '../render.ts';
import { shownMatch } from '../shownMatch.ts';

/** The technician's report of a match, to print or to keep. */
export function reportRoutes(services: Services): Router {
  const router = Router();

  const modelOf = async (req: Request, res: Response) => {
    const page = await shownMatch(services, req, res);
    return page && reportModel(page.result, page.match.chosen);
  };

  router.get('/matches/:id/report', async (req, res) => {
    const model = await modelOf(req, res);
    if (!model) return;
    res
      .type('html')
      .send(await reportHtml(model, { kind: 'page', base: `/matches/${req.params.id}`, theme: chosenTheme(req) }));
  });

  router.get('/matches/:id/report.pdf', async (req, res) => {
    const model = await modelOf(req, res);
    if (!model) return;
    res.set('Content-Disposition', 'attachment; filename="match-report.pdf"').set('Cache-Control', 'private, no-store');
    res.type('pdf').send(await reportPdf(model));
  });

  return router;
}
