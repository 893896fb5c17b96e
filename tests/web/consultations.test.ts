import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Account, signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

let server: TestServer;
let ada: Visitor & { account: Account };
beforeAll(async () => {
  server = await startTestServer();
  ada = await signInAs(server, { displayName: 'Ada' });
});
afterAll(() => server?.stop());

async function open(alias: string, who: Visitor = ada): Promise<string> {
  const response = await who.post('/consultations', { alias });
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

const FIELDS = {
  ...{ session: '1', goal: 'scar', pattern: 'norwood4', fitzpatrick: '3', treatedOn: '2026-05-01' },
  ...{ skinNotes: 'oily', scarNotes: 'left', expectations: '<b>subtle</b>', sessionNotes: '=HYPERLINK("x")' },
};

async function csv(who: Visitor): Promise<string> {
  const response = await who.fetch('/consultations/export.csv');
  expect(response.headers.get('content-type')).toContain('text/csv');
  return await response.text();
}

it('asks visitors to sign in and keeps suppliers and other studios out', async () => {
  const path = await open('J.');
  const visitor = new Visitor(server.url);
  expect((await visitor.page(path)).location).toMatch(/^\/sign-in/);
  const supplier = await signInAs(server, { kind: 'supplier' });
  for (const page of ['/consultations', '/clients', path]) expect((await supplier.page(page)).status).toBe(403);
  const other = await signInAs(server);
  expect((await other.page(path)).status).toBe(404);
  for (const action of ['', '/flags', '/repeat', '/erase', '/lots']) {
    expect((await other.post(path + action, { revision: '1', ...FIELDS })).status).toBe(404);
  }
  expect((await other.post('/consultations', { client: 'unknown' })).status).toBe(404);
  expect((await ada.page(path)).status).toBe(200);
});

it('keeps what was written, and what was typed when a field is wrong', async () => {
  const path = await open('Ines');
  const wrong = await ada.post(path, { ...FIELDS, session: '99', revision: '1' });
  expect(wrong.status).toBe(422);
  const html = await wrong.text();
  expect(html).toContain('<title>Error: ');
  expect(html).toContain('Session must be 20 at most.');
  expect(html).toContain('>oily</textarea>');
  expect((await ada.post(path, { ...FIELDS, revision: '1' })).status).toBe(303);
  const page = (await ada.page(path)).html;
  expect(page).toContain('&lt;b&gt;subtle&lt;/b&gt;');
  expect(page).toMatch(/value="norwood4" selected/);
});

it('does not overwrite what somebody else saved meanwhile', async () => {
  const path = await open('Kim');
  expect((await ada.post(path, { ...FIELDS, skinNotes: 'first', revision: '1' })).status).toBe(303);
  const late = await ada.post(path, { ...FIELDS, skinNotes: 'second', revision: '1' });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('>second</textarea>');
  expect((await ada.page(path)).html).toContain('>first</textarea>');
});

it('records who decided what about a flag, and why one goes ahead', async () => {
  const path = await open('Lea');
  expect((await ada.page(path)).html).toMatch(/11 flags are not decided yet/);
  const unreasoned = await ada.post(`${path}/flags`, { 'decision.diabetes': 'goAhead', 'decision.blood': 'absent' });
  expect(unreasoned.status).toBe(422);
  expect(await unreasoned.text()).toContain('write down why');
  expect((await ada.page(path)).html).toMatch(/11 flags/);
  const answers = { 'decision.diabetes': 'goAhead', 'note.diabetes': 'note of 3 May', 'decision.blood': 'absent' };
  expect((await ada.post(`${path}/flags`, answers)).status).toBe(303);
  const { html } = await ada.page(path);
  expect(html).toMatch(/9 flags are not decided yet/);
  expect(html).toMatch(/Ada, \d{4}-\d\d-\d\d: Applies; we go ahead because … \(note of 3 May\)/);
});

it.each([
  ['wait', 'You decided to wait: “Pregnant or breastfeeding”'],
  ['stop', 'You decided not to treat: “Pregnant or breastfeeding”'],
])('says at the top that a decision to %s holds everything back, until it is changed', async (decision, sentence) => {
  const path = await open('Lea');
  const { html } = await ada.page(path);
  const flags = [...html.matchAll(/name="(decision\.[^"]+)"/g)].map(([, name]) => [name!, 'absent'] as const);
  const answers = { ...Object.fromEntries(flags), 'decision.pregnant': decision };
  expect((await ada.post(`${path}/flags`, answers)).status).toBe(303);
  for (const page of [path, `${path}/share`]) expect((await ada.page(page)).html).toContain(sentence);
  await ada.post(`${path}/flags`, { 'decision.pregnant': 'absent' });
  for (const page of [path, `${path}/share`]) expect((await ada.page(page)).html).not.toContain('You decided');
});

it('repeats as next session what is about the person, not what is of the day', async () => {
  const path = await open('Mo');
  await ada.post(path, { ...FIELDS, revision: '1' });
  const next = (await ada.post(`${path}/repeat`, {})).headers.get('location') ?? '';
  const { html } = await ada.page(next);
  expect(html).toContain('Mo, session 2');
  expect(html).toContain('>oily</textarea>');
  expect(html).not.toContain('HYPERLINK');
  expect(html).toContain(`href="${path}"`);
});

it('finds by alias and month, and exports what no spreadsheet runs', async () => {
  const path = await open('=1+1 Zoë');
  await ada.post(path, { ...FIELDS, revision: '1' });
  const found = (await ada.page('/consultations?q=zoe')).html;
  expect(found).toContain(path);
  const month = new Date().toISOString().slice(0, 7);
  expect((await ada.page(`/consultations?q=zoe+${month}`)).html).toContain(path);
  expect((await ada.page('/consultations?q=zoe+1999')).html).toContain('Nothing found');
  expect((await ada.page('/consultations?q=zoe&status=sent')).html).toContain('Nothing found');
  const line = (await csv(ada)).split('\r\n').find((row) => row.includes('Zoë'));
  expect(line).toContain(",'=1+1 Zoë,");
  expect(line).toContain(`"'=HYPERLINK(""x"")"`);
  const json = (await (await ada.fetch('/consultations/export.json')).json()) as { alias: string; goal: string }[];
  expect(json.find(({ alias }) => alias === '=1+1 Zoë')).toMatchObject({ goal: 'scar' });
  expect(await csv(await signInAs(server))).not.toContain('Zoë');
});

it('files a new photo with a client, follows the choice of a shade, and erases all of it', async () => {
  const technician = await signInAs(server, {
    role: 'technician',
    organisationId: ada.account.organisationId,
    displayName: 'Bo',
  });
  const demo = await technician.post('/demo', { key: 'one' });
  const result = await technician.settle(demo.headers.get('location') ?? '');
  const id = result.split('/')[2] ?? '';
  expect((await technician.page('/consultations')).html).toContain(`/consultations/new?match=${id}`);
  const filed = await technician.post('/consultations', { match: id, alias: 'Demo head' });
  const again = await technician.post('/consultations', { match: id, alias: 'Demo head' });
  const path = filed.headers.get('location') ?? '';
  expect(again.headers.get('location')).toBe(path);
  const list = (await technician.page('/consultations?q=demo+head')).html;
  expect(list).toContain(`/matches/${id}/display.jpg`);
  const shade = /(DA-\d\d) · [\d.]+ : 1/.exec(list)?.[1] ?? '';
  expect((await technician.page(`/consultations?q=${shade}`)).html).toContain(path);

  const other = shade === 'DA-05' ? 'DA-04' : 'DA-05';
  const choice = { code: other, catalog: 'demo-ash', reason: 'client likes it' };
  expect((await technician.post(`/matches/${id}/choice`, choice)).status).toBe(303);
  const chosen = (await technician.page(path)).html;
  expect(chosen).toContain(other);
  expect(chosen).toContain('Chosen instead of the suggestion: client likes it');
  expect((await technician.post(`${path}/lots`, { lot: 'L-77' })).status).toBe(303);
  expect((await technician.page(path)).html).toContain('lot L-77');
  expect((await technician.post(`${path}/lots`, { lot: ' ' })).status).toBe(422);

  const next = (await technician.post(`${path}/repeat`, {})).headers.get('location') ?? '';
  expect((await technician.page(next)).html).toMatch(new RegExp(`${other} · .*Carried forward`, 's'));

  // A photo erased by itself leaves no broken picture in the list.
  const spare = await technician.settle((await technician.post('/demo', { key: 'two' })).headers.get('location') ?? '');
  const spareId = spare.split('/')[2] ?? '';
  const kept = (await technician.post('/consultations', { match: spareId, alias: 'Photo gone' })).headers.get(
    'location',
  );
  await technician.post(`/matches/${spareId}/erase`, {});
  const without = (await technician.page('/consultations?q=photo+gone')).html;
  expect(without).toContain(kept);
  expect(without).not.toContain(spareId);

  expect((await technician.page(`${path}/erase`)).html).toContain('1 measured photo with its result');
  expect((await technician.post(`${path}/erase`, {})).status).toBe(303);
  expect((await technician.page(path)).status).toBe(404);
  expect((await technician.page(`/matches/${id}/display.jpg`)).status).toBe(404);
  expect((await technician.page(next)).status).toBe(200);
});

it('lists clients, renames one and opens a consultation with one on record', async () => {
  const path = await open('Old alias');
  const client = /href="(\/clients\/[^"]+)"/.exec((await ada.page(path)).html)?.[1] ?? '';
  expect((await ada.page('/clients?q=old')).html).toContain(client);
  expect((await ada.post(client, { alias: ' ' })).status).toBe(422);
  expect((await ada.post(client, { alias: 'New alias' })).status).toBe(303);
  expect((await ada.page('/consultations?q=new+alias')).html).toContain(path);
  const second = await ada.post('/consultations', { client: client.split('/')[2] ?? '' });
  expect((await ada.page(client)).html).toContain(second.headers.get('location') ?? '-');
});
