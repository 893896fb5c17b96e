import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentCatalogs } from '../../src/app/catalogs/currentCatalogs.ts';
import { changeSettings, getMatch, optionsOf } from '../../src/app/changeMatch.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { listMatchCatalogs } from '../../src/storage/matchesRepo.ts';
import { signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer } from '../setup/visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it('keeps an old result on its version, byte for byte, and gives the newest to the next match', async () => {
  const studio = await signInAs(server);
  const owner = { organisationId: studio.account.organisationId };
  await studio.post('/catalogs/demo-ash/copy', {});
  const demo = await studio.post('/demo', { key: crypto.randomUUID() });
  const shown = await studio.settle(demo.headers.get('location')!);
  const id = shown.split('/')[2]!;
  const { services } = server;
  const toCopy = { ...optionsOf(await getMatch(services, owner, id)), palette: 'demo-ash-copy' };
  await changeSettings(services, owner, await getMatch(services, owner, id), toCopy);
  const before = await (await studio.fetch(`/matches/${id}/result.json`)).text();
  const top = JSON.parse(before).recommendations[0] as { code: string; catalog: { version: number } };
  expect(top.catalog.version).toBe(1);

  // Another server publishes a version in which the suggested shade is no longer made.
  const path = `/catalogs/demo-ash-copy/shades/${top.code}/discontinue`;
  const entry = { version: '1', revision: '0', reason: 'ended', on: '2026-01-31', replacement: '' };
  expect((await studio.post(path, entry)).status).toBe(303);
  expect((await studio.post('/catalogs/demo-ash-copy/publish', { after: '1', note: 'ends' })).status).toBe(303);

  expect(await (await studio.fetch(`/matches/${id}/result.json`)).text()).toBe(before);
  await changeSettings(services, owner, await getMatch(services, owner, id), toCopy);
  expect(await (await studio.fetch(`/matches/${id}/result.json`)).text()).toBe(before);
  expect(await listMatchCatalogs(services.db, owner, id)).toEqual([{ id: 'demo-ash-copy', version: 1 }]);

  const { html } = await studio.page(`/matches/${id}/result`);
  expect(html).toContain(`${top.code} is no longer made.`);
  expect(html).toContain('has version 2 now; this result was made with version 1.');
  const again = await studio.post(`/matches/${id}/settings`, { cup: '1.5', newest: 'yes' });
  expect(again.status).toBe(303);
  expect((await studio.page(`/matches/${id}/result`)).html).not.toContain('no longer made');
  const after = JSON.parse(await (await studio.fetch(`/matches/${id}/result.json`)).text());
  expect(after.recommendations[0].catalog.version).toBe(2);
  expect(after.recommendations.map(({ code }: { code: string }) => code)).not.toContain(top.code);
});

it('sees on every server what one of them published', async () => {
  const studio = await signInAs(server);
  const other = await openDatabase({ sqliteFile: `${server.folder}/data/stipple.db` });
  const there = { ...server.services, db: other };
  const before = await currentCatalogs(there, 'members');
  await studio.post('/catalogs/demo-meridian/copy', {});
  const after = await currentCatalogs(there, 'members');
  expect(after).toHaveLength(before.length + 1);
  expect(after.at(-1)).toMatchObject({ id: 'demo-meridian-copy', version: 1 });
  expect(await currentCatalogs(there, 'public')).toBe(server.services.catalogs);
  await other.destroy();
});
