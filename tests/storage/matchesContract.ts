import { expect, it } from 'vitest';
import { publishCatalogVersion } from '../../src/storage/catalogVersionsRepo.ts';
import {
  chooseShade,
  clearChoice,
  countMatches,
  createMatch,
  deleteMatch,
  findMatch,
  findSubmittedMatch,
  listMatchCatalogs,
  listMatches,
  saveProposal,
  saveRefusal,
  saveResult,
} from '../../src/storage/matchesRepo.ts';
import { findPhoto, savePhoto } from '../../src/storage/photosRepo.ts';
import { type ContractDatabase, createOwner, later, NOON, newMatch } from './storageContract.ts';

export function testMatches(open: () => ContractDatabase): void {
  const result = { schema: 1, recommendations: [{ code: 'DA-03', deltaE00: 1.25 }], ünicode: 'Zoë 👩🏽‍🦲 "\u0000' };

  it('keeps a match from photo to result exactly as given', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const { match, created } = await createMatch(db, owner, newMatch({ alias: 'Zoë 🙂 \'";--' }), NOON);
    expect(created).toBe(true);
    expect(match).toMatchObject({
      status: 'photo',
      alias: 'Zoë 🙂 \'";--',
      options: { cupMl: 1.5 },
      proposal: null,
      result: null,
      chosen: null,
      createdAt: '2026-03-01T12:00:00.000Z',
    });
    const proposal = { quality: [], regions: { skin: [[1, 2, 3, 4]] } };
    await publishCatalogVersion(db, { id: 'kept', version: 3, catalog: {}, note: '', author: 'test' }, NOON);
    const outcome = { options: { cupMl: 2 }, result, engine: '1.4.0', catalogs: [{ id: 'kept', version: 3 }] };
    expect(await saveResult(db, owner, match.id, { ...outcome, proposal }, later(1000))).toBe(true);
    expect(await findMatch(db, owner, match.id)).toMatchObject({ status: 'done', proposal, options: { cupMl: 2 } });
    const pooled = { ...proposal, pool: [] };
    expect(await saveProposal(db, owner, match.id, pooled, later(1500))).toBe(true);
    expect(await saveResult(db, owner, match.id, outcome, later(2000))).toBe(true);
    const done = await findMatch(db, owner, match.id);
    expect(done).toMatchObject({ status: 'done', engine: '1.4.0', updatedAt: '2026-03-01T12:00:02.000Z' });
    expect(done).toMatchObject({ proposal: pooled, options: { cupMl: 2 } });
    expect(JSON.stringify(done?.result)).toBe(JSON.stringify(result));
    expect(await listMatchCatalogs(db, owner, match.id)).toEqual([{ id: 'kept', version: 3 }]);
  });

  it('answers a double submit with the first match', async () => {
    const { db, openAnother } = open();
    const owner = await createOwner(db);
    const other = await openAnother();
    const submits = await Promise.all(
      [db, other, db, other].map((connection, i) =>
        createMatch(connection, owner, newMatch({ idempotencyKey: 'form-1', alias: `submit ${i}` }), NOON),
      ),
    );
    await other.destroy();
    expect(submits.filter((submit) => submit.created)).toHaveLength(1);
    expect(new Set(submits.map((submit) => submit.match.id)).size).toBe(1);
    expect(await countMatches(db, owner)).toBe(1);
    expect((await findSubmittedMatch(db, owner, 'form-1'))?.id).toBe(submits[0]?.match.id);

    const stranger = await createOwner(db);
    expect((await createMatch(db, stranger, newMatch({ idempotencyKey: 'form-1' }), NOON)).created).toBe(true);
    for (let i = 0; i < 2; i++) expect((await createMatch(db, owner, newMatch(), NOON)).created).toBe(true);
    expect(await countMatches(db, owner)).toBe(3);
  });

  it('lists newest first in pages without gaps or repeats, even within one millisecond', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    await createMatch(db, await createOwner(db), newMatch(), NOON);
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.unshift((await createMatch(db, owner, newMatch(), NOON)).match.id);
    const seen: string[] = [];
    const pageSizes: number[] = [];
    let before: string | undefined;
    do {
      const page = await listMatches(db, owner, { limit: 3, before });
      pageSizes.push(page.matches.length);
      seen.push(...page.matches.map((match) => match.id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(made);
    expect(pageSizes).toEqual([3, 3, 1]);
    expect((await listMatches(db, owner, { limit: 7 })).next).toBeNull();
  });

  it("never reads or changes another session's match", async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const stranger = await createOwner(db);
    const { match } = await createMatch(db, owner, newMatch(), NOON);
    await savePhoto(db, photoOf(match.id, 'a1'), NOON);
    const outcome = { options: {}, result, engine: '1', catalogs: [] };
    expect(await findMatch(db, stranger, match.id)).toBeNull();
    expect(await findPhoto(db, stranger, match.id, 'display')).toBeNull();
    expect(await saveProposal(db, stranger, match.id, {}, NOON)).toBe(false);
    expect(await saveResult(db, stranger, match.id, outcome, NOON)).toBe(false);
    expect(await saveRefusal(db, stranger, match.id, 'SMP_PHOTO_CORRUPT', NOON)).toBe(false);
    expect(await deleteMatch(db, stranger, match.id)).toBeNull();
    expect((await listMatches(db, stranger, { limit: 10 })).matches).toEqual([]);
    await saveResult(db, owner, match.id, outcome, NOON);
    const choice = { catalogId: 'c', code: 'X', reason: null };
    expect(await chooseShade(db, stranger, match.id, choice, NOON)).toBe(false);
    expect(await findMatch(db, owner, match.id)).toMatchObject({ status: 'done', chosen: null });
  });

  it('records the chosen shade beside the suggestion and clears it with a new result', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const { match } = await createMatch(db, owner, newMatch(), NOON);
    const choice = { catalogId: 'demo-ash', code: 'DA-04', reason: 'Client likes it darker' };
    expect(await chooseShade(db, owner, match.id, choice, NOON)).toBe(false);
    const outcome = { options: {}, result, engine: '1', catalogs: [] };
    await saveResult(db, owner, match.id, outcome, NOON);
    expect(await chooseShade(db, owner, match.id, choice, later(5))).toBe(true);
    expect(await findMatch(db, owner, match.id)).toMatchObject({
      result,
      chosen: { ...choice, chosenAt: later(5).toISOString() },
    });
    await saveResult(db, owner, match.id, outcome, NOON);
    expect((await findMatch(db, owner, match.id))?.chosen).toBeNull();
    await chooseShade(db, owner, match.id, choice, later(5));
    expect(await clearChoice(db, await createOwner(db), match.id, NOON)).toBe(false);
    expect((await findMatch(db, owner, match.id))?.chosen).not.toBeNull();
    expect(await clearChoice(db, owner, match.id, NOON)).toBe(true);
    expect((await findMatch(db, owner, match.id))?.chosen).toBeNull();
  });

  it('keeps the old state when a result cites a catalog version that was never published', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const { match } = await createMatch(db, owner, newMatch(), NOON);
    const outcome = { options: {}, result, engine: '1', catalogs: [{ id: 'nowhere', version: 1 }] };
    await expect(saveResult(db, owner, match.id, outcome, NOON)).rejects.toThrow(/foreign key/i);
    expect(await findMatch(db, owner, match.id)).toMatchObject({ status: 'photo', result: null });
  });

  it('keeps why a photo was refused', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const { match } = await createMatch(db, owner, newMatch(), NOON);
    expect(await saveRefusal(db, owner, match.id, 'SMP_PHOTO_CMYK', NOON)).toBe(true);
    expect(await findMatch(db, owner, match.id)).toMatchObject({ status: 'refused', refusalCode: 'SMP_PHOTO_CMYK' });
  });

  it('deletes a match with its photo records and names their files', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const { match } = await createMatch(db, owner, newMatch(), NOON);
    await savePhoto(db, photoOf(match.id, 'b1'), NOON);
    await savePhoto(db, { ...photoOf(match.id, 'b2'), kind: 'working' }, NOON);
    expect((await deleteMatch(db, owner, match.id))?.sort()).toEqual(['b1', 'b2']);
    expect(await findMatch(db, owner, match.id)).toBeNull();
    expect(await findPhoto(db, owner, match.id, 'display')).toBeNull();
    expect(await deleteMatch(db, owner, match.id)).toBeNull();
  });

  it('refuses numbers that JSON cannot hold', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const broken = newMatch({ options: { cupMl: Number.NaN } });
    await expect(createMatch(db, owner, broken, NOON)).rejects.toThrow('finite number to store for "cupMl"');
    expect(await countMatches(db, owner)).toBe(0);
  });
}

export function photoOf(matchId: string, storageKey: string) {
  return {
    matchId,
    kind: 'display' as const,
    storageKey,
    bytes: 25_000_000,
    widthPx: 4032,
    heightPx: 3024,
    mime: 'image/jpeg',
  };
}
