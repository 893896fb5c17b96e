import type { Request, Response } from 'express';

/** Long enough for a slow redirect, too short to be found later. */
const LIFETIME_MS = 60_000;
const NAME = 'stipple-once';

/**
 * Keeps a secret that was just made for the next page, which shows it once: a form's answer is a redirect, and an address
 * would end up in histories and logs. It travels in a cookie that only this path of this browser sends back.
 */
export function keepForNextPage(req: Request, res: Response, path: string, value: string): void {
  res.cookie(NAME, value, { httpOnly: true, sameSite: 'strict', secure: req.secure, path, maxAge: LIFETIME_MS });
}

/** The secret kept for this page, or null; asking for it ends its keeping. */
export function takeOnce(req: Request, res: Response, path: string): string | null {
  const value = new RegExp(`(?:^|;\\s*)${NAME}=([^;]*)`).exec(req.headers.cookie ?? '')?.[1];
  if (value === undefined) return null;
  res.clearCookie(NAME, { httpOnly: true, sameSite: 'strict', secure: req.secure, path });
  return decodeURIComponent(value);
}
