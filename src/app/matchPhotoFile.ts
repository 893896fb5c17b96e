import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Catalog } from '../catalog/shade.ts';
import { type DecodedPhoto, decodePhoto } from '../photo/decode/decodePhoto.ts';
import type { Step } from './jobBoard.ts';
import type { MatchOptions } from './matchOptions.ts';
import type { MatchResult } from './matchResult.ts';
import { type MeasuredPhoto, measurePhoto } from './measurePhoto.ts';
import { recommendShades } from './recommendShades.ts';

export interface MatchRequest {
  readonly options: MatchOptions;
  readonly catalogs: readonly Catalog[];
  /** Day lots are checked against, ISO date. */
  readonly asOf: string;
  /** Hash of the file as first sent, when this is a stored copy of it. */
  readonly sha256?: string | null;
  /** The file as decoded before, where somebody kept it. */
  readonly decoded?: DecodedPhoto | null;
}

export interface FileMatch extends MeasuredPhoto {
  readonly decoded: DecodedPhoto;
  readonly result: MatchResult;
}

/** Hooks of somebody who watches or needs more than the result. */
export interface MatchWatcher {
  onStep?(step: Step): void;
  /** The file has proved to be a usable photo. Goes on beside the search for regions; what comes after waits for it. */
  onDecoded?(decoded: DecodedPhoto, sha256: string): Promise<void>;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Photo file in, result out: the same function behind page, API and command line.
 * @throws StippleError when the file is not a usable photo or a card was asked for and none is usable
 */
export async function matchPhotoFile(
  path: string,
  request: MatchRequest,
  watcher: MatchWatcher = {},
): Promise<FileMatch> {
  const report = (step: Step) => watcher.onStep?.(step);
  report('reading');
  // Beside the decoding, which another thread does; what is wrong with the file, decoding tells better.
  const hashing = request.sha256 ?? hashFile(path);
  if (hashing instanceof Promise) hashing.catch(() => {});
  const decoded = request.decoded ?? (await decodePhoto(path));
  const sha256 = await hashing;
  const keeping = watcher.onDecoded?.(decoded, sha256);
  // Awaited below; until then a failure of it is nobody's.
  keeping?.catch(() => {});
  try {
    const measured = await measurePhoto(decoded, sha256, request.options, report, keeping);
    report('matching');
    const result = recommendShades(measured.measurement, request.options, request.catalogs, request.asOf);
    return { ...measured, decoded, result };
  } finally {
    await keeping;
  }
}
