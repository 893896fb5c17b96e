import * as z from 'zod';
import { writeCatalogText } from '../../catalog/catalogText.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { createOwnedCatalog } from '../../storage/catalogsRepo.ts';
import { publishNextVersion } from '../../storage/catalogVersionsRepo.ts';
import type { CatalogReference } from '../../storage/matchesRepo.ts';
import type { Database } from '../../storage/tables.ts';
import type { Authorized } from '../access.ts';
import type { CatalogServices } from '../services.ts';
import { currentCatalog } from './currentCatalogs.ts';
import { authorName } from './ownCatalog.ts';

const header = z.object({
  name: z.string().trim().min(1).max(120),
  supplier: z.string().trim().min(1).max(200),
  provenance: z.string().trim().min(1).max(500),
});
export type NewCatalog = z.infer<typeof header>;

/** Words that mean something in an address or a `palette` option. */
const TAKEN = new Set(['all', 'new', 'compare', 'equivalent', 'recall', 'template', 'file']);
const MOST_TRIES = 50;

/** "Ash line (copy)" -> "ash-line-copy". */
function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  return plain || 'catalog';
}

/** Takes the first free id of name, name-2, name-3 … */
async function takeId(
  services: CatalogServices,
  db: Database,
  actor: Authorized<'catalog:edit'> | Authorized<'catalog:publish'>,
  made: NewCatalog & { demonstration: boolean },
): Promise<string> {
  const slug = slugOf(made.name);
  for (let turn = 1; turn <= MOST_TRIES; turn++) {
    const id = turn === 1 ? slug : `${slug}-${turn}`;
    if (TAKEN.has(id) || services.catalogs.some((catalog) => catalog.id === id)) continue;
    const entry = { id, organisationId: actor.organisationId, header: made, createdByName: actor.displayName };
    if (await createOwnedCatalog(db, entry, services.now())) return id;
  }
  throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.manyCatalogsAreCalled(made.name));
}

/**
 * A new catalog without a version; its first import or edit makes one.
 * @throws StippleError SMP_OPTION_INVALID naming the field
 */
export async function createCatalog(
  services: CatalogServices,
  actor: Authorized<'catalog:edit'>,
  made: NewCatalog,
): Promise<string> {
  const parsed = header.safeParse(made);
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]!.path[0]);
    throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.fillInField(field));
  }
  return await takeId(services, services.db, actor, { ...parsed.data, demonstration: false });
}

/** Copy to edit: version 1 of the organisation's own catalog has everything that the copied one has now. */
export async function copyCatalog(
  services: CatalogServices,
  actor: Authorized<'catalog:publish'>,
  sourceId: string,
): Promise<CatalogReference> {
  const source = await currentCatalog(services, 'members', sourceId);
  const { supplier, provenance, demonstration } = source;
  const name = `${source.name} (copy)`;
  return await services.db.transaction().execute(async (transaction) => {
    const id = await takeId(services, transaction, actor, { name, supplier, provenance, demonstration });
    const copy: Catalog = { ...source, id, name, version: 1 };
    const note = catalogChangesTexts.copyOfVersion(source.name, source.version);
    const next = {
      catalogId: id,
      after: 0,
      catalogJson: await writeCatalogText(copy),
      note,
      author: authorName(actor),
    };
    await publishNextVersion(transaction, next, services.now());
    return { id, version: 1 };
  });
}
