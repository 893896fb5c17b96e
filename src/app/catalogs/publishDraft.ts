import { writeCatalogText } from '../../catalog/catalogText.ts';
import { codeKey } from '../../catalog/checkShadeRules.ts';
import { compareVersions, type VersionChanges } from '../../catalog/compareVersions.ts';
import type { Problem } from '../../catalog/problem.ts';
import { type Catalog, diluentSchema, type Shade, shadeSchema } from '../../catalog/shade.ts';
import { validateShades } from '../../catalog/validateShades.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { type CatalogDraft, deleteDraft, listDrafts } from '../../storage/catalogDraftsRepo.ts';
import { publishNextVersion } from '../../storage/catalogVersionsRepo.ts';
import { listStockLots, type StockLot } from '../../storage/lotsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { publishedCatalog } from './currentCatalogs.ts';
import { overlayItems } from './overlayItems.ts';
import { authorName, type CatalogEditor, ownShades } from './ownCatalog.ts';

/** What publishing now would do. */
export interface PendingPublication {
  readonly catalog: Catalog;
  readonly next: Catalog;
  readonly changes: VersionChanges;
  readonly drafts: readonly CatalogDraft[];
  /** Items that were published by somebody else after their draft was begun. */
  readonly conflicts: readonly DraftConflict[];
  readonly problems: readonly Problem[];
}

type CatalogLot = Shade['lots'][number];

/** The stock's lots beside those of the catalog; what the stock says of a lot holds. */
function withStock<Item extends { readonly code: string; readonly lots: readonly CatalogLot[] }>(
  item: Item,
  stock: readonly StockLot[],
): Item {
  const own = stock.filter(({ code }) => codeKey(code) === codeKey(item.code));
  if (own.length === 0) return item;
  const lots = new Map(item.lots.map((lot) => [lot.lot, lot]));
  for (const { lot, expires, opened, quantityMl } of own) {
    const { opened: _opened, quantityMl: _quantity, ...known } = lots.get(lot) ?? { lot, expires };
    lots.set(lot, { ...known, expires, ...(opened && { opened }), ...(quantityMl !== null && { quantityMl }) });
  }
  return { ...item, lots: [...lots.values()] };
}

/** An edit that somebody else's publication contradicts. */
export interface DraftConflict {
  readonly kind: CatalogDraft['kind'];
  readonly code: string;
}

async function conflictsOf(
  services: Services,
  catalog: Catalog,
  drafts: readonly CatalogDraft[],
): Promise<DraftConflict[]> {
  const found: DraftConflict[] = [];
  const textOf = ({ shades, diluents }: Catalog, { kind, codeKey: key }: CatalogDraft) => {
    const items: readonly { readonly code: string }[] = kind === 'shade' ? shades : diluents;
    return JSON.stringify(items.find(({ code }) => codeKey(code) === key));
  };
  for (const draft of drafts) {
    if (draft.baseVersion === catalog.version || draft.baseVersion === 0) continue;
    const base = await publishedCatalog(services, { id: catalog.id, version: draft.baseVersion });
    if (textOf(base, draft) === textOf(catalog, draft)) continue;
    found.push({ kind: draft.kind, code: String(draft.item.code) });
  }
  return found;
}

/** The catalog with every saved edit and the lots in stock, compared with what is published. */
export async function pendingPublication(
  services: Services,
  actor: CatalogEditor,
  catalogId: string,
): Promise<PendingPublication> {
  const catalog = await ownShades(services, actor, catalogId);
  const drafts = await listDrafts(services.db, catalogId);
  const stock = await listStockLots(services.db, actor.organisationId, catalogId);
  const edited = drafts.filter(({ kind }) => kind === 'shade').map(({ item }) => shadeSchema.parse(item));
  const diluents = drafts.filter(({ kind }) => kind === 'diluent').map(({ item }) => diluentSchema.parse(item));
  const stockOf = (kind: StockLot['kind']) => stock.filter((lot) => lot.kind === kind);
  const next: Catalog = {
    ...catalog,
    version: catalog.version + 1,
    diluents: overlayItems(catalog.diluents, diluents).map((diluent) => withStock(diluent, stockOf('diluent'))),
    shades: overlayItems(catalog.shades, edited).map((shade) => withStock(shade, stockOf('shade'))),
  };
  const changes = compareVersions(catalog, next);
  const today = services.now().toISOString().slice(0, 10);
  const touched = [...changes.added, ...changes.changed.map(({ shade }) => shade)];
  return {
    catalog,
    next,
    changes,
    drafts,
    conflicts: await conflictsOf(services, catalog, drafts),
    problems: validateShades(next, touched, today).filter(({ level }) => level === 'error'),
  };
}

export function countChanges({ header, added, removed, changed }: VersionChanges): number {
  return header.length + added.length + removed.length + changed.length;
}

/**
 * Publishes every saved edit as the next version.
 * @param after the version the publisher looked at
 * @throws StippleError SMP_CATALOG_CONFLICT when another version came meanwhile or an edit contradicts one,
 * SMP_CATALOG_INVALID naming the first error, SMP_OPTION_INVALID when nothing would change or the note is missing
 */
export async function publishDraft(
  services: Services,
  actor: Authorized<'catalog:publish'>,
  { catalogId, after, note }: { catalogId: string; after: number; note: string },
): Promise<number> {
  const { catalog, next, changes, drafts, conflicts, problems } = await pendingPublication(services, actor, catalogId);
  if (catalog.version !== after) throw new StippleError('SMP_CATALOG_CONFLICT');
  if (conflicts.length > 0) {
    const named = conflicts.map(({ code }) => code).join(', ');
    throw new StippleError('SMP_CATALOG_CONFLICT', catalogChangesTexts.publishedByOther(named));
  }
  if (countChanges(changes) === 0)
    throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.nothingHasChangedSinceTheLast);
  const [problem] = problems;
  if (problem) {
    throw new StippleError(
      'SMP_CATALOG_INVALID',
      catalogChangesTexts.notPublished(problem.path, problem.found, problem.expected, problem.fix),
    );
  }
  const version = {
    catalogId,
    after,
    catalogJson: await writeCatalogText(next),
    note: checkNote(note),
    author: authorName(actor),
  };
  const published = await publishNextVersion(services.db, version, services.now(), async (transaction) => {
    for (const { kind, codeKey: key, revision } of drafts) {
      await deleteDraft(transaction, { catalogId, kind, codeKey: key }, revision);
    }
  });
  if (published === null) throw new StippleError('SMP_CATALOG_CONFLICT');
  return published.version;
}

/** @throws StippleError SMP_OPTION_INVALID: every version says why it was made */
export function checkNote(note: string): string {
  const text = note.trim();
  if (text === '' || text.length > 500) {
    throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.sayWhatChanges);
  }
  return text;
}
