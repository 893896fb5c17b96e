import type { MessagePort } from 'node:worker_threads';
import type { Catalog } from '../../catalog/shade.ts';
import { checkImport, type ImportFile, importedCatalog, rejectedRows } from './readImport.ts';

/** Reading a supplier's file, in a worker: large ones take seconds. */
export interface CatalogImportTask {
  readonly kind: 'catalogImport';
  /** `check`: an ImportCheck. `catalog`: with the next version as text. `rejected`: the rejected rows as CSV. */
  readonly want: 'check' | 'catalog' | 'rejected';
  /** The catalog the file goes into, as text: cheaper to hand over than as objects. */
  readonly catalogJson: string;
  readonly source: ImportFile;
  /** Receives the share read, 0–1. */
  readonly port: MessagePort | null;
}

export function answerImport(task: CatalogImportTask): unknown {
  const { want, source, port } = task;
  const catalog = JSON.parse(task.catalogJson) as Catalog;
  try {
    if (want === 'catalog') return importedCatalog(catalog, source);
    if (want === 'rejected') return rejectedRows(catalog, source);
    return checkImport(catalog, source, (share) => port?.postMessage(share));
  } finally {
    port?.close();
  }
}
