import type { Catalog } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { findOwnedCatalog, type OwnedCatalog } from '../../storage/catalogsRepo.ts';
import { findLatestVersion } from '../../storage/catalogVersionsRepo.ts';
import type { Actor, Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { publishedCatalog } from './currentCatalogs.ts';

/** Editors and publishers: who may change a catalog of their organisation. */
export type CatalogEditor = Authorized<'catalog:edit'> | Authorized<'catalog:publish'>;

export interface OwnCatalog {
  readonly owned: OwnedCatalog;
  /** The latest version; before the first, version 0 without shades. */
  readonly catalog: Catalog;
}

/** The latest version of a catalog whoever owns it, version 0 before the first. */
async function latestOf(services: Services, owned: OwnedCatalog): Promise<Catalog> {
  const version = await findLatestVersion(services.db, owned.id);
  if (version > 0) return await publishedCatalog(services, { id: owned.id, version });
  const header = owned.header as Pick<Catalog, 'name' | 'supplier' | 'provenance' | 'demonstration'>;
  return { schema: 1, id: owned.id, ...header, version: 0, diluents: [], shades: [] };
}

/**
 * A catalog of the editor's own organisation.
 * @throws StippleError SMP_CATALOG_READ_ONLY for a bundled one, SMP_CATALOG_NOT_FOUND for another organisation's or none
 */
export async function ownCatalog(services: Services, actor: CatalogEditor, id: string): Promise<OwnCatalog> {
  const owned = await findOwnedCatalog(services.db, id);
  if (owned === null) {
    const isBundled = services.catalogs.some((catalog) => catalog.id === id);
    throw new StippleError(isBundled ? 'SMP_CATALOG_READ_ONLY' : 'SMP_CATALOG_NOT_FOUND');
  }
  if (owned.organisationId !== actor.organisationId) {
    throw new StippleError('SMP_CATALOG_NOT_FOUND', 'Your organisation has no catalog with this name.');
  }
  return { owned, catalog: await latestOf(services, owned) };
}

/** Whether this catalog is the organisation's own, so that its pages offer changes. */
export async function isOwn(services: Services, actor: Actor | null, id: string): Promise<boolean> {
  if (actor === null) return false;
  return (await findOwnedCatalog(services.db, id))?.organisationId === actor.organisationId;
}

/** How versions name their author. */
export function authorName(actor: Actor): string {
  return `${actor.displayName}, ${actor.organisationName}`;
}
