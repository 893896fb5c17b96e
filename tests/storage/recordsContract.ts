import { sql } from 'kysely';
import { expect, it } from 'vitest';
import {
  createBrowserSession,
  deleteBrowserSession,
  extendBrowserSession,
  findBrowserSession,
  purgeExpiredBrowserSessions,
} from '../../src/storage/browserSessionsRepo.ts';
import {
  findCatalogText,
  findLatestVersion,
  listCatalogVersions,
  publishCatalogVersion,
} from '../../src/storage/catalogVersionsRepo.ts';
import { createMatch, findMatch } from '../../src/storage/matchesRepo.ts';
import { deletePhoto, filterRecordedKeys, findPhoto, savePhoto } from '../../src/storage/photosRepo.ts';
import { countHit, forgetHits, purgeRateLimits, uncountHit } from '../../src/storage/rateLimitsRepo.ts';
import { findSettings, saveSettings } from '../../src/storage/settingsRepo.ts';
import { photoOf } from './matchesContract.ts';
import { type ContractDatabase, createOwner, hashOf, later, NOON, newMatch } from './storageContract.ts';

export function testRecords(open: () => ContractDatabase): void {
  it('ends a session when idle, and at its latest end however much it is used', async () => {
    const { db } = open();
    const tokenHash = hashOf('idle');
    const made = await createBrowserSession(db, { tokenHash, idleExpiresAt: later(100), expiresAt: later(300) }, NOON);
    expect(await findBrowserSession(db, tokenHash, later(99))).toEqual(made);
    expect(await findBrowserSession(db, tokenHash, later(100))).toBeNull();
    expect(await findBrowserSession(db, hashOf('other'), NOON)).toBeNull();
    await extendBrowserSession(db, String(made?.id), later(1000));
    expect((await findBrowserSession(db, tokenHash, later(299)))?.id).toBe(made?.id);
    expect(await findBrowserSession(db, tokenHash, later(300))).toBeNull();
    const again = { tokenHash, idleExpiresAt: later(1), expiresAt: later(1) };
    expect(await createBrowserSession(db, again, later(2))).toBeNull();
  });

  it('purges expired sessions with everything of theirs, and nothing else', async () => {
    const { db } = open();
    const kept = await createOwner(db);
    const keptMatch = (await createMatch(db, kept, newMatch(), NOON)).match;
    await savePhoto(db, photoOf(keptMatch.id, 'kept'), NOON);
    const gone = await createBrowserSession(
      db,
      { tokenHash: hashOf('gone'), idleExpiresAt: later(1), expiresAt: later(500) },
      NOON,
    );
    const owner = { browserSessionId: String(gone?.id) };
    const goneMatch = (await createMatch(db, owner, newMatch(), NOON)).match;
    await savePhoto(db, photoOf(goneMatch.id, 'gone'), NOON);
    await saveSettings(db, owner, { theme: 'dark' }, NOON);

    const purged = await purgeExpiredBrowserSessions(db, later(1000));
    expect(purged.storageKeys).toEqual(['gone']);
    expect(purged.sessions).toBeGreaterThanOrEqual(1);
    expect(await findMatch(db, owner, goneMatch.id)).toBeNull();
    expect(await findSettings(db, owner)).toBeNull();
    expect(await filterRecordedKeys(db, ['gone', 'kept', 'never'])).toEqual(new Set(['kept']));
    expect(await findMatch(db, kept, keptMatch.id)).not.toBeNull();
    expect(await purgeExpiredBrowserSessions(db, later(1000))).toEqual({ sessions: 0, storageKeys: [] });

    expect(await deleteBrowserSession(db, kept.browserSessionId)).toEqual(['kept']);
    expect(await findMatch(db, kept, keptMatch.id)).toBeNull();
  });

  it('holds one photo of a kind and names the one it replaced', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    const { match } = await createMatch(db, owner, newMatch(), NOON);
    const first = await savePhoto(db, photoOf(match.id, 'first'), NOON);
    expect(first).toMatchObject({ replacedKey: null, photo: { bytes: 25_000_000, createdAt: NOON.toISOString() } });
    expect((await savePhoto(db, photoOf(match.id, 'second'), NOON)).replacedKey).toBe('first');
    expect((await findPhoto(db, owner, match.id, 'display'))?.storageKey).toBe('second');
    expect(await deletePhoto(db, match.id, 'display')).toBe('second');
    expect(await deletePhoto(db, match.id, 'display')).toBeNull();
    await expect(savePhoto(db, photoOf('no such match', 'x'), NOON)).rejects.toThrow(/foreign key/i);
  });

  it('publishes catalog versions that nothing can change', async () => {
    const { db } = open();
    const version = { id: 'ash', version: 1, catalog: { shades: [1, 2] }, note: 'first', author: 'bundled' };
    expect(await publishCatalogVersion(db, version, NOON)).toBe('added');
    expect(await publishCatalogVersion(db, version, later(1))).toBe('same');
    expect(await publishCatalogVersion(db, { ...version, catalog: { shades: [2] } }, NOON)).toBe('conflict');
    for (const number of [10, 9]) {
      expect(await publishCatalogVersion(db, { ...version, version: number, catalog: { number } }, NOON)).toBe('added');
    }
    expect(await findCatalogText(db, { id: 'ash', version: 1 })).toBe('{"shades":[1,2]}');
    expect(await findCatalogText(db, { id: 'ash', version: 2 })).toBeNull();
    const stored = await listCatalogVersions(db, 'ash');
    expect(stored.map((entry) => entry.version)).toEqual([10, 9, 1]);
    expect(stored[2]).toMatchObject({ note: 'first', author: 'bundled', publishedAt: NOON.toISOString() });
    expect([await findLatestVersion(db, 'ash'), await findLatestVersion(db, 'none')]).toEqual([10, 0]);
    await expect(sql`update catalog_versions set note = 'x'`.execute(db)).rejects.toThrow('rows never change');
    await expect(sql`delete from catalog_versions`.execute(db)).rejects.toThrow('rows never change');
    expect(await listCatalogVersions(db, 'ash')).toEqual(stored);
  });

  it('keeps the latest settings of each session', async () => {
    const { db } = open();
    const owner = await createOwner(db);
    expect(await findSettings(db, owner)).toBeNull();
    await saveSettings(db, owner, { dropMl: 0.05, unset: undefined }, NOON);
    await saveSettings(db, owner, { dropMl: 0.04 }, NOON);
    expect(await findSettings(db, owner)).toEqual({ dropMl: 0.04 });
    expect(await findSettings(db, await createOwner(db))).toBeNull();
  });

  it('counts hits in a fixed window over two servers without losing one', async () => {
    const { db, openAnother } = open();
    const other = await openAnother();
    const hits = await Promise.all(
      Array.from({ length: 20 }, (_, i) => countHit(i % 2 === 0 ? db : other, 'visitor', 1000, later(i))),
    );
    await other.destroy();
    expect(hits.map((hit) => hit.hits).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    await uncountHit(db, 'visitor');
    expect((await countHit(db, 'visitor', 1000, later(30))).hits).toBe(20);
    expect(await countHit(db, 'visitor', 1000, later(2000))).toEqual({ hits: 1, resetsAt: later(3000) });
    expect(await purgeRateLimits(db, later(2999))).toBe(0);
    expect(await purgeRateLimits(db, later(3000))).toBe(1);
    await countHit(db, 'visitor', 1000, NOON);
    await forgetHits(db, 'visitor');
    expect((await countHit(db, 'visitor', 1000, NOON)).hits).toBe(1);
  });
}
