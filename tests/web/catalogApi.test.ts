import { afterAll, beforeAll, expect, it } from 'vitest';
import { TOKEN_PREFIX } from '../../src/app/people/findActor.ts';
import { createSecret } from '../../src/app/people/secret.ts';
import { createApiToken } from '../../src/storage/apiTokensRepo.ts';
import { signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer } from '../setup/visitor.ts';

const BASE = '/api/v1/catalogs/demo-ash-copy';
let server: TestServer;
let bearer: string;

beforeAll(async () => {
  server = await startTestServer();
  const supplier = await signInAs(server, { kind: 'supplier' });
  await supplier.post('/catalogs/demo-ash/copy', {});
  const { db, now } = server.services;
  const { secret, hash } = createSecret();
  const token = {
    personId: supplier.account.personId,
    name: 'shop',
    tokenHash: hash,
    scopes: ['catalog:read', 'catalog:write'] as const,
    expiresAt: new Date(now().getTime() + 86_400_000),
  };
  await createApiToken(db, token, now());
  bearer = `Bearer ${TOKEN_PREFIX}${secret}`;
});
afterAll(() => server.stop());

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: bearer, ...(body && { 'content-type': 'application/json' }) };
  const response = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
}

async function sendFile(text: string, fields: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([text]), 'new.csv');
  const response = await fetch(`${server.url}${BASE}/imports`, {
    method: 'POST',
    headers: { authorization: bearer },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

it('checks a file without changing anything, and publishes what was checked', async () => {
  const asking = await sendFile('code,L,a,b\nDA-01,30,1,2\n');
  expect(asking.body.check).toMatchObject({
    questions: [{ field: 'illuminant' }, {}, {}, {}],
    counts: { rejected: 1 },
  });
  const conditions = { illuminant: 'D65', observer: '2', geometry: '45/0', substrate: 'card' };
  const { status, body } = await sendFile('code,notes,undertone\nDA-01,stir,warm\nDA-02,,odd\n', conditions);
  expect(status).toBe(201);
  expect(body.check).toMatchObject({
    counts: { rows: 2, added: 0, changed: 1, same: 0, rejected: 1, untouched: 10 },
    errors: [{ row: 3, column: 'undertone', found: '"odd"', expected: 'one of cool, neutral, warm' }],
  });
  expect((await call('GET', `${BASE}`)).body.version).toBe(1);
  expect((await call('GET', `${BASE}/imports/${body.id}`)).body.state).toBe('ready');
  const published = await call('POST', `${BASE}/imports/${body.id}/publish`, { note: 'stir' });
  expect(published).toEqual({ status: 201, body: { version: 2 } });
  expect((await call('GET', `${BASE}/imports/${body.id}`)).status).toBe(404);
  const changes = await call('GET', `${BASE}/changes?from=1&to=2`);
  expect(changes.body).toMatchObject({ added: [], removed: [], changed: [{ code: 'DA-01' }] });
});

it('edits from a version and a revision, and tells of a conflict', async () => {
  const { body } = await call('GET', BASE);
  const [shade] = body.shades as { code: string; name: string }[];
  const path = `${BASE}/shades/${shade!.code}`;
  const named = (name: string, revision: number) => ({ shade: { ...shade, name }, version: 2, revision });
  expect((await call('PUT', path, named('One', 0))).body).toEqual({ code: shade!.code, version: 2, revision: 1 });
  const late = await call('PUT', path, named('Other', 0));
  expect(late).toMatchObject({ status: 409, body: { code: 'SMP_CATALOG_CONFLICT' } });
  expect((await call('PUT', path, named('Two', 1))).body.revision).toBe(2);
  expect((await call('POST', `${BASE}/versions`, { after: 1, note: 'x' })).status).toBe(409);
  expect((await call('POST', `${BASE}/versions`, { after: 2, note: 'named' })).body).toEqual({ version: 3 });
  expect((await call('POST', `${BASE}/restore`, { version: 1, after: 3, note: 'back' })).body).toEqual({ version: 4 });
  const versions = (await call('GET', `${BASE}/versions`)).body as unknown as { version: number; note: string }[];
  expect(versions.map(({ version, note }) => [version, note])).toEqual([
    [4, 'back'],
    [3, 'named'],
    [2, 'stir'],
    [1, 'Copy of Demo Ash, version 1'],
  ]);
  const [first, last] = await Promise.all([1, 4].map((number) => call('GET', `${BASE}/versions/${number}`)));
  expect({ ...last!.body, version: 1 }).toEqual(first!.body);
});

it('keeps lots, and refuses what is no lot', async () => {
  const lot = { kind: 'diluent', code: 'dd-01', lot: 'W-9', expires: '2031-01-31' };
  expect((await call('POST', `${BASE}/lots`, lot)).status).toBe(201);
  expect((await call('POST', `${BASE}/lots`, lot)).status).toBe(409);
  expect((await call('POST', `${BASE}/lots`, { ...lot, revision: 1, quantityMl: 50 })).status).toBe(201);
  expect((await call('POST', `${BASE}/lots`, { ...lot, expires: 'soon' })).status).toBe(422);
  const items = (await call('GET', `${BASE}/lots`)).body as unknown as { code: string; stock: object[] }[];
  expect(items.find(({ code }) => code === 'DD-01')?.stock).toMatchObject([
    { lot: 'W-9', quantityMl: 50, revision: 2 },
  ]);
});

it('tells the state of a catalog as the page does', async () => {
  const { body } = await call('GET', `${BASE}/health`);
  expect(body).toMatchObject({ level: 'warn' });
  expect(body.spacing).not.toHaveLength(0);
});

it('keeps diluents: made, changed, published, and a conflict told', async () => {
  const { version } = (await call('GET', BASE)).body as { version: number };
  const path = `${BASE}/diluents/SW-9`;
  expect((await call('GET', path)).status).toBe(404);
  const sent = (name: string, revision: number, sterile = true) => ({ diluent: { name, sterile }, version, revision });
  expect((await call('PUT', path, { diluent: { name: 'Water' }, version })).status).toBe(422);
  expect((await call('PUT', path, sent('Water', 0))).body).toEqual({ code: 'SW-9', version, revision: 1 });
  expect(await call('PUT', path, sent('Other', 0))).toMatchObject({
    status: 409,
    body: { code: 'SMP_CATALOG_CONFLICT' },
  });
  expect((await call('PUT', path, sent('Sterile water', 1))).body.revision).toBe(2);
  expect((await call('DELETE', `${path}/draft?revision=1`)).status).toBe(409);
  const drafts = (await call('GET', `${BASE}/drafts`)).body;
  expect(drafts).toMatchObject({
    after: version,
    drafts: [{ kind: 'diluent', code: 'SW-9', revision: 2 }],
    conflicts: [],
  });
  expect((await call('POST', `${BASE}/versions`, { after: version, note: 'water' })).status).toBe(201);
  const lot = { kind: 'diluent', code: 'sw-9', lot: 'W-1', expires: '2031-01-31' };
  expect((await call('POST', `${BASE}/lots`, lot)).status).toBe(201);
  expect((await call('GET', path)).body).toMatchObject({
    diluent: { code: 'SW-9', name: 'Sterile water', sterile: true },
    version: version + 1,
    revision: 0,
    approvedBy: [],
  });
  // What shades approve may not become unsterile.
  const approved = await call('PUT', `${BASE}/diluents/DD-01`, sent('Tap water', 0, false));
  expect(approved).toMatchObject({ status: 422, body: { code: 'SMP_CATALOG_INVALID' } });
  expect(String(approved.body.title)).toContain('approve it');
});

it('ends a shade with a replacement, and takes edits and lots back', async () => {
  const { version } = (await call('GET', BASE)).body as { version: number };
  const path = `${BASE}/shades/DA-02`;
  const entry = { reason: 'Out of stock', on: '2026-01-31', replacement: 'DA-03', version };
  expect((await call('POST', `${path}/discontinue`, { ...entry, replacement: 'none' })).status).toBe(422);
  const ended = await call('POST', `${path}/discontinue`, entry);
  expect(ended.body).toEqual({ code: 'DA-02', version, revision: 1, plans: 0 });
  expect((await call('GET', path)).body).toMatchObject({
    shade: { status: 'discontinued', replacement: 'DA-03' },
    revision: 1,
  });
  expect((await call('DELETE', `${path}/draft?revision=1`)).status).toBe(204);
  expect((await call('GET', path)).body).toMatchObject({ shade: { status: 'active' }, revision: 0 });
  const items = (await call('GET', `${BASE}/lots`)).body as unknown as { code: string; stock: { id: string }[] }[];
  const { id } = items.find(({ code }) => code === 'DD-01')!.stock[0]!;
  expect((await call('DELETE', `${BASE}/lots/${id}`)).status).toBe(204);
  expect((await call('DELETE', `${BASE}/lots/${id}`)).status).toBe(404);
});

it('answers what a file does not say, corrects its cells, and gives the rejected rows', async () => {
  const asking = await sendFile('Nr,L,a,b,Farbe\nDA-04,30,1,2,x\nDA-05,wide,1,2,y\n');
  const path = `${BASE}/imports/${asking.body.id}`;
  expect(asking.body.check).toMatchObject({
    fileProblems: [{ column: 'Nr' }, { column: 'Farbe' }, { column: 'code' }],
  });
  const conditions = { illuminant: 'D65', observer: '2', geometry: '45/0', substrate: 'card' };
  const columns = { Nr: 'code', Farbe: null };
  const mapped = await call('POST', `${path}/answers`, { ...conditions, columns });
  expect(mapped.body.check).toMatchObject({ counts: { changed: 1, rejected: 1 }, questions: [] });
  const rejected = await fetch(`${server.url}${path}/rejected.csv`, { headers: { authorization: bearer } });
  expect(await rejected.text()).toContain('wide');
  const cells = [{ row: 3, column: 'L', value: '31' }];
  const mended = await call('POST', `${path}/answers`, { cells });
  expect(mended.body).toMatchObject({
    answers: { ...conditions, columns, cells },
    check: { counts: { changed: 2, rejected: 0 } },
  });
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', path)).status).toBe(404);
});

it('makes and copies catalogs, and gives them out as files', async () => {
  const made = await call('POST', '/api/v1/catalogs', { name: 'New line', supplier: 'Ada', provenance: 'measured' });
  expect(made).toEqual({ status: 201, body: { id: 'new-line' } });
  expect((await call('POST', '/api/v1/catalogs', { name: 'x' })).status).toBe(422);
  const copied = await call('POST', '/api/v1/catalogs/demo-ready/copy');
  expect(copied.body).toEqual({ id: 'demo-ready-copy', version: 1 });
  const file = async (name: string) => {
    const response = await fetch(`${server.url}${BASE}/${name}`, { headers: { authorization: bearer } });
    return Buffer.from(await response.arrayBuffer()).toString('latin1');
  };
  expect(await file('export.csv')).toContain('DA-01');
  expect(await file('export.exe')).toContain('SMP_NOT_FOUND');
  expect(await file('card.pdf')).toMatch(/^%PDF-/);
});

it('compares shades, finds equivalents and counts a lot', async () => {
  const compared = await call('GET', '/api/v1/catalogs/compare?shade=demo-ash/DA-01&shade=demo-ash/DA-02&skin=dark');
  expect(compared.body).toMatchObject({
    looks: [{ code: 'DA-01' }, { code: 'DA-02' }],
    pairs: [{ codes: ['DA-01', 'DA-02'], deltaE00: expect.any(Number) }],
  });
  expect((await call('GET', '/api/v1/catalogs/compare?shade=demo-ash/DA-01')).status).toBe(422);
  const same = await call('GET', '/api/v1/catalogs/equivalent?shade=demo-ash/DA-02&in=demo-ready');
  const { known, nearest } = same.body as { known: object; nearest: { deltaE00: number }[] };
  expect(known).toMatchObject({ code: 'DA-02' });
  expect(nearest).toHaveLength(3);
  expect(nearest[0]!.deltaE00).toBeLessThanOrEqual(nearest[1]!.deltaE00);
  expect((await call('GET', '/api/v1/catalogs/equivalent?shade=demo-ash/DA-02')).status).toBe(422);
  expect((await call('GET', `${BASE}/recall?lot=W-9`)).body).toEqual({ matches: 0, studios: 0 });
  expect((await call('GET', '/api/v1/catalogs/demo-ash/recall?lot=W-9')).status).toBe(404);
  // Which clients it was is for the studio, with another scope.
  expect((await call('GET', '/api/v1/catalogs/recall?lot=W-9')).status).toBe(403);
});

it('records where a lot went and recalls it, without names of clients', async () => {
  const studio = await signInAs(server);
  const demo = await studio.post('/demo', { key: 'shared' });
  const match = (await studio.settle(demo.headers.get('location')!)).split('/')[2]!;
  const use = { match, kind: 'shade', code: 'DA-03', lot: 'B-12' };
  const headers = { 'content-type': 'application/json' };
  const record = (body: object) =>
    studio.fetch('/api/v1/catalogs/demo-ash/lots/uses', { method: 'POST', headers, body: JSON.stringify(body) });
  expect((await record(use)).status).toBe(201);
  expect((await record({ ...use, match: 'none' })).status).toBe(404);
  const recalled = await studio.fetch('/api/v1/catalogs/recall?lot=b-12');
  expect(await recalled.json()).toEqual([
    {
      ...{ matchId: match, catalogId: 'demo-ash', kind: 'shade', code: 'DA-03', lot: 'B-12' },
      ...{ recordedByName: expect.any(String), recordedAt: expect.any(String), matchedAt: expect.any(String) },
    },
  ]);
});
