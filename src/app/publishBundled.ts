import { catalogChangesTexts } from '../language/texts/catalogChanges.ts';
import { serverTexts } from '../language/texts/server.ts';
import { publishCatalogVersion } from '../storage/catalogVersionsRepo.ts';
import type { Services } from './services.ts';

/**
 * Publishes the bundled catalogs, so that a result can cite a version that can be replayed after the files have changed.
 * @throws Error when a file changed without a new version number: results cite that number
 */
export async function publishBundled({ db, catalogs, now }: Services): Promise<void> {
  for (const catalog of catalogs) {
    const { id, version } = catalog;
    const outcome = await publishCatalogVersion(
      db,
      { id, version, catalog, note: catalogChangesTexts.bundledWithStipple, author: catalog.supplier },
      now(),
    );
    if (outcome === 'conflict') {
      throw new Error(serverTexts.bundledCatalogUnraised(id, version));
    }
  }
}
