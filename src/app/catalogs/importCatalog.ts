import { createHash } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import type { Answers } from '../../catalog/formats/catalogFile.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import {
  type CatalogImport,
  createImport,
  deleteImport,
  findImport,
  finishImport,
  reportImport,
  restartImport,
} from '../../storage/catalogImportsRepo.ts';
import { findCatalogText, findLatestVersion, publishNextVersion } from '../../storage/catalogVersionsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import type { CatalogImportTask, ImportAnswer } from './importTask.ts';
import { authorName, type CatalogEditor, ownCatalog } from './ownCatalog.ts';
import { checkNote } from './publishDraft.ts';
import type { ImportCheck } from './readImport.ts';
import { textBytes } from './textBytes.ts';

/** A file waits so long for its publication. */
const KEPT_MS = 3 * 24 * 60 * 60 * 1000;
/** A check that has said nothing for so long died with its server and is started again. */
const SILENT_MS = 60_000;
const REPORT_EVERY_MS = 700;

export interface PendingImport {
  readonly id: string;
  readonly catalogId: string;
  readonly fileName: string;
  readonly answers: Answers;
  readonly state: CatalogImport['state'];
  readonly progressPercent: number;
  readonly check: ImportCheck | null;
  /** A version was published after the check: look again before publishing. */
  readonly isStale: boolean;
}

/** The latest version's text, for another thread. */
async function baseText(services: Services, actor: CatalogEditor, catalogId: string) {
  const { header } = await ownCatalog(services, actor, catalogId);
  const found = await findCatalogText(services.db, { id: catalogId, version: header.version });
  const text = found ?? JSON.stringify({ ...header, shades: [] } satisfies Catalog);
  return textBytes(text);
}

/** @param sent the file's bytes where they are at hand; they are handed over and gone afterwards */
async function runTask<T>(
  services: Services,
  actor: CatalogEditor,
  entry: CatalogImport,
  want: CatalogImportTask['want'],
  { sent, onShare }: { sent?: Uint8Array; onShare?: (share: number) => void } = {},
): Promise<T> {
  const bytes = sent ?? (await services.photos.get(entry.storageKey));
  if (!bytes) throw new StippleError('SMP_NOT_FOUND', catalogChangesTexts.fileOfThisImport);
  const { port1, port2 } = new MessageChannel();
  port1.on('message', (share: number) => onShare?.(share));
  const catalog = await baseText(services, actor, entry.catalogId);
  const task: CatalogImportTask = {
    want,
    catalog,
    source: {
      bytes,
      name: entry.fileName,
      answers: entry.answers as Answers,
      today: services.now().toISOString().slice(0, 10),
    },
    port: port2,
  };
  // A large file moves to the other thread; small ones lie in memory that others use too.
  const { buffer } = bytes;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  try {
    const transfer = [port2, catalog.buffer, ...(isAlone ? [buffer] : [])];
    return await services.importPool.run<T>(task, { transfer });
  } finally {
    port1.close();
  }
}

/** Stores what a check found, and nothing of it when the import was taken back meanwhile. */
async function storeOutcome(services: Services, id: string, { check, next }: ImportAnswer): Promise<void> {
  const { db, photos, now } = services;
  const key = next && (await photos.put(next.bytes, 'application/octet-stream'));
  const stored = next && key ? { key, sha256: next.sha256 } : null;
  const isThere = await finishImport(db, id, { state: 'ready', check, next: stored }, now());
  if (!isThere && key) await photos.delete(key);
}

/** Checks the stored file in a worker and stores what it found. Never rejects: a failure becomes the state `failed`. */
function runCheck(services: Services, actor: CatalogEditor, entry: CatalogImport, sent?: Uint8Array): Promise<void> {
  return services.jobs.start(entry.id, async () => {
    let reportedMs = services.now().getTime();
    const onShare = (share: number) => {
      const nowMs = services.now().getTime();
      if (nowMs - reportedMs < REPORT_EVERY_MS) return;
      reportedMs = nowMs;
      void reportImport(services.db, entry.id, Math.round(100 * share), services.now()).catch(() => {});
    };
    try {
      const answer = await runTask<ImportAnswer>(services, actor, entry, 'check', { ...(sent && { sent }), onShare });
      await storeOutcome(services, entry.id, answer);
    } catch (error) {
      services.logger.error({ err: error, import: entry.id }, 'checking a catalog file failed');
      await finishImport(services.db, entry.id, { state: 'failed' }, services.now()).catch(() => {});
    }
  });
}

/**
 * Takes a file in: answers once it is stored, and goes on checking it. Writes nothing to the catalog.
 * @throws StippleError SMP_CATALOG_READ_ONLY, SMP_CATALOG_NOT_FOUND
 */
export async function startImport(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  file: { catalogId: string; bytes: Uint8Array; fileName: string; answers?: Answers },
): Promise<string> {
  const { catalogId, bytes, answers = {} } = file;
  await ownCatalog(services, actor, catalogId);
  const storageKey = await services.photos.put(bytes, 'application/octet-stream');
  const now = services.now();
  const entry = await createImport(
    services.db,
    {
      catalogId,
      fileName: file.fileName.replaceAll(/[\p{Cc}\\/]/gu, '_').slice(-120) || 'file',
      storageKey,
      bytes: bytes.length,
      answers,
      createdByName: authorName(actor),
      expiresAt: new Date(now.getTime() + KEPT_MS),
    },
    now,
  );
  void runCheck(services, actor, entry, bytes);
  return entry.id;
}

async function getImport(
  services: Services,
  actor: CatalogEditor,
  catalogId: string,
  id: string,
): Promise<CatalogImport> {
  await ownCatalog(services, actor, catalogId);
  const entry = await findImport(services.db, catalogId, id);
  if (!entry) throw new StippleError('SMP_NOT_FOUND', catalogChangesTexts.thisImportWasPublished);
  return entry;
}

/** An import as it stands; waits up to `patienceMs` for a check that is running here. */
export async function viewImport(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  { catalogId, id, patienceMs = 0 }: { catalogId: string; id: string; patienceMs?: number },
): Promise<PendingImport> {
  await services.jobs.waitFor(id, patienceMs);
  const entry = await getImport(services, actor, catalogId, id);
  const silentMs = services.now().getTime() - new Date(entry.updatedAt).getTime();
  if (entry.state === 'reading' && silentMs > SILENT_MS) void runCheck(services, actor, entry);
  const check = entry.check as unknown as ImportCheck | null;
  const { fileName, answers, state, progressPercent } = entry;
  return {
    id,
    catalogId,
    fileName,
    answers: answers as Answers,
    state,
    progressPercent,
    check,
    isStale: check !== null && check.baseVersion !== (await findLatestVersion(services.db, catalogId)),
  };
}

/** Checks the file again, with other answers where given: conditions, columns, corrected cells. */
export async function answerQuestions(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  { catalogId, id, answers }: { catalogId: string; id: string; answers?: Answers },
): Promise<void> {
  const entry = await getImport(services, actor, catalogId, id);
  const given = answers === undefined ? entry.answers : { ...entry.answers, ...answers };
  await services.jobs.waitFor(id, SILENT_MS);
  const { nextKey } = await getImport(services, actor, catalogId, id);
  await restartImport(services.db, id, given, services.now());
  if (nextKey !== null) await services.photos.delete(nextKey);
  void runCheck(services, actor, await getImport(services, actor, catalogId, id));
}

/** The rejected rows as CSV, with what is wrong in each. */
export async function rejectedRowsOf(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  catalogId: string,
  id: string,
): Promise<string> {
  return await runTask<string>(services, actor, await getImport(services, actor, catalogId, id), 'rejected');
}

async function deleteFiles({ photos }: Services, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => photos.delete(key)));
}

/** Takes an import back; the catalog stays as it is. */
export async function dropImport(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  catalogId: string,
  id: string,
): Promise<void> {
  await getImport(services, actor, catalogId, id);
  await deleteFiles(services, await deleteImport(services.db, id));
}

/**
 * Publishes what the dry run showed: every accepted row, no rejected one.
 * @throws StippleError SMP_IMPORT_UNREADY while the check runs, SMP_CATALOG_CONFLICT when another version came after it,
 * SMP_OPTION_INVALID when nothing would change or the note is missing
 */
export async function publishImport(
  services: Services,
  actor: Authorized<'catalog:publish'>,
  { catalogId, id, note }: { catalogId: string; id: string; note: string },
): Promise<number> {
  const entry = await getImport(services, actor, catalogId, id);
  const shown = entry.check as unknown as ImportCheck | null;
  if (entry.state !== 'ready' || shown === null) throw new StippleError('SMP_IMPORT_UNREADY');
  if (shown.counts.added + shown.counts.changed === 0) {
    throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.thisFileChangesNothing);
  }
  const said = checkNote(note);
  const catalogJson = await checkedText(services, entry);
  // What is published is what was looked at, on the version it was looked at against.
  if (catalogJson === null) throw new StippleError('SMP_CATALOG_CONFLICT');
  const next = { catalogId, after: shown.baseVersion, catalogJson, note: said, author: authorName(actor) };
  let files: string[] = [];
  const published = await publishNextVersion(services.db, next, services.now(), async (transaction) => {
    files = await deleteImport(transaction, id);
  });
  if (published === null) throw new StippleError('SMP_CATALOG_CONFLICT');
  await deleteFiles(services, files);
  return published.version;
}

/** The next version as the check left it; null when it is not there or not as it was left. */
async function checkedText({ photos }: Services, { nextKey, nextSha256 }: CatalogImport): Promise<string | null> {
  const bytes = nextKey === null ? null : await photos.get(nextKey);
  if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== nextSha256) return null;
  return bytes.toString('utf8');
}
