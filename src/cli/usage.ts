import { ERRORS, type ErrorCode, StippleError } from '../errors.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';

/** Runs an argument parser and turns its complaint into bad usage. */
export function usage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0]! : String(error);
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.seeStippleHelp(text), { cause: error });
  }
}

/** What a failed command prints: the API's problem object and one sentence. */
export function failureOf(error: unknown): { problem: { title: string; status: number; code: ErrorCode } } {
  const known = error instanceof StippleError ? error : new StippleError('SMP_INTERNAL', undefined, { cause: error });
  return { problem: { title: known.message, status: ERRORS[known.code].status, code: known.code } };
}
