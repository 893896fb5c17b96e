import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';
import { pinoHttp } from 'pino-http';

/** What may identify a person or let somebody in; blanked wherever it turns up in a logged object, three levels deep. */
const PRIVATE_FIELDS = [
  'alias',
  'authorization',
  'body',
  'cookie',
  'email',
  'filename',
  'name',
  'originalname',
  'password',
  'pin',
  'secret',
  'secretAccessKey',
  'token',
];

/** @param destination where lines go instead of standard output */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: PRIVATE_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[private]',
    },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * Logs one line a request and gives it a random id, as `req.id` and in the answer's X-Request-Id. The line holds method,
 * path, status and time: no query, no headers, no address.
 */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    wrapSerializers: false,
    serializers: {
      req: (req: { id: unknown; method?: string; url?: string; originalUrl?: string }) => ({
        id: req.id,
        method: req.method,
        path: hideCapabilities(req.originalUrl ?? req.url ?? ''),
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    // Says what Express's error handler has logged already, with the cause.
    customErrorObject: (_req, _res, _error, line: { err?: unknown }) => ({ ...line, err: undefined }),
  });
}

/** The path without its query, and without the token of a link: who has that address may use it. */
function hideCapabilities(url: string): string {
  return (url.split(/[?#]/, 1)[0] ?? '').replace(/^\/(s|setup|invitations|reset)\/[^/]+/, '/$1/[private]');
}

interface DescribedError {
  readonly type: string;
  readonly code?: unknown;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: DescribedError;
}

/** Type, code, message, stack and cause; further properties of an error may hold what a visitor sent. */
function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  return {
    type: error.name,
    ...('code' in error ? { code: error.code } : {}),
    message: error.message,
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
