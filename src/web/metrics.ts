import { createHash, timingSafeEqual } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The seconds between a page from memory and the longest wait for a photo. */
const BUCKETS_S = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60];

export interface Metrics {
  /** Counts and times every request by its route pattern, never by its address: that may hold a token. */
  readonly count: RequestHandler;
  /** `/metrics` in Prometheus's text format. */
  readonly routes: Router;
}

/** @param token what a scraper must send as `Authorization: Bearer …`; without one `/metrics` does not exist */
export function createMetrics(token: string | undefined): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'stipple_http_requests_total',
    help: 'Requests answered',
    labelNames,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'stipple_http_request_seconds',
    help: 'Time until the answer was sent',
    labelNames,
    buckets: BUCKETS_S,
    registers: [registry],
  });

  const routes = Router();
  routes.get('/metrics', async (req, res, next) => {
    if (token === undefined || !isToken(req.headers.authorization ?? '', token)) return next();
    res.type(registry.contentType).send(await registry.metrics());
  });

  return {
    routes,
    count(req, res, next) {
      const stop = seconds.startTimer();
      res.once('finish', () => {
        const route = typeof req.route?.path === 'string' ? req.route.path : 'other';
        const labels = { method: req.method, route, status: String(res.statusCode) };
        requests.inc(labels);
        stop(labels);
      });
      next();
    },
  };
}

/** Hashes first, so that the comparison takes the same time for every length. */
function isToken(header: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header), digest(`Bearer ${token}`));
}
