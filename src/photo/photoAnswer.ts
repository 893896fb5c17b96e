import { ERRORS, type ErrorCode, StippleError } from '../errors.ts';

/** How a worker answers: errors lose their class and code on the way between threads, so they travel as data. */
export type PhotoAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly stack?: string | undefined };

/**
 * Makes a worker's default export from a function that may throw: `export default answerTasks(handleTask)`.
 * A StippleError keeps its code; anything else is a fault of the program and becomes SMP_INTERNAL with its stack.
 */
export function answerTasks<Task>(handle: (task: Task) => Promise<unknown>): (task: Task) => Promise<PhotoAnswer> {
  return async (task) => {
    try {
      return { ok: true, value: await handle(task) };
    } catch (error) {
      if (error instanceof StippleError) return { ok: false, code: error.code, message: error.message };
      const stack = error instanceof Error ? error.stack : String(error);
      return { ok: false, code: 'SMP_INTERNAL', message: ERRORS.SMP_INTERNAL.sentence, stack };
    }
  };
}

/** The value of an answer. @throws StippleError with the worker's code */
export function readAnswer(answer: PhotoAnswer): unknown {
  if (answer.ok) return answer.value;
  throw new StippleError(answer.code, answer.message, answer.stack === undefined ? {} : { cause: answer.stack });
}
