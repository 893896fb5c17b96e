import { createHash, randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import {
  type BrowserSession,
  createBrowserSession,
  extendBrowserSession,
  findBrowserSession,
  rotateBrowserSession,
} from '../storage/browserSessionsRepo.ts';
import type { Database } from '../storage/tables.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Somebody who is signed in stays so over a working day's pauses, and for two weeks at most. */
const SIGN_IN_IDLE_MS = 12 * HOUR_MS;
const SIGN_IN_LIFETIME_MS = 14 * DAY_MS;

export interface BrowserSessionOptions {
  /** Visitors use HTTPS: the cookie is `__Host-` and Secure. */
  readonly secure: boolean;
  /** A session ends when not used for so long. */
  readonly idleMs?: number;
  /** A session ends at the latest so long after its cookie was made, however much it is used. */
  readonly lifetimeMs?: number;
  readonly now?: () => Date;
}

export interface BrowserSessionAccess {
  /** The visitor's session, or null while nothing has been stored for this visitor. */
  readonly known: BrowserSession | null;
  /** The visitor's session, made now when there is none: call it only where something is about to be stored. */
  start(): Promise<BrowserSession>;
  /** Signs a person in here, under a new token: one that somebody else planted or read before is worth nothing. */
  signIn(personId: string): Promise<void>;
  /** Signs out, under a new token; the visitor's unsaved try-outs stay with the browser. */
  signOut(): Promise<void>;
}

declare global {
  namespace Express {
    interface Request {
      browserSession: BrowserSessionAccess;
    }
  }
}

/** When it was made, in base 36 milliseconds, and 256 random bits. */
const TOKEN_PATTERN = /^([0-9a-z]{8,9})\.[A-Za-z0-9_-]{43}$/;

/**
 * Gives every request a `browserSession`: whose unsaved try-outs it may see. The visitor holds a random token in a cookie,
 * the database only its SHA-256. The cookie comes with the first page, so that two submits of its form belong together;
 * the database row comes with the first thing stored (`start`), so looking around stores nothing.
 */
export function browserSessions(db: Database, options: BrowserSessionOptions): RequestHandler {
  const { secure, idleMs = 7 * DAY_MS, lifetimeMs = 30 * DAY_MS, now = () => new Date() } = options;
  const cookieName = secure ? '__Host-stipple' : 'stipple';

  const makeToken = () => `${now().getTime().toString(36)}.${randomBytes(32).toString('base64url')}`;
  const giveToken = (res: Response): string => {
    const token = makeToken();
    res.cookie(cookieName, token, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: lifetimeMs });
    return token;
  };
  const create = async (token: string): Promise<BrowserSession | null> => {
    const time = now();
    const expiresMs = madeAtMs(token) + lifetimeMs;
    const idleExpiresAt = new Date(Math.min(time.getTime() + idleMs, expiresMs));
    return await createBrowserSession(
      db,
      { tokenHash: hashToken(token), idleExpiresAt, expiresAt: new Date(expiresMs) },
      time,
    );
  };
  const find = (token: string) => findBrowserSession(db, hashToken(token), now());
  const noteUse = async (session: BrowserSession): Promise<void> => {
    const endMs = Math.min(now().getTime() + idleMs, Date.parse(session.expiresAt));
    const { signIn } = session;
    const signInEndMs = signIn && signInEnd(Date.parse(signIn.signedInAt), now().getTime());
    const gainMs = Math.max(
      endMs - Date.parse(session.idleExpiresAt),
      signIn && signInEndMs ? signInEndMs - Date.parse(signIn.signInExpiresAt) : 0,
    );
    // One write an hour is enough to know that it is in use.
    if (gainMs >= HOUR_MS) {
      await extendBrowserSession(db, session.id, new Date(endMs), signInEndMs ? new Date(signInEndMs) : null);
    }
  };
  const rotate = async (res: Response, session: BrowserSession, personId: string | null): Promise<void> => {
    const token = giveToken(res);
    const time = now();
    await rotateBrowserSession(db, session.id, {
      tokenHash: hashToken(token),
      idleExpiresAt: new Date(time.getTime() + Math.min(idleMs, lifetimeMs)),
      expiresAt: new Date(madeAtMs(token) + lifetimeMs),
      signIn:
        personId === null
          ? null
          : { personId, signedInAt: time, signInExpiresAt: new Date(signInEnd(time.getTime(), time.getTime())) },
    });
  };
  const readToken = (req: Request): string | null => {
    const token = readCookie(req.headers.cookie, cookieName);
    if (token === null || !TOKEN_PATTERN.test(token)) return null;
    const ageMs = now().getTime() - madeAtMs(token);
    return ageMs >= 0 && ageMs < lifetimeMs ? token : null;
  };

  return async (req, res, next) => {
    let token = readToken(req);
    const known = token === null ? null : await find(token);
    if (known !== null) await noteUse(known);
    // A program with an API token needs no cookie.
    if (token === null && req.method === 'GET' && !req.headers.authorization) token = giveToken(res);
    let started: Promise<BrowserSession> | null = null;
    const start = async (): Promise<BrowserSession> => {
      if (known !== null) return known;
      const heldToken = token ?? giveToken(res);
      // The other of two submits may just have made it; when it is there but has expired, its token is used up.
      const session = (await create(heldToken)) ?? (await find(heldToken)) ?? (await create(giveToken(res)));
      if (session === null) throw new Error('Expected a new token to be free but received one in use.');
      return session;
    };
    const startOnce = () => {
      started ??= start();
      return started;
    };
    req.browserSession = {
      known,
      start: startOnce,
      async signIn(personId) {
        // A session made only to be signed in on needs no cookie of its own before the one that rotating gives.
        const session = known ?? (await create(makeToken()));
        if (session === null) throw new Error('Expected a new token to be free but received one in use.');
        await rotate(res, session, personId);
      },
      async signOut() {
        if (known !== null) await rotate(res, known, null);
      },
    };
    next();
  };
}

function signInEnd(signedInAtMs: number, usedAtMs: number): number {
  return Math.min(usedAtMs + SIGN_IN_IDLE_MS, signedInAtMs + SIGN_IN_LIFETIME_MS);
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function madeAtMs(token: string): number {
  return Number.parseInt(token.split('.')[0] ?? '', 36);
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined) return value.trim();
  }
  return null;
}
