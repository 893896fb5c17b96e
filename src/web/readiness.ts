import { Router } from 'express';
import { sql } from 'kysely';
import type { Services } from '../app/services.ts';
import { ENGLISH } from '../language/english.ts';

/** `/healthz`: the process answers. `/readyz`: it can also reach its database and photos, and is not being stopped. */
export function readinessRoutes(services: Services, isStopping: () => boolean): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.type('text').send('ok\n');
  });
  router.get('/readyz', async (_req, res) => {
    const faults: string[] = isStopping() ? ['stopping'] : [];
    await sql`select 1`.execute(services.db).catch(() => faults.push('database'));
    await services.photos.get('0'.repeat(32)).catch(() => faults.push(ENGLISH.frame.photoStore));
    res.status(faults.length > 0 ? 503 : 200).type('text');
    res.send(faults.length > 0 ? `not ready: ${faults.join(', ')}\n` : 'ready\n');
  });
  return router;
}
