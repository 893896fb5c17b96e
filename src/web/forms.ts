import type { Request, Response } from 'express';

/** A text field of a form, or '' when it is missing or was sent twice. */
export function textField(req: Request, name: string): string {
  const value: unknown = (req.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

/** All values of a field that may be ticked more than once. */
export function textFields(req: Request, name: string): string[] {
  const value: unknown = (req.body as Record<string, unknown> | undefined)?.[name];
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

/** Every accepted POST ends here, so that reloading the next page repeats nothing. */
export function redirectAfterPost(res: Response, to: string): void {
  res.redirect(303, to);
}

/** A path on this site to go back to, or `/` for anything a browser could take for another site's address. */
export function localPath(text: string): string {
  const here = 'http://here.invalid';
  if (!text.startsWith('/') || !URL.canParse(text, here)) return '/';
  const { origin, pathname, search, hash } = new URL(text, here);
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
