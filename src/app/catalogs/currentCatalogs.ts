import { freezeDeep } from '../../catalog/freezeDeep.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { listOwnedVersions } from '../../storage/catalogsRepo.ts';
import { findCatalogText } from '../../storage/catalogVersionsRepo.ts';
import { type CatalogReference, listMatchCatalogs } from '../../storage/matchesRepo.ts';
import type { MatchOwner } from '../../storage/matchRecord.ts';
import type { Database } from '../../storage/tables.ts';
import { chooseCatalogs } from '../chooseCatalogs.ts';
import type { Services } from '../services.ts';

/** Whom catalogs are shown to: signed-out visitors see the bundled lines only, everybody else every published one. */
export type Audience = 'public' | 'members';

/** Parsed versions kept; a version never changes, so what is kept is never stale. The longest unused goes first. */
const MOST_KEPT = 80;
const keptOf = new WeakMap<Database, Map<string, Promise<Catalog>>>();

async function parseVersion(db: Database, { id, version }: CatalogReference): Promise<Catalog> {
  const text = await findCatalogText(db, { id, version });
  if (text === null) throw new StippleError('SMP_CATALOG_NOT_FOUND', `The catalog ${id} has no version ${version}.`);
  return freezeDeep(JSON.parse(text) as Catalog);
}

function keptVersion(db: Database, reference: CatalogReference): Promise<Catalog> {
  const kept = keptOf.get(db) ?? new Map<string, Promise<Catalog>>();
  keptOf.set(db, kept);
  const key = `${reference.id} ${reference.version}`;
  const catalog = kept.get(key) ?? parseVersion(db, reference);
  kept.delete(key);
  kept.set(key, catalog);
  catalog.catch(() => kept.delete(key));
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return catalog;
}

export function audienceOf(owner: MatchOwner | null): Audience {
  return owner !== null && 'organisationId' in owner ? 'members' : 'public';
}

/**
 * The catalogs of this moment, newest versions, bundled ones first. Each call asks the database for the version numbers
 * only, so that what one server publishes holds on every server with the next request.
 */
export async function currentCatalogs(services: Services, audience: Audience): Promise<readonly Catalog[]> {
  if (audience === 'public') return services.catalogs;
  const latest = await listOwnedVersions(services.db);
  return [...services.catalogs, ...(await Promise.all(latest.map((version) => keptVersion(services.db, version))))];
}

/**
 * The latest version of one catalog.
 * @throws StippleError SMP_CATALOG_NOT_FOUND when there is none that this audience may see
 */
export async function currentCatalog(services: Services, audience: Audience, id: string): Promise<Catalog> {
  const bundled = services.catalogs.find((catalog) => catalog.id === id);
  if (bundled) return bundled;
  const version =
    audience === 'public' ? undefined : (await listOwnedVersions(services.db)).find((one) => one.id === id);
  if (!version) throw new StippleError('SMP_CATALOG_NOT_FOUND');
  return await keptVersion(services.db, version);
}

/** One published version, however old. @throws StippleError SMP_CATALOG_NOT_FOUND when there is none */
export async function publishedCatalog(services: Services, reference: CatalogReference): Promise<Catalog> {
  const bundled = services.catalogs.find(({ id, version }) => id === reference.id && version === reference.version);
  return bundled ?? (await keptVersion(services.db, reference));
}

/** The very versions a stored result was made from; empty for a match without a result. */
export async function citedCatalogs(services: Services, owner: MatchOwner, matchId: string): Promise<Catalog[]> {
  const cited = await listMatchCatalogs(services.db, owner, matchId);
  return await Promise.all(cited.map((reference) => publishedCatalog(services, reference)));
}

/** The current catalogs that a `palette` option names, for the owner of a match. */
export async function paletteFor(services: Services, owner: MatchOwner, palette: string): Promise<readonly Catalog[]> {
  return chooseCatalogs(await currentCatalogs(services, audienceOf(owner)), palette);
}
