import type { Catalog } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { findOwnedCatalog, type OwnedCatalog } from '../../storage/catalogsRepo.ts';
import { findLatestVersion } from '../../storage/catalogVersionsRepo.ts';
import type { Actor, Authorized } from '../access.ts';
import type { CatalogServices } from '../services.ts';
import { publishedCatalog, publishedHeader } from './currentCatalogs.ts';

/** Editors and publishers: who may change a catalog of their organisation. */
export type CatalogEditor = Authorized<'catalog:edit'> | Authorized<'catalog:publish'>;

export interface OwnCatalog {
  readonly owned: OwnedCatalog;
  /** Of the latest version, without its shades; version 0 before the first. */
  readonly header: Omit<Catalog, 'shades'>;
}

/** The latest version without its shades, whoever owns it. */
async function latestHeader(services: CatalogServices, owned: OwnedCatalog): Promise<OwnCatalog['header']> {
  const version = await findLatestVersion(services.db, owned.id);
  if (version > 0) return await publishedHeader(services, { id: owned.id, version });
  const header = owned.header as Pick<Catalog, 'name' | 'supplier' | 'provenance' | 'demonstration'>;
  return { schema: 1, id: owned.id, ...header, version: 0, diluents: [] };
}

/**
 * That a catalog is the editor's own organisation's, and what it is called. A large one is not read for that.
 * @throws StippleError SMP_CATALOG_READ_ONLY for a bundled one, SMP_CATALOG_NOT_FOUND for another organisation's or none
 */
export async function ownCatalog(services: CatalogServices, actor: CatalogEditor, id: string): Promise<OwnCatalog> {
  const owned = await findOwnedCatalog(services.db, id);
  if (owned === null) {
    const isBundled = services.catalogs.some((catalog) => catalog.id === id);
    throw new StippleError(isBundled ? 'SMP_CATALOG_READ_ONLY' : 'SMP_CATALOG_NOT_FOUND');
  }
  if (owned.organisationId !== actor.organisationId) {
    throw new StippleError('SMP_CATALOG_NOT_FOUND', catalogChangesTexts.yourOrganisationHasNoCatalog);
  }
  return { owned, header: await latestHeader(services, owned) };
}

/** The latest version of a catalog of the editor's own organisation, without shades before the first. @throws as `ownCatalog` */
export async function ownShades(services: CatalogServices, actor: CatalogEditor, id: string): Promise<Catalog> {
  const { header } = await ownCatalog(services, actor, id);
  return header.version === 0 ? { ...header, shades: [] } : await publishedCatalog(services, header);
}

/** Whether this catalog is the organisation's own, so that its pages offer changes. */
export async function isOwn(services: CatalogServices, actor: Actor | null, id: string): Promise<boolean> {
  if (actor === null) return false;
  return (await findOwnedCatalog(services.db, id))?.organisationId === actor.organisationId;
}

/** How versions name their author. */
export function authorName(actor: Actor): string {
  return `${actor.displayName}, ${actor.organisationName}`;
}
