import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Services } from '../app/services.ts';
import { ERRORS, type ErrorCode, StippleError } from '../errors.ts';
import { ENGLISH } from '../language/english.ts';
import { listPeople } from '../storage/peopleRepo.ts';
import { render } from './render.ts';
import { isStorageFault } from './storageFault.ts';

const HEADINGS: Partial<Record<number, string>> = {
  403: ENGLISH.frame.notAllowed,
  404: ENGLISH.frame.notFound,
  405: ENGLISH.frame.notPossibleHere,
  413: ENGLISH.frame.tooLarge,
  429: ENGLISH.frame.tooManyRequests,
  503: ENGLISH.frame.busyAtTheMoment,
};

/** PostgreSQL cannot store U+0000 in a text (SQLSTATE character_not_in_repertoire). */
const NO_TEXT = '22021';
/** A row would belong to one that is not there (any more): SQLite's name and PostgreSQL's SQLSTATE. */
const BELONGS_TO_NONE = new Set<unknown>(['SQLITE_CONSTRAINT_FOREIGNKEY', '23503']);

/** What Express and body parsers throw carries a status; everything else is ours to explain or a fault. */
export function toStippleError(error: unknown): StippleError {
  if (error instanceof StippleError && error.code !== 'SMP_INTERNAL') return error;
  if (isStorageFault(error)) return new StippleError('SMP_STORAGE', undefined, { cause: error });
  if (error instanceof StippleError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (code === NO_TEXT) return new StippleError('SMP_OPTION_INVALID', undefined, { cause: error });
  if (BELONGS_TO_NONE.has(code)) {
    const sentence = ENGLISH.frame.whatThisBelongsToWasErased;
    return new StippleError('SMP_NOT_FOUND', sentence, { cause: error });
  }
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 404) return new StippleError('SMP_NOT_FOUND', undefined, { cause: error });
  if (status === 413) return new StippleError('SMP_UPLOAD_TOO_LARGE', undefined, { cause: error });
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new StippleError('SMP_OPTION_INVALID', undefined, { cause: error });
  }
  return new StippleError('SMP_INTERNAL', undefined, { cause: error });
}

/** RFC 9457 problem details with the page's own sentence. */
export function problemOf(error: StippleError): { type: string; title: string; status: number; code: ErrorCode } {
  return { type: 'about:blank', title: error.message, status: ERRORS[error.code].status, code: error.code };
}

function isApi(req: Request): boolean {
  return req.path.startsWith('/api/');
}

export const notFound: RequestHandler = () => {
  throw new StippleError('SMP_NOT_FOUND');
};

/** Who can help with a 403: the owners of the person's organisation, by name. */
async function namesOfOwners({ db }: Services, req: Request): Promise<string | null> {
  if (!req.actor) return null;
  const people = await listPeople(db, req.actor.organisationId);
  const owners = people.filter(({ role, disabledAt }) => role === 'owner' && disabledAt === null);
  return owners.map(({ displayName }) => displayName).join(', ') || null;
}

/** The last handler: a page for people, problem+json for the API, and the cause in the log only. */
export function errorPages(services: Services): ErrorRequestHandler {
  const { logger } = services;
  return async (error: unknown, req: Request, res: Response, next) => {
    const known = toStippleError(error);
    const { status } = ERRORS[known.code];
    if (status >= 500 && known.code !== 'SMP_BUSY')
      logger.error({ err: error, requestId: req.id }, ENGLISH.frame.requestFailed);
    if (res.headersSent) return next(error);
    res.status(status);
    if (status === 503) res.set('Retry-After', '5');
    if (status === 401) res.set('WWW-Authenticate', 'Bearer');
    if (isApi(req)) {
      res.type('application/problem+json').send(JSON.stringify(problemOf(known)));
      return;
    }
    if (status === 401) {
      // A form is not sent again after signing in; a page is.
      res.redirect(303, req.method === 'GET' ? `/sign-in?next=${encodeURIComponent(req.originalUrl)}` : '/sign-in');
      return;
    }
    await render(req, res, 'error', {
      title: HEADINGS[status] ?? ENGLISH.frame.thereIsAProblem,
      heading: HEADINGS[status] ?? ENGLISH.frame.thereIsAProblem,
      sentence: known.message,
      requestId: status === 500 ? req.id : null,
      owners: known.code === 'SMP_NOT_ALLOWED' ? await namesOfOwners(services, req) : null,
      signInHref: status === 404 && !req.actor ? `/sign-in?next=${encodeURIComponent(req.originalUrl)}` : null,
    });
  };
}
