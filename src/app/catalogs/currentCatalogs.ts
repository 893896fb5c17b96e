import { type CatalogHeader, readCatalogHeader, readCatalogText } from '../../catalog/catalogText.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { listOwnedVersions } from '../../storage/catalogsRepo.ts';
import { findCatalogText } from '../../storage/catalogVersionsRepo.ts';
import { type CatalogReference, listMatchCatalogs } from '../../storage/matchesRepo.ts';
import type { MatchOwner } from '../../storage/matchRecord.ts';
import type { Database } from '../../storage/tables.ts';
import { chooseCatalogs } from '../chooseCatalogs.ts';
import type { CatalogServices } from '../services.ts';

/** Whom catalogs are shown to: signed-out visitors see the bundled lines only, everybody else every published one. */
export type Audience = 'public' | 'members';

/** Shades of parsed versions that are kept; a version never changes, so what is kept is never stale. */
const MOST_SHADES_KEPT = 50_000;
/** As shades count those that other versions share too; an empty catalog counts as well. */
const weightOf = ({ shades }: Catalog): number => shades.length + 1;

interface Kept {
  readonly id: string;
  readonly catalog: Promise<Catalog>;
  /** 0 while it is being read. */
  shades: number;
}
const keptOf = new WeakMap<Database, Map<string, Kept>>();
const MOST_HEADERS_KEPT = 200;
const headersOf = new WeakMap<Database, Map<string, CatalogHeader>>();

async function textOf(db: Database, { id, version }: CatalogReference): Promise<string> {
  const text = await findCatalogText(db, { id, version });
  if (text === null)
    throw new StippleError('SMP_CATALOG_NOT_FOUND', catalogChangesTexts.catalogHasNoVersion(id, version));
  return text;
}

/** The longest unused versions go first; the newest stays however large. */
function dropUnused(kept: Map<string, Kept>): void {
  let total = [...kept.values()].reduce((sum, { shades }) => sum + shades, 0);
  for (const [key, { shades }] of kept) {
    if (total <= MOST_SHADES_KEPT || kept.size === 1) return;
    kept.delete(key);
    total -= shades;
  }
}

function keptVersion(db: Database, { id, version }: CatalogReference): Promise<Catalog> {
  const kept = keptOf.get(db) ?? new Map<string, Kept>();
  keptOf.set(db, kept);
  const key = `${id} ${version}`;
  const found = kept.get(key);
  if (found) {
    kept.delete(key);
    kept.set(key, found);
    return found.catalog;
  }
  const kin = [...kept.values()].findLast((other) => other.id === id);
  const read = async () =>
    readCatalogText(await textOf(db, { id, version }), await kin?.catalog.catch(() => undefined));
  const entry: Kept = { id, catalog: read(), shades: 0 };
  kept.set(key, entry);
  entry.catalog.then(
    (catalog) => {
      entry.shades = weightOf(catalog);
      dropUnused(kept);
    },
    () => kept.delete(key),
  );
  return entry.catalog;
}

export function audienceOf(owner: MatchOwner | null): Audience {
  return owner !== null && 'organisationId' in owner ? 'members' : 'public';
}

/**
 * The catalogs of this moment, newest versions, bundled ones first. Each call asks the database for the version numbers
 * only, so that what one server publishes holds on every server with the next request.
 */
export async function currentCatalogs(services: CatalogServices, audience: Audience): Promise<readonly Catalog[]> {
  if (audience === 'public') return services.catalogs;
  const latest = await listOwnedVersions(services.db);
  return [...services.catalogs, ...(await Promise.all(latest.map((version) => keptVersion(services.db, version))))];
}

async function currentReference(services: CatalogServices, audience: Audience, id: string): Promise<CatalogReference> {
  const bundled = services.catalogs.find((catalog) => catalog.id === id);
  if (bundled) return bundled;
  const version =
    audience === 'public' ? undefined : (await listOwnedVersions(services.db)).find((one) => one.id === id);
  if (!version) throw new StippleError('SMP_CATALOG_NOT_FOUND');
  return version;
}

/**
 * The latest version of one catalog.
 * @throws StippleError SMP_CATALOG_NOT_FOUND when there is none that this audience may see
 */
export async function currentCatalog(services: CatalogServices, audience: Audience, id: string): Promise<Catalog> {
  return await publishedCatalog(services, await currentReference(services, audience, id));
}

/** The latest version of one catalog without its shades. @throws as `currentCatalog` */
export async function currentHeader(services: CatalogServices, audience: Audience, id: string): Promise<CatalogHeader> {
  return await publishedHeader(services, await currentReference(services, audience, id));
}

/** One published version, however old. @throws StippleError SMP_CATALOG_NOT_FOUND when there is none */
export async function publishedCatalog(services: CatalogServices, reference: CatalogReference): Promise<Catalog> {
  return bundledVersion(services, reference) ?? (await keptVersion(services.db, reference));
}

/** All of a published version but its shades. @throws StippleError SMP_CATALOG_NOT_FOUND when there is none */
export async function publishedHeader(services: CatalogServices, reference: CatalogReference): Promise<CatalogHeader> {
  const bundled = bundledVersion(services, reference);
  if (bundled) return bundled;
  const headers = headersOf.get(services.db) ?? new Map<string, CatalogHeader>();
  headersOf.set(services.db, headers);
  const key = `${reference.id} ${reference.version}`;
  const header = headers.get(key) ?? readCatalogHeader(await textOf(services.db, reference));
  headers.set(key, header);
  if (headers.size > MOST_HEADERS_KEPT) headers.delete(headers.keys().next().value!);
  return header;
}

/** A published version as text. @throws StippleError SMP_CATALOG_NOT_FOUND when there is none */
export async function publishedText(services: CatalogServices, reference: CatalogReference): Promise<string> {
  const bundled = bundledVersion(services, reference);
  return bundled ? JSON.stringify(bundled) : await textOf(services.db, reference);
}

const bundledVersion = ({ catalogs }: CatalogServices, { id, version }: CatalogReference): Catalog | undefined =>
  catalogs.find((catalog) => catalog.id === id && catalog.version === version);

/** The very versions a stored result was made from; empty for a match without a result. */
export async function citedCatalogs(services: CatalogServices, owner: MatchOwner, matchId: string): Promise<Catalog[]> {
  const cited = await listMatchCatalogs(services.db, owner, matchId);
  return await Promise.all(cited.map((reference) => publishedCatalog(services, reference)));
}

/** The current catalogs that a `palette` option names, for the owner of a match. */
export async function paletteFor(
  services: CatalogServices,
  owner: MatchOwner,
  palette: string,
): Promise<readonly Catalog[]> {
  return chooseCatalogs(await currentCatalogs(services, audienceOf(owner)), palette);
}
