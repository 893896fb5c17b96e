import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { type Account, signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, type Visitor } from '../setup/visitor.ts';

let server: TestServer;
let ada: Visitor & { account: Account };
beforeAll(async () => {
  server = await startTestServer();
  ada = await signInAs(server, { displayName: 'Ada' });
});
afterAll(() => server?.stop());

async function countFiles(): Promise<number> {
  let count = 0;
  for await (const _ of server.services.photos.list()) count += 1;
  return count;
}

async function open(alias: string): Promise<{ path: string; client: string }> {
  const path = (await ada.post('/consultations', { alias })).headers.get('location') ?? '';
  return { path, client: /href="(\/clients\/[^"]+)"/.exec((await ada.page(path)).html)?.[1] ?? '' };
}

it('hands out everything about a person and then forgets it, photo and result too', async () => {
  const result = await ada.settle((await ada.post('/demo', { key: 'one' })).headers.get('location') ?? '');
  const match = result.split('/')[2] ?? '';
  const filed = (await ada.post('/consultations', { match, alias: 'Wilhelmina' })).headers.get('location') ?? '';
  const client = /href="(\/clients\/[^"]+)"/.exec((await ada.page(filed)).html)?.[1] ?? '';
  await ada.post(`${filed}/flags`, { 'decision.blood': 'absent' });

  expect((await ada.page(`${client}/data`)).html).toContain(`/matches/${match}/display.jpg`);
  const data = (await (await ada.fetch(`${client}/data.json`)).json()) as {
    client: { alias: string };
    consultations: { flags: object[]; results: { match: string; result: { schema: number } }[] }[];
    photos: { href: string }[];
  };
  expect(data.client.alias).toBe('Wilhelmina');
  expect(data.consultations[0]?.flags).toHaveLength(1);
  expect(data.consultations[0]?.results[0]).toMatchObject({ match, result: { schema: 1 } });
  expect(data.photos).toHaveLength(1);

  const settings = { cases: [{ ...CASE, alias: 'Wilhelmina' }] };
  const { db } = server.services;
  const { saveSettings, findSettings } = await import('../../src/storage/settingsRepo.ts');
  const { organisationId } = ada.account;
  await saveSettings(db, { organisationId }, settings, new Date());

  const other = await signInAs(server);
  expect((await other.page(`${client}/data`)).status).toBe(404);
  expect((await other.post(`${client}/erase`, {})).status).toBe(404);
  const asked = (await ada.page(`${client}/erase`)).html;
  expect(asked).toContain('1 measured photo with its result');
  expect(await countFiles()).toBeGreaterThan(0);
  expect((await ada.post(`${client}/erase`, {})).status).toBe(303);
  expect(await countFiles()).toBe(0);
  for (const gone of [client, filed, `/matches/${match}/display.jpg`, `/matches/${match}/result`]) {
    expect((await ada.page(gone)).status).toBe(404);
  }
  expect((await ada.page('/consultations?q=wilhelmina')).html).toContain('Nothing found');
  expect(JSON.stringify(await findSettings(db, { organisationId }))).toContain('Erased client');

  const events = await db.selectFrom('auditEvents').selectAll().where('action', '=', 'client.erase').execute();
  expect(events).toMatchObject([{ personId: ada.account.personId, subjectId: client.split('/')[2] }]);
  expect(await everythingIn(db)).not.toContain('Wilhelmina');
});

const CASE = {
  ...{ id: 'case', recordedAt: '2026-01-01', skin: [60, 10, 12], healedArea: [55, 9, 11], catalogId: 'demo-ash' },
  ...{ code: 'DA-03', partsDiluent: 12, densityPerCm2: 100, diameterMm: 0.3 },
};

/** The text of every table that may hold something about a client. */
async function everythingIn(db: TestServer['services']['db']): Promise<string> {
  const tables = ['clients', 'consultations', 'consultationWords', 'matches', 'flagDecisions', 'settings'] as const;
  const rows = await Promise.all(
    [...tables, 'auditEvents' as const, 'shares' as const, 'shareAnswers' as const].map((table) =>
      db.selectFrom(table).selectAll().execute(),
    ),
  );
  return JSON.stringify(rows);
}

it('lets the owner change what is asked; a changed flag has to be decided again', async () => {
  const { path } = await open('Nora');
  await ada.post(`${path}/flags`, { 'decision.diabetes': 'absent' });
  const rows = {
    ...{ rows: '3', 'id.0': 'diabetes', 'text.0': 'Diabetes', 'level.0': 'stop', 'origin.0': 'Dr. B.' },
    ...{ 'id.1': 'blood', 'text.1': 'x', 'level.1': 'note', 'remove.1': 'yes' },
    ...{ 'id.2': '', 'text.2': 'Sunburn last week', 'level.2': 'wait' },
  };
  const technician = await signInAs(server, { role: 'technician', organisationId: ada.account.organisationId });
  expect((await technician.post('/studio/flags', rows)).status).toBe(403);
  expect((await technician.page('/studio/rules')).html).toContain('Only the owner');
  expect((await ada.post('/studio/flags', { ...rows, 'text.2': 'x'.repeat(201) })).status).toBe(422);
  expect((await ada.post('/studio/flags', rows)).status).toBe(303);
  const { html } = await ada.page(path);
  expect(html).toContain('2 flags are not decided yet: “Diabetes”, “Sunburn last week”');
  expect(html).toContain('Do not treat. Dr. B.');
});

it('takes retention periods in whole days and refuses others with what was typed', async () => {
  const refused = await ada.post('/studio/retention', { photoDays: 'soon', consultationDays: '365' });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain('value="soon"');
  expect(html).toContain('value="365"');
  expect((await ada.post('/studio/retention', { photoDays: '90', consultationDays: '' })).status).toBe(303);
  expect((await ada.page('/studio/rules')).html).toMatch(/name="photoDays"[^>]*value="90"/);
});

it('erases by alias on the command line, but never without being told which of several and that it is meant', async () => {
  const first = await open('Twin');
  const second = await open('twin');
  const erase = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(projectRoot, 'dist/cli.js'), 'erase', ...args], {
      env: { ...process.env, DATA_DIR: join(server.folder, 'data') },
    });
  await expect(erase('TWIN', '--yes')).rejects.toThrow(/2 clients have this alias/);
  const id = first.client.split('/')[2] ?? '';
  await expect(erase(id)).rejects.toThrow(/Nothing was erased/);
  expect((await ada.page(first.client)).status).toBe(200);
  const done = await erase(id, '--yes', '--json');
  expect(JSON.parse(done.stdout)).toMatchObject({ erased: id, consultations: 1 });
  expect((await ada.page(first.client)).status).toBe(404);
  expect((await ada.page(second.client)).status).toBe(200);
  await expect(erase('nobody', '--yes')).rejects.toThrow(/no client with this alias/);
});
