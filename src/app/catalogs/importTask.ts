import { createHash } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { catalogHealth } from '../../catalog/catalogHealth.ts';
import { readCatalogText } from '../../catalog/catalogText.ts';
import { compareTexts } from '../../catalog/compareVersions.ts';
import { checkImport, type ImportCheck, type ImportFile, openBase, rejectedRows } from './readImport.ts';
import { asBuffer } from './textBytes.ts';

/** Large catalogs are read in a thread of their own: they take seconds. */
export type CatalogTask = CatalogImportTask | CompareTask | HealthTask;

/** The state of a catalog, as its text in UTF-8. */
export interface HealthTask {
  readonly want: 'health';
  readonly text: Uint8Array;
  /** ISO date against which lots expire. */
  readonly today: string;
}

/** The differences of two versions, each as its text in UTF-8. */
export interface CompareTask {
  readonly want: 'compare';
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

export interface CatalogImportTask {
  /** `check`: an ImportAnswer. `rejected`: the rejected rows as CSV. */
  readonly want: 'check' | 'rejected';
  /** The catalog the file goes into, as its text in UTF-8. */
  readonly catalog: Uint8Array;
  readonly source: ImportFile;
  /** Receives the share read, 0–1. */
  readonly port: MessagePort | null;
}

export interface ImportAnswer {
  readonly check: ImportCheck;
  /** Text of the catalog as it would be, UTF-8; null when nothing would change. */
  readonly next: { readonly bytes: Uint8Array; readonly sha256: string } | null;
}

export async function answerImport(task: CatalogTask): Promise<unknown> {
  if (task.want === 'health') return catalogHealth(await readCatalogText(asBuffer(task.text)), { today: task.today });
  if (task.want === 'compare') return await compareTexts(asBuffer(task.from), asBuffer(task.to));
  const { want, source, port } = task;
  try {
    const base = await openBase(asBuffer(task.catalog));
    if (want === 'rejected') return rejectedRows(base, source);
    const { check, next } = checkImport(base, source, (share) => port?.postMessage(share));
    if (next === null) return { check, next };
    return { check, next: { bytes: next, sha256: createHash('sha256').update(next).digest('hex') } };
  } finally {
    port?.close();
  }
}
