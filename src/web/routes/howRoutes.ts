import { Router } from 'express';
import { accuracyRows } from '../../app/accuracy/accuracyRows.ts';
import { MEASURED } from '../../app/accuracy/figures.ts';
import { ENGLISH } from '../../language/english.ts';
import { render } from '../render.ts';

/** How a recommendation comes about, how well each part was measured to work, and what nobody has measured. */
export function howRoutes(): Router {
  const router = Router();
  router.get('/how-stipple-decides', async (req, res) => {
    await render(req, res, 'how', {
      title: ENGLISH.start.howStippleDecides,
      rows: accuracyRows(),
      measuredOn: MEASURED.measuredOn,
    });
  });
  return router;
}
