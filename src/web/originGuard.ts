import type { Request, RequestHandler } from 'express';
import { StippleError } from '../errors.ts';

const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes that another site made a visitor's browser send (cross-site request forgery). The browser itself says
 * where a request comes from (W3C Fetch Metadata, then RFC 6454 Origin), before any of the body is read; a hidden form
 * token would come too late in a multipart form. A request with neither header is no browser's: it carries no
 * visitor's cookie.
 */
export function refuseCrossSiteWrites(): RequestHandler {
  return (req, _res, next) => {
    next(READING_METHODS.has(req.method) || isFromThisSite(req) ? undefined : new StippleError('SMP_FORBIDDEN'));
  };
}

function isFromThisSite(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  // `none` is the visitor's own doing: a form sent again after the browser was restarted.
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = req.get('origin');
  if (origin === undefined) return true;
  // Only the host is compared: behind a proxy that ends TLS the scheme seen here may be another.
  return URL.canParse(origin) && new URL(origin).host === req.get('host');
}
