import { errorsTexts } from './language/texts/errors.ts';

/**
 * Every error a person can meet, once: its code, HTTP status, CLI exit code and sentence.
 * `detail` may replace the sentence where the place or value matters; it keeps the form "what, why, what next".
 */
export const ERRORS = {
  SMP_UPLOAD_MISSING: { status: 422, exit: 64, sentence: errorsTexts.SMP_UPLOAD_MISSING },
  SMP_UPLOAD_EMPTY: { status: 422, exit: 3, sentence: errorsTexts.SMP_UPLOAD_EMPTY },
  SMP_UPLOAD_TOO_LARGE: { status: 413, exit: 3, sentence: errorsTexts.SMP_UPLOAD_TOO_LARGE },
  SMP_UPLOAD_SEVERAL: { status: 422, exit: 64, sentence: errorsTexts.SMP_UPLOAD_SEVERAL },
  SMP_UPLOAD_BROKEN: { status: 400, exit: 1, sentence: errorsTexts.SMP_UPLOAD_BROKEN },
  SMP_PHOTO_TYPE: { status: 415, exit: 3, sentence: errorsTexts.SMP_PHOTO_TYPE },
  SMP_PHOTO_NOT_FOUND: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_NOT_FOUND },
  SMP_PHOTO_SVG: { status: 415, exit: 3, sentence: errorsTexts.SMP_PHOTO_SVG },
  SMP_PHOTO_GIF: { status: 415, exit: 3, sentence: errorsTexts.SMP_PHOTO_GIF },
  SMP_PHOTO_RAW: { status: 415, exit: 3, sentence: errorsTexts.SMP_PHOTO_RAW },
  SMP_PHOTO_TRUNCATED: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_TRUNCATED },
  SMP_PHOTO_CORRUPT: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_CORRUPT },
  SMP_PHOTO_CMYK: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_CMYK },
  SMP_PHOTO_GREYSCALE: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_GREYSCALE },
  SMP_PHOTO_TOO_MANY_PIXELS: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_TOO_MANY_PIXELS },
  SMP_PHOTO_TOO_SMALL: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_TOO_SMALL },
  SMP_PHOTO_TIMEOUT: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_TIMEOUT },
  SMP_PHOTO_UNREADABLE: { status: 422, exit: 3, sentence: errorsTexts.SMP_PHOTO_UNREADABLE },
  SMP_INTERRUPTED: { status: 503, exit: 1, sentence: errorsTexts.SMP_INTERRUPTED },
  SMP_BUSY: { status: 503, exit: 1, sentence: errorsTexts.SMP_BUSY },
  SMP_CARD_UNUSABLE: { status: 422, exit: 4, sentence: errorsTexts.SMP_CARD_UNUSABLE },
  SMP_REGION_INVALID: { status: 422, exit: 64, sentence: errorsTexts.SMP_REGION_INVALID },
  SMP_OPTION_INVALID: { status: 422, exit: 64, sentence: errorsTexts.SMP_OPTION_INVALID },
  SMP_CATALOG_NOT_FOUND: { status: 404, exit: 64, sentence: errorsTexts.SMP_CATALOG_NOT_FOUND },
  SMP_CATALOG_INVALID: { status: 422, exit: 1, sentence: errorsTexts.SMP_CATALOG_INVALID },
  SMP_CATALOG_READ_ONLY: { status: 403, exit: 1, sentence: errorsTexts.SMP_CATALOG_READ_ONLY },
  SMP_CATALOG_CONFLICT: { status: 409, exit: 1, sentence: errorsTexts.SMP_CATALOG_CONFLICT },
  SMP_IMPORT_MISSING: { status: 422, exit: 64, sentence: errorsTexts.SMP_IMPORT_MISSING },
  SMP_IMPORT_TOO_LARGE: { status: 413, exit: 1, sentence: errorsTexts.SMP_IMPORT_TOO_LARGE },
  SMP_IMPORT_UNREADY: { status: 409, exit: 1, sentence: errorsTexts.SMP_IMPORT_UNREADY },
  SMP_MEASUREMENT_OBSERVER: { status: 422, exit: 1, sentence: errorsTexts.SMP_MEASUREMENT_OBSERVER },
  SMP_NOT_FOUND: { status: 404, exit: 1, sentence: errorsTexts.SMP_NOT_FOUND },
  SMP_FORBIDDEN: { status: 403, exit: 1, sentence: errorsTexts.SMP_FORBIDDEN },
  SMP_SIGN_IN_NEEDED: { status: 401, exit: 1, sentence: errorsTexts.SMP_SIGN_IN_NEEDED },
  SMP_NOT_ALLOWED: { status: 403, exit: 1, sentence: errorsTexts.SMP_NOT_ALLOWED },
  SMP_CHANGED_MEANWHILE: { status: 409, exit: 1, sentence: errorsTexts.SMP_CHANGED_MEANWHILE },
  SMP_LINK_OVER: { status: 410, exit: 1, sentence: errorsTexts.SMP_LINK_OVER },
  SMP_ANSWER_INCOMPLETE: { status: 422, exit: 1, sentence: errorsTexts.SMP_ANSWER_INCOMPLETE },
  SMP_ANSWERED: { status: 409, exit: 1, sentence: errorsTexts.SMP_ANSWERED },
  SMP_RATE_LIMITED: { status: 429, exit: 1, sentence: errorsTexts.SMP_RATE_LIMITED },
  SMP_PHOTO_STORE: { status: 503, exit: 1, sentence: errorsTexts.SMP_PHOTO_STORE },
  SMP_STORAGE: { status: 503, exit: 1, sentence: errorsTexts.SMP_STORAGE },
  SMP_INTERNAL: { status: 500, exit: 1, sentence: errorsTexts.SMP_INTERNAL },
} as const;

export type ErrorCode = keyof typeof ERRORS;

export class StippleError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail?: string, options?: { cause?: unknown }) {
    super(detail ?? ERRORS[code].sentence, options);
    this.name = 'StippleError';
    this.code = code;
  }
}
