import { randomBytes } from 'node:crypto';
import { createWriteStream, lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { type ErrorCode, StippleError } from '../errors.ts';
import { ENGLISH } from '../language/english.ts';

const MEGABYTE = 1024 * 1024;
export const MAX_UPLOAD_BYTES = 25 * MEGABYTE;
/** Name of the form field that carries the photo. */
const PHOTO_FIELD = 'photo';
/** No upload takes longer than the server's request timeout; older files are what a crash left behind. */
const LEFTOVER_MS = 60 * 60 * 1000;

/**
 * Takes one photo of a multipart form into a private folder under a random name, as `req.file`, with the form's text
 * fields in `req.body`. The file is gone when the answer has been sent or the visitor has left: move or read it before.
 * Errors are passed on as StippleError; by then the fields that came before the photo are in `req.body`.
 * @param options.field name of the form field that carries the file
 * @param options.tempDir made when missing, 0700; leftovers of a crash in it are removed now
 * @throws Error when the folder is not private: another account could swap photos in it
 */
export function photoUpload(options: { tempDir: string; maxBytes?: number; field?: string }): RequestHandler {
  const { maxBytes = MAX_UPLOAD_BYTES, field = PHOTO_FIELD } = options;
  const folder = preparePrivateFolder(options.tempDir);
  const files = new ReceivedFiles(folder);
  const receive = multer({
    storage: files,
    // Browsers send file names as UTF-8.
    defParamCharset: 'utf8',
    limits: {
      fileSize: maxBytes,
      files: 1,
      fields: 30,
      parts: 31,
      fieldNameSize: 60,
      fieldSize: 4000,
      headerPairs: 20,
      fieldNestingDepth: 0,
    },
  }).single(field);

  return (req, res, next) => {
    // Far beyond the limit nothing is read, not even to answer politely.
    if (Number(req.headers['content-length']) > 4 * maxBytes) {
      res.set('Connection', 'close');
      return next(new StippleError('SMP_UPLOAD_TOO_LARGE'));
    }
    res.once('close', () => files.forget(req));
    receive(req, res, (error: unknown) => {
      if (error) return next(toUploadError(error, maxBytes));
      if (req.file?.size === 0) return next(new StippleError('SMP_UPLOAD_EMPTY'));
      next();
    });
  };
}

/**
 * Files of requests that are not over yet. Multer's own writer may make a file after the visitor has left and after it was
 * removed; here a file is removed once its writer is closed, and none is made for a request that is over.
 */
class ReceivedFiles implements multer.StorageEngine {
  readonly #folder: string;
  readonly #writers = new WeakMap<Request, { readonly path: string; readonly closed: Promise<void>; end(): void }>();
  readonly #over = new WeakSet<Request>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  _handleFile(
    req: Request,
    file: Express.Multer.File,
    done: (error?: unknown, info?: Partial<Express.Multer.File>) => void,
  ): void {
    if (this.#over.has(req)) {
      done(new Error('The request is over.'));
      return;
    }
    const filename = randomBytes(16).toString('hex');
    const path = join(this.#folder, filename);
    const writer = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    const closed = new Promise<void>((resolve) => writer.once('close', resolve));
    this.#writers.set(req, { path, closed, end: () => writer.destroy() });
    pipeline(file.stream, writer, (error) =>
      error ? done(error) : done(null, { destination: this.#folder, filename, path, size: writer.bytesWritten }),
    );
  }

  _removeFile(req: Request, _file: Express.Multer.File, done: (error: Error | null) => void): void {
    this.forget(req);
    done(null);
  }

  /** The request is over, or what it sent was refused: its file goes once nobody writes it any more. */
  forget(req: Request): void {
    this.#over.add(req);
    const writer = this.#writers.get(req);
    if (!writer) return;
    writer.end();
    void writer.closed.then(() => rm(writer.path, { force: true })).catch(() => undefined);
  }
}

const CODES: Readonly<Partial<Record<string, ErrorCode>>> = {
  LIMIT_FILE_SIZE: 'SMP_UPLOAD_TOO_LARGE',
  LIMIT_FILE_COUNT: 'SMP_UPLOAD_SEVERAL',
  LIMIT_UNEXPECTED_FILE: 'SMP_UPLOAD_SEVERAL',
};

function toUploadError(error: unknown, maxBytes: number): StippleError {
  if (!(error instanceof Error)) return new StippleError('SMP_UPLOAD_BROKEN');
  if ('syscall' in error) return new StippleError('SMP_INTERNAL', undefined, { cause: error });
  if (!(error instanceof multer.MulterError)) return new StippleError('SMP_UPLOAD_BROKEN', undefined, { cause: error });
  const code = CODES[error.code] ?? 'SMP_OPTION_INVALID';
  const detail =
    code === 'SMP_UPLOAD_TOO_LARGE' && maxBytes !== MAX_UPLOAD_BYTES
      ? ENGLISH.photo.theSelectedFileMustBeSmaller(Math.floor(maxBytes / MEGABYTE))
      : undefined;
  return new StippleError(code, detail, { cause: error });
}

/** Returns the folder's absolute path once it is certain that only this account can use it. */
function preparePrivateFolder(folder: string): string {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const isOwn = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !isOwn || (process.getuid !== undefined && (found.mode & 0o077) !== 0)) {
    throw new Error(
      `Expected a folder for uploads that only this account can use but received ${path}. Remove it or set UPLOAD_DIR.`,
    );
  }
  const oldestMs = Date.now() - LEFTOVER_MS;
  for (const name of readdirSync(path)) {
    const file = join(path, name);
    const entry = statSync(file, { throwIfNoEntry: false });
    if (/^[0-9a-f]{32}$/.test(name) && entry?.isFile() && entry.mtimeMs < oldestMs) rmSync(file, { force: true });
  }
  return path;
}
