import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { toStippleError } from '../../src/web/errorPages.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

const TOKEN = 'a token for the scraper';
let server: TestServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${server?.url}${path}`, { headers });

it('says that it lives, that it is ready, and what keeps it from being so', async () => {
  server = await startTestServer();
  const alive = await ask('/healthz');
  expect(await alive.text()).toBe('ok\n');
  // Proxies keep connections for 60 s.
  expect(Number(/timeout=(\d+)/.exec(alive.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
  expect(await (await ask('/readyz')).text()).toBe('ready\n');
  const { db } = server.services;
  await db.destroy();
  const away = await ask('/readyz');
  expect([away.status, await away.text()]).toEqual([503, 'not ready: database\n']);
  expect((await ask('/healthz')).status).toBe(200);
});

it('gives figures to whoever holds the token, by route and never by address', async () => {
  server = await startTestServer({ METRICS_TOKEN: TOKEN });
  await ask('/s/a-token-nobody-may-see');
  for (const authorization of ['', 'Bearer wrong', `Basic ${TOKEN}`]) {
    expect((await ask('/metrics', { authorization })).status).toBe(404);
  }
  const answer = await ask('/metrics', { authorization: `Bearer ${TOKEN}` });
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(text).toContain('stipple_http_requests_total{method="GET",route="/s/:token",status="404"} 1');
  expect(text).toMatch(/^nodejs_heap_size_used_bytes \d+/m);
  expect(text).not.toContain('a-token-nobody-may-see');
});

it('stops after the work it accepted is answered and stored, and refuses new work meanwhile', async () => {
  server = await startTestServer({ PHOTO_WORKERS: '1' });
  const { url, services } = server;
  const photo = new Blob([await readFile(join(projectRoot, 'public/demo/scalp-with-card.jpg'))]);
  const visitor = new Visitor(url);
  await visitor.page('/');
  const sending = visitor.upload('/api/v1/matches', photo, { palette: 'demo-ash' });
  const demo = new Visitor(url).post('/demo', { key: 'one' });
  // Both are with the server: one is measured and one waits for the only worker.
  const owners = () => services.db.selectFrom('browserSessions').select('id').execute();
  await expect.poll(owners, { timeout: 20_000 }).toHaveLength(2);
  const stored: string[] = [];
  const { destroy } = services.db;
  services.db.destroy = async () => {
    const rows = await services.db.selectFrom('matches').select(['status', 'resultJson']).execute();
    stored.push(...rows.map(({ status, resultJson }) => `${status} ${resultJson !== null}`));
    await destroy.call(services.db);
  };
  const stopping = server.stop();
  server = null;
  const answer = await sending;
  expect(answer.status).toBe(201);
  expect(JSON.parse(await answer.text())).toHaveProperty('recommendations');
  expect((await demo).status).toBe(303);
  await stopping;
  expect(stored).toEqual(['done true', 'done true']);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

it.each([
  ['a full disk', { code: 'ENOSPC' }, 'SMP_STORAGE'],
  ['a disk that cannot be written', { code: 'SQLITE_READONLY' }, 'SMP_STORAGE'],
  ['a folder that became somebody else’s', { code: 'EACCES' }, 'SMP_STORAGE'],
  ['two writes that waited for each other', { code: '40P01' }, 'SMP_STORAGE'],
  ['a row that belongs to one erased meanwhile', { code: '23503' }, 'SMP_NOT_FOUND'],
  ['a database that restarts', { code: '57P01' }, 'SMP_STORAGE'],
  ['a database that is away', { code: 'ECONNREFUSED' }, 'SMP_STORAGE'],
  ['a text PostgreSQL cannot hold', { code: '22021' }, 'SMP_OPTION_INVALID'],
  ['anything else', { code: 'EWHATEVER' }, 'SMP_INTERNAL'],
])('%s is told in words', (_name, fields, code) => {
  const error = Object.assign(new Error('a fault'), fields);
  expect(toStippleError(error).code).toBe(code);
  if (code === 'SMP_STORAGE') expect(toStippleError(new Error('outer', { cause: error })).code).toBe(code);
});
