import { type Actor, authorize } from '../app/access.ts';
import { currentCatalog, publishedCatalog } from '../app/catalogs/currentCatalogs.ts';
import { actorOfPerson } from '../app/people/findActor.ts';
import type { CatalogServices } from '../app/services.ts';
import { loadPalettes } from '../catalog/loadPalettes.ts';
import type { Catalog } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { openStores } from '../openStores.ts';
import { openDatabase } from '../storage/database.ts';
import { findCredentials } from '../storage/peopleRepo.ts';

/** Works on the catalogs the server has, as one of the people who sign in: with their rights and under their name. */
export async function withStoredCatalogs<T>(
  env: NodeJS.ProcessEnv,
  signInName: string,
  work: (services: CatalogServices, actor: Actor) => Promise<T>,
): Promise<T> {
  const { config, database } = await openStores(env);
  const db = await openDatabase(database);
  try {
    const credentials = await findCredentials(db, signInName);
    const actor = credentials && (await actorOfPerson(db, credentials.personId));
    if (!actor) {
      const sentence = commandLineTexts.nobodySignsInOrClosed(signInName);
      throw new StippleError('SMP_OPTION_INVALID', sentence);
    }
    const catalogs = await loadPalettes(config.PALETTES_DIR);
    return await work({ db, catalogs, now: () => new Date() }, actor);
  } finally {
    await db.destroy();
  }
}

/** @param version the latest when left out. @throws StippleError SMP_CATALOG_NOT_FOUND, SMP_NOT_ALLOWED */
export async function readStored(
  services: CatalogServices,
  actor: Actor,
  id: string,
  version?: number,
): Promise<Catalog> {
  authorize(actor, 'catalog:read');
  const latest = await currentCatalog(services, 'members', id);
  return version === undefined || version === latest.version
    ? latest
    : await publishedCatalog(services, { id, version });
}
