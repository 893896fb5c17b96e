import type { Request, Response } from 'express';

/** A text field of a form, or '' when it is missing or was sent twice. */
export function textField(req: Request, name: string): string {
  const value: unknown = (req.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

/** Every accepted POST ends here, so that reloading the next page repeats nothing. */
export function redirectAfterPost(res: Response, to: string): void {
  res.redirect(303, to);
}
