import { isPackedText, writeCatalogText } from '../../catalog/catalogText.ts';
import { compareTexts, type VersionChanges } from '../../catalog/compareVersions.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import {
  type CatalogVersionSummary,
  listCatalogVersions,
  publishNextVersion,
} from '../../storage/catalogVersionsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { type Audience, currentHeader, publishedCatalog, publishedText } from './currentCatalogs.ts';
import type { CompareTask } from './importTask.ts';
import { authorName, ownCatalog } from './ownCatalog.ts';
import { checkNote } from './publishDraft.ts';
import { textBytes } from './textBytes.ts';

/** Every version of a catalog that this audience may see, newest first. @throws StippleError SMP_CATALOG_NOT_FOUND */
export async function versionsOf(
  services: Services,
  audience: Audience,
  catalogId: string,
): Promise<readonly CatalogVersionSummary[]> {
  await currentHeader(services, audience, catalogId);
  return await listCatalogVersions(services.db, catalogId);
}

/** What changed from one version to another, field by field. @throws StippleError SMP_CATALOG_NOT_FOUND */
export async function versionChanges(
  services: Services,
  audience: Audience,
  catalogId: string,
  from: number,
  to: number,
): Promise<VersionChanges> {
  await currentHeader(services, audience, catalogId);
  const [older, newer] = await Promise.all(
    [from, to].map((version) => publishedText(services, { id: catalogId, version })),
  );
  if (!isPackedText(older!) && !isPackedText(newer!)) return await compareTexts(older!, newer!);
  const [fromBytes, toBytes] = [textBytes(older!), textBytes(newer!)];
  const task: CompareTask = { want: 'compare', from: fromBytes, to: toBytes };
  return await services.importPool.run<VersionChanges>(task, { transfer: [fromBytes.buffer, toBytes.buffer] });
}

/**
 * Publishes what an earlier version had as a new one; nothing in between is lost.
 * @param after the latest version the publisher knew of
 * @throws StippleError SMP_CATALOG_CONFLICT when another version came meanwhile, SMP_OPTION_INVALID for the latest itself
 */
export async function restoreVersion(
  services: Services,
  actor: Authorized<'catalog:publish'>,
  { catalogId, version, after, note }: { catalogId: string; version: number; after: number; note: string },
): Promise<number> {
  const { header } = await ownCatalog(services, actor, catalogId);
  if (header.version !== after) throw new StippleError('SMP_CATALOG_CONFLICT');
  if (version === header.version)
    throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.thisIsTheCurrentVersionAlready);
  const earlier = await publishedCatalog(services, { id: catalogId, version });
  const restored: Catalog = { ...earlier, version: after + 1 };
  const said = checkNote(note === '' ? catalogChangesTexts.versionRestored(version) : note);
  const next = {
    catalogId,
    after,
    catalogJson: await writeCatalogText(restored),
    note: said,
    author: authorName(actor),
  };
  const published = await publishNextVersion(services.db, next, services.now());
  if (published === null) throw new StippleError('SMP_CATALOG_CONFLICT');
  return published.version;
}
