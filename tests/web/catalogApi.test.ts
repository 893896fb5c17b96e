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
  return { status: response.status, body: (await response.json()) as Answer['body'] };
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
