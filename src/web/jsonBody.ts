import express, { type Request } from 'express';
import type * as z from 'zod';
import { StippleError } from '../errors.ts';
import { ENGLISH } from '../language/english.ts';

/** Reads the JSON body of an API call. */
export const readJson = express.json({ limit: '1mb' });

/** The body as the schema says. @throws StippleError SMP_OPTION_INVALID naming the first field that is not usable */
export function bodyOf<T>(req: Request, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new StippleError('SMP_OPTION_INVALID', ENGLISH.catalogs.unusableField(path.join('.'), message));
}
