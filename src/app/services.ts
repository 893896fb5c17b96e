import type { Logger } from 'pino';
import type { Catalog } from '../catalog/shade.ts';
import type { PhotoPool } from '../photo/photoPool.ts';
import type { PhotoStore } from '../storage/photoStore.ts';
import type { Database } from '../storage/tables.ts';
import type { JobBoard } from './jobBoard.ts';

/** Everything a use case may need, made once in main and passed in. */
export interface Services {
  readonly db: Database;
  readonly photos: PhotoStore;
  readonly pool: PhotoPool;
  /** Reads catalog files. */
  readonly importPool: PhotoPool;
  readonly jobs: JobBoard;
  /** Bundled catalogs, as published at start. */
  readonly catalogs: readonly Catalog[];
  readonly uploadDir: string;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** What reading and publishing catalogs takes; the command line has no more. */
export type CatalogServices = Pick<Services, 'db' | 'catalogs' | 'now'>;
