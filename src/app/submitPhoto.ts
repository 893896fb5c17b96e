import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Catalog } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import type { Sending } from '../photo/photoPool.ts';
import { createMatch, findSubmittedMatch, saveRefusal, saveResult } from '../storage/matchesRepo.ts';
import type { MatchOwner } from '../storage/matchRecord.ts';
import { type PhotoKind, savePhoto } from '../storage/photosRepo.ts';
import { paletteFor } from './catalogs/currentCatalogs.ts';
import { refreshAfterMatch } from './consultations/openConsultation.ts';
import type { Step } from './jobBoard.ts';
import type { MatchOptions } from './matchOptions.ts';
import { measuringUntil } from './matchStep.ts';
import type { MatchReply, MatchTask, PagePicture, WorkerNews } from './photoTask.ts';
import type { Services } from './services.ts';

/** Long enough for a phone or desktop page; the measuring itself uses every pixel. */
const DISPLAY_SIDE_PX = 1600;

export interface Submission {
  /** The file as uploaded; read before this function resolves and not needed afterwards. */
  readonly path: string;
  readonly alias: string | null;
  /** Random text made with the form, so that a double submit makes one match. */
  readonly key: string | null;
  readonly options: MatchOptions;
}

type Accepted = Extract<WorkerNews, { news: 'accepted' }>;

export interface RunningMatch {
  readonly accepted: Promise<Accepted>;
  readonly reply: Promise<MatchReply>;
  /** The versions it is matched against, which the result will cite. */
  readonly catalogs: readonly Catalog[];
  onStep: (step: Step) => void;
}

/**
 * Sends a photo file to a worker and splits what comes back into news and the final reply. When the worker dies the photo
 * goes to a fresh one: from its file, or, once it was accepted and the file may be gone, from the copy made of it.
 */
export function startMatch(
  services: Services,
  path: string,
  options: MatchOptions,
  catalogs: readonly Catalog[],
  sha256: string | null = null,
): RunningMatch {
  let told: Accepted | null = null;
  let copy: string | null = null;
  let port: MessagePort;
  let accept: (news: Accepted) => void;
  const hear = (news: WorkerNews) => {
    if (news.news === 'step') return running.onStep(news.step);
    told = news;
    accept(news);
  };
  const sending = (source: Pick<MatchTask, 'path' | 'sha256' | 'displaySidePx'>): Sending => {
    const { port1, port2 } = new MessageChannel();
    port = port1.on('message', hear);
    const asOf = options.asOf ?? today(services);
    return { task: { kind: 'match', ...source, options, catalogs, asOf, port: port2 }, transfer: [port2] };
  };
  // A worker posts its news before it answers or dies, but they may be delivered later.
  const hearTheRest = () => {
    for (let rest = receiveMessageOnPort(port); rest; rest = receiveMessageOnPort(port)) hear(rest.message);
    port.close();
  };
  const again = async () => {
    hearTheRest();
    if (!told) return sending(file);
    copy = join(services.uploadDir, randomBytes(16).toString('hex'));
    await writeFile(copy, told.working, { mode: 0o600 });
    return sending({ path: copy, sha256: told.sha256, displaySidePx: null });
  };
  // A photo that is measured again has its pictures.
  const file = { path, sha256, displaySidePx: sha256 === null ? DISPLAY_SIDE_PX : null };
  const about = () => told?.sha256 ?? sha256;
  const { task, transfer = [] } = sending(file);
  const reply = services.pool.run<MatchReply>(task, { transfer, about, again }).finally(async () => {
    hearTheRest();
    if (copy) await rm(copy, { force: true });
  });
  const accepted = new Promise<Accepted>((resolve, reject) => {
    accept = resolve;
    reply.then(() => reject(new StippleError('SMP_INTERNAL')), reject);
  });
  const running: RunningMatch = { onStep: () => {}, reply, catalogs, accepted };
  return running;
}

/**
 * Takes a photo in: answers once the photo is known to be usable and is on disk with its match, and goes on measuring.
 * @throws StippleError when the file is not a usable photo; then nothing is left behind
 */
export async function submitPhoto(services: Services, owner: MatchOwner, submission: Submission): Promise<string> {
  const earlier = submission.key === null ? null : await findSubmittedMatch(services.db, owner, submission.key);
  if (earlier) return earlier.id;
  const catalogs = await paletteFor(services, owner, submission.options.palette);
  const running = startMatch(services, submission.path, submission.options, catalogs);
  const accepted = await running.accepted;
  const keys = await Promise.all([
    services.photos.put(accepted.display.bytes, 'image/jpeg'),
    services.photos.put(accepted.working, 'application/octet-stream'),
  ]);
  const { match, created } = await createMatch(
    services.db,
    owner,
    {
      idempotencyKey: submission.key,
      status: 'photo',
      alias: submission.alias,
      options: submission.options,
      inputSha256: accepted.sha256,
      measuringUntil: measuringUntil(services),
    },
    services.now(),
  );
  if (!created) {
    running.reply.catch(() => {});
    await Promise.all(keys.map((key) => services.photos.delete(key)));
    return match.id;
  }
  const { widthPx, heightPx } = accepted.display;
  await recordPhoto(services, match.id, 'display', keys[0], accepted.display, 'image/jpeg');
  await recordPhoto(
    services,
    match.id,
    'working',
    keys[1],
    { bytes: accepted.working, widthPx, heightPx },
    'application/octet-stream',
  );
  void finishMatch(services, owner, match.id, submission.options, running);
  return match.id;
}

/** Waits for a running match on the job board and stores what it found. Never rejects: a failure becomes a refusal. */
export function finishMatch(
  services: Services,
  owner: MatchOwner,
  id: string,
  options: MatchOptions,
  running: RunningMatch,
): Promise<void> {
  return services.jobs.start(id, async (report) => {
    running.onStep = report;
    try {
      const { result, measurement } = await running.reply;
      await saveResult(
        services.db,
        owner,
        id,
        {
          options,
          proposal: measurement,
          result,
          engine: result.engine,
          catalogs: running.catalogs.map(({ id, version }) => ({ id, version })),
        },
        services.now(),
      );
      await refreshAfterMatch(services, owner, id);
    } catch (error) {
      const code = error instanceof StippleError ? error.code : 'SMP_INTERNAL';
      await saveRefusal(services.db, owner, id, code, services.now()).catch(() => {});
      if (code === 'SMP_INTERNAL') services.logger.error({ err: error, match: id }, 'measuring failed');
    }
  });
}

async function recordPhoto(
  services: Services,
  matchId: string,
  kind: PhotoKind,
  storageKey: string,
  picture: PagePicture,
  mime: string,
): Promise<string | null> {
  const { widthPx, heightPx } = picture;
  const photo = { matchId, kind, storageKey, bytes: picture.bytes.byteLength, widthPx, heightPx, mime };
  const { replacedKey } = await savePhoto(services.db, photo, services.now());
  return replacedKey;
}

export function today(services: Services): string {
  return services.now().toISOString().slice(0, 10);
}
