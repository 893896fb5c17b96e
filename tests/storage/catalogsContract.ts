import { expect, it } from 'vitest';
import { deleteDraft, findDraft, listDrafts, saveDraft } from '../../src/storage/catalogDraftsRepo.ts';
import {
  createImport,
  deleteImport,
  findImport,
  finishImport,
  purgeExpiredImports,
  reportImport,
  restartImport,
} from '../../src/storage/catalogImportsRepo.ts';
import { countPlansWithShade } from '../../src/storage/catalogPlansRepo.ts';
import {
  createOwnedCatalog,
  findOwnedCatalog,
  listOwnedCatalogs,
  listOwnedVersions,
} from '../../src/storage/catalogsRepo.ts';
import { findCatalogText, findLatestVersion, publishNextVersion } from '../../src/storage/catalogVersionsRepo.ts';
import {
  countLotUses,
  deleteStockLot,
  listLotUses,
  listStockLots,
  recordLotUse,
  saveStockLot,
} from '../../src/storage/lotsRepo.ts';
import { createMatch, saveResult } from '../../src/storage/matchesRepo.ts';
import { createOrganisation } from '../../src/storage/organisationsRepo.ts';
import { filterRecordedKeys } from '../../src/storage/photosRepo.ts';
import { type ContractDatabase, hashOf, later, NOON, newMatch } from './storageContract.ts';

let made = 0;

export function testCatalogs(open: () => ContractDatabase): void {
  async function ownCatalog(): Promise<{ id: string; organisationId: string }> {
    const { db } = open();
    made += 1;
    const organisationId = await createOrganisation(db, { name: 'Maker', kind: 'supplier' }, NOON);
    const id = `line-${made}`;
    const entry = { id, organisationId, header: { name: 'Line' }, createdByName: 'Ana' };
    expect(await createOwnedCatalog(db, entry, NOON)).toBe(true);
    return { id, organisationId };
  }

  it('gives a catalog id once and names its owner', async () => {
    const { db } = open();
    const { id, organisationId } = await ownCatalog();
    const again = { id, organisationId, header: {}, createdByName: 'Bo' };
    expect(await createOwnedCatalog(db, again, NOON)).toBe(false);
    expect(await findOwnedCatalog(db, id)).toMatchObject({ organisationId, header: { name: 'Line' } });
    expect((await listOwnedCatalogs(db, organisationId)).map((catalog) => catalog.id)).toEqual([id]);
  });

  it('lets one of two publishers who saw the same version publish the next, whole or not at all', async () => {
    const { db, openAnother } = open();
    const { id } = await ownCatalog();
    const other = await openAnother();
    const next = { catalogId: id, after: 0, catalogJson: '{"n":1}', note: 'n', author: 'a' };
    // One after the other: two SQLite connections of one thread cannot wait for each other.
    const published = [await publishNextVersion(db, next, NOON), await publishNextVersion(other, next, NOON)];
    await other.destroy();
    expect(published.filter((version) => version !== null)).toMatchObject([{ version: 1 }]);
    const failing = publishNextVersion(db, { ...next, after: 1 }, NOON, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await findLatestVersion(db, id)).toBe(1);
    expect(await findCatalogText(db, { id, version: 1 })).toBe('{"n":1}');
    expect(await findCatalogText(db, { id, version: 2 })).toBeNull();
    expect((await listOwnedVersions(db)).find((entry) => entry.id === id)).toEqual({ id, version: 1 });
  });

  it('keeps drafts by revision, so that no save is lost under another', async () => {
    const { db } = open();
    const { id } = await ownCatalog();
    const place = { catalogId: id, kind: 'shade', codeKey: 't-01' } as const;
    const change = { ...place, item: { code: 'T-01' }, baseVersion: 0, updatedByName: 'Ana' };
    expect(await saveDraft(db, change, 0, NOON)).toBe(1);
    expect(await saveDraft(db, { ...change, updatedByName: 'Bo' }, 0, NOON)).toBeNull();
    const saves = await Promise.all([1, 1].map((revision) => saveDraft(db, change, revision, later(1))));
    expect(saves.filter((revision) => revision !== null)).toEqual([2]);
    expect(await findDraft(db, place)).toMatchObject({ revision: 2, updatedByName: 'Ana', item: { code: 'T-01' } });
    expect(await deleteDraft(db, place, 1)).toBe(false);
    expect(await listDrafts(db, id)).toHaveLength(1);
    expect(await deleteDraft(db, place, 2)).toBe(true);
  });

  it('holds an import with its answers and progress until it is taken back or its time is over', async () => {
    const { db } = open();
    const { id } = await ownCatalog();
    const next = { key: `next ${id}`, sha256: hashOf('next') };
    const file = { catalogId: id, fileName: 'a.csv', storageKey: `file ${id}`, bytes: 3, createdByName: 'Ana' };
    const entry = await createImport(db, { ...file, answers: {}, expiresAt: later(1000) }, NOON);
    expect(entry).toMatchObject({ state: 'reading', progressPercent: 0, check: null });
    expect(await filterRecordedKeys(db, [file.storageKey, 'other'])).toEqual(new Set([file.storageKey]));
    await reportImport(db, entry.id, 40, later(1));
    expect((await findImport(db, id, entry.id))?.progressPercent).toBe(40);
    expect(await finishImport(db, entry.id, { state: 'ready', check: { rows: 2 }, next }, later(2))).toBe(true);
    expect(await filterRecordedKeys(db, [file.storageKey, next.key])).toEqual(new Set([file.storageKey, next.key]));
    await reportImport(db, entry.id, 50, later(3));
    expect(await findImport(db, id, entry.id)).toMatchObject({
      progressPercent: 100,
      check: { rows: 2 },
      nextKey: next.key,
      nextSha256: next.sha256,
    });
    await restartImport(db, entry.id, { observer: '2' }, later(4));
    expect(await findImport(db, id, entry.id)).toMatchObject({
      state: 'reading',
      check: null,
      nextKey: null,
      answers: { observer: '2' },
    });
    await finishImport(db, entry.id, { state: 'ready', check: {}, next }, later(5));
    expect(await findImport(db, 'another', entry.id)).toBeNull();
    expect(await purgeExpiredImports(db, later(999))).toEqual([]);
    expect(await purgeExpiredImports(db, later(1000))).toEqual([file.storageKey, next.key]);
    expect(await deleteImport(db, entry.id)).toEqual([]);
    expect(await finishImport(db, entry.id, { state: 'failed' }, later(1001))).toBe(false);
  });

  it('recalls a lot for the organisation that used it, and counts it for the maker', async () => {
    const { db } = open();
    const { id } = await ownCatalog();
    const organisationId = await createOrganisation(db, { name: 'Studio', kind: 'studio' }, NOON);
    const { match } = await createMatch(db, { organisationId }, newMatch({ alias: 'J.' }), NOON);
    const lot = { catalogId: id, kind: 'shade', code: 'T-01', lot: 'L-1' } as const;
    const use = { ...lot, matchId: match.id, organisationId, recordedByName: 'Ana' };
    for (let i = 0; i < 2; i++) await recordLotUse(db, use, later(i));
    expect(await listLotUses(db, organisationId, 'l-1')).toMatchObject([{ ...lot, matchId: match.id, alias: 'J.' }]);
    expect(await listLotUses(db, 'somebody else', 'L-1')).toEqual([]);
    expect(await countLotUses(db, id, 'L-1')).toEqual({ matches: 1, studios: 1 });

    const entry = {
      ...lot,
      organisationId,
      batchReference: null,
      expires: '2030-01-31',
      opened: null,
      quantityMl: 2.5,
    };
    const stock = { ...entry, updatedByName: 'Ana' };
    expect(await saveStockLot(db, stock, 0, NOON)).toBe(true);
    expect(await saveStockLot(db, stock, 0, NOON)).toBe(false);
    expect(await saveStockLot(db, { ...stock, quantityMl: 1 }, 1, NOON)).toBe(true);
    expect(await saveStockLot(db, stock, 1, NOON)).toBe(false);
    const [kept] = await listStockLots(db, organisationId, id);
    expect(kept).toMatchObject({ quantityMl: 1, revision: 2 });
    expect(await deleteStockLot(db, 'somebody else', kept!.id)).toBe(false);
    expect(await deleteStockLot(db, organisationId, kept!.id)).toBe(true);
  });

  it('counts the matches that rest on a shade: the chosen one, else the first suggestion', async () => {
    const { db } = open();
    const { id } = await ownCatalog();
    await publishNextVersion(db, { catalogId: id, after: 0, catalogJson: '{}', note: 'n', author: 'a' }, NOON);
    const organisationId = await createOrganisation(db, { name: 'Studio', kind: 'studio' }, NOON);
    const owner = { organisationId };
    for (const code of ['A_1', 'A%1', 'AB1']) {
      const { match } = await createMatch(db, owner, newMatch({ inputSha256: hashOf(code) }), NOON);
      const result = { recommendations: [{ code, name: 'x' }, { code: 'later' }] };
      const outcome = { options: {}, result, engine: 'e', catalogs: [{ id, version: 1 }] };
      await saveResult(db, owner, match.id, outcome, NOON);
    }
    expect(await countPlansWithShade(db, id, 'A_1')).toBe(1);
    expect(await countPlansWithShade(db, id, 'A%1')).toBe(1);
    expect(await countPlansWithShade(db, id, 'later')).toBe(0);
  });
}
