import { StippleError } from '../../errors.ts';
import { isCutShort } from './isCutShort.ts';
import type { SniffedFormat } from './sniffFormat.ts';

/** The decoder's complaint as one of the project's errors. `file` is what was read, to see whether its end is missing. */
export function describeFailure(error: unknown, format: SniffedFormat, file: Uint8Array): StippleError {
  if (error instanceof StippleError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (/exceeds pixel limit/.test(message)) return new StippleError('SMP_PHOTO_TOO_MANY_PIXELS', undefined, options);
  if (/^timeout/.test(message)) return new StippleError('SMP_PHOTO_TIMEOUT', undefined, options);
  return new StippleError(isCutShort(format, file) ? 'SMP_PHOTO_TRUNCATED' : 'SMP_PHOTO_CORRUPT', undefined, options);
}
