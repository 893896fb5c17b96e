import * as z from 'zod';
import { codeKey } from '../../catalog/checkShadeRules.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { isSameCode } from '../../catalog/shadeCells.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { ITEM_KINDS, type ItemKind } from '../../storage/catalogDraftsRepo.ts';
import {
  countLotUses,
  deleteStockLot,
  type LotUse,
  listLotUses,
  listStockLots,
  recordLotUse,
  type StockLot,
  saveStockLot,
} from '../../storage/lotsRepo.ts';
import { findMatch } from '../../storage/matchesRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { currentCatalog } from './currentCatalogs.ts';
import { authorName } from './ownCatalog.ts';

const optionalText = z
  .string()
  .trim()
  .max(60)
  .transform((text) => text || null);
const optionalDay = z.union([z.iso.date(), z.literal('')]).transform((day) => day || null);

export const lotEntrySchema = z.object({
  kind: z.enum(ITEM_KINDS),
  code: z.string().trim().min(1).max(40),
  lot: z.string().trim().min(1).max(60),
  batchReference: optionalText.default(null),
  expires: z.iso.date(),
  opened: optionalDay.default(null),
  quantityMl: z.number().min(0).max(100_000).nullable().default(null),
  revision: z.int().min(0).default(0),
});
export type LotEntry = z.input<typeof lotEntrySchema>;

/** What a person is told about each field that cannot be used. */
const EXPECTED: Readonly<Record<string, string>> = {
  kind: catalogChangesTexts.chooseAShadeOrADiluent,
  code: catalogChangesTexts.chooseTheShadeOrDiluent,
  lot: catalogChangesTexts.giveTheLotNumber,
  batchReference: catalogChangesTexts.batchReferenceHasAtMost,
  expires: catalogChangesTexts.giveExpiryDay,
  opened: catalogChangesTexts.giveTheDayOfOpening,
  quantityMl: catalogChangesTexts.giveTheQuantityInMl,
};

export interface LotFault {
  readonly field: string;
  readonly text: string;
}

/** An item of a catalog with the lots the maker published and those in the organisation's stock. */
export interface ItemLots {
  readonly kind: ItemKind;
  readonly code: string;
  readonly name: string;
  /** Of a diluent; shades come sterile in their bottle or not at all. */
  readonly sterile: boolean | null;
  readonly published: Catalog['shades'][number]['lots'];
  readonly stock: readonly StockLot[];
}

/** Every item of a catalog with its lots. */
export async function lotsOf(
  services: Services,
  actor: Authorized<'catalog:read'> | Authorized<'catalog:edit'>,
  catalogId: string,
): Promise<{ catalog: Catalog; items: readonly ItemLots[] }> {
  const catalog = await currentCatalog(services, 'members', catalogId);
  const stock = await listStockLots(services.db, actor.organisationId, catalogId);
  const byItem = new Map<string, StockLot[]>();
  for (const lot of stock) {
    const key = `${lot.kind} ${codeKey(lot.code)}`;
    byItem.set(key, [...(byItem.get(key) ?? []), lot]);
  }
  const stockOf = (kind: ItemKind, code: string) => byItem.get(`${kind} ${codeKey(code)}`) ?? [];
  const diluents = catalog.diluents.map(({ code, name, sterile, lots }): ItemLots => {
    return { kind: 'diluent', code, name, sterile, published: lots, stock: stockOf('diluent', code) };
  });
  const shades = catalog.shades.map(({ code, name, lots }): ItemLots => {
    return { kind: 'shade', code, name, sterile: null, published: lots, stock: stockOf('shade', code) };
  });
  return { catalog, items: [...diluents, ...shades] };
}

/**
 * Records a lot in stock, or changes one that was seen at `revision`.
 * @returns what is wrong with the entry; empty when it is stored
 * @throws StippleError SMP_CATALOG_CONFLICT when somebody else recorded or changed it meanwhile
 */
export async function recordLot(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  catalogId: string,
  entry: LotEntry,
): Promise<readonly LotFault[]> {
  const { catalog, items } = await lotsOf(services, actor, catalogId);
  const parsed = lotEntrySchema.safeParse(entry);
  if (!parsed.success) {
    const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    return [...fields].map((field) => ({ field, text: EXPECTED[field] ?? catalogChangesTexts.checkThisField }));
  }
  const { revision, ...lot } = parsed.data;
  const item = items.find(({ kind, code }) => kind === lot.kind && isSameCode(code, lot.code));
  if (!item) return [{ field: 'code', text: catalogChangesTexts.catalogHasNo(catalog.name, lot.kind, lot.code) }];
  if (lot.opened !== null && lot.opened > lot.expires) {
    return [{ field: 'opened', text: catalogChangesTexts.bottleCannotBeOpenedAfter }];
  }
  const place = { organisationId: actor.organisationId, catalogId, updatedByName: authorName(actor) };
  const saved = await saveStockLot(services.db, { ...lot, ...place, code: item.code }, revision, services.now());
  if (!saved) {
    throw new StippleError('SMP_CATALOG_CONFLICT', catalogChangesTexts.lotChangedMeanwhile(lot.lot, item.code));
  }
  return [];
}

/** Takes a lot out of the stock; where it was used stays recorded. */
export async function removeLot(services: Services, actor: Authorized<'catalog:edit'>, id: string): Promise<void> {
  if (!(await deleteStockLot(services.db, actor.organisationId, id))) throw new StippleError('SMP_NOT_FOUND');
}

/**
 * Records which lot went into the mix of a match.
 * @throws StippleError SMP_NOT_FOUND when the studio has no such match, SMP_CATALOG_NOT_FOUND, SMP_OPTION_INVALID
 */
export async function recordUse(
  services: Services,
  actor: Authorized<'consultation:write'> | Authorized<'match:write'>,
  use: { matchId: string; catalogId: string; kind: ItemKind; code: string; lot: string },
): Promise<void> {
  const { organisationId } = actor;
  if (!(await findMatch(services.db, { organisationId }, use.matchId))) throw new StippleError('SMP_NOT_FOUND');
  const lot = use.lot.trim();
  if (lot === '' || lot.length > 60) {
    throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.giveTheLotNumber);
  }
  await currentCatalog(services, 'members', use.catalogId);
  const entry = { ...use, lot, organisationId, recordedByName: actor.displayName };
  await recordLotUse(services.db, entry, services.now());
}

/** Recall: every match of the studio in which a lot was used. */
export async function recallLot(
  services: Services,
  actor: Authorized<'consultation:read'> | Authorized<'match:write'>,
  lot: string,
): Promise<readonly LotUse[]> {
  return lot.trim() === '' ? [] : await listLotUses(services.db, actor.organisationId, lot.trim());
}

/** What a supplier may know of a lot of its catalog: how often it was used, not for whom. */
export async function countUsesOfLot(services: Services, catalogId: string, lot: string) {
  return await countLotUses(services.db, catalogId, lot.trim());
}
