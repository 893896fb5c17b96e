import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../setup/postgres.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

/** Every request of a browser goes to the other of two servers than the one before, as behind a proxy. */
class Alternating {
  readonly #visitors: readonly [Visitor, Visitor];
  #cookies: Record<string, string> = {};
  #turn = 0;

  constructor(urls: readonly [string, string]) {
    this.#visitors = [new Visitor(urls[0]), new Visitor(urls[1])];
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    this.#turn = 1 - this.#turn;
    const cookie = Object.entries(this.#cookies)
      .map((pair) => pair.join('='))
      .join('; ');
    const headers = { ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) };
    const response = await this.#visitors[this.#turn]!.fetch(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';', 1)[0]!.split('=', 2);
      this.#cookies[name] = value;
    }
    return response;
  }

  async page(path: string): Promise<string> {
    const response = await this.fetch(path);
    expect(response.status, path).toBe(200);
    return await response.text();
  }

  /** Sends a form and returns where it leads. */
  async post(path: string, fields: Record<string, string> | [string, string][]): Promise<string> {
    const response = await this.fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
    expect(response.status, `${path} ${(await response.clone().text()).slice(0, 2000)}`).toBe(303);
    return response.headers.get('location') ?? '';
  }
}

let folder: string;
let postgres: TestPostgres;
let s3: S3rver;
let first: TestServer;
let second: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-two-'));
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  postgres = await startPostgres();
  const env = {
    DATABASE_URL: await postgres.createDatabase(),
    S3_ENDPOINT: `http://127.0.0.1:${(await s3.run()).port}`,
    S3_BUCKET: 'photos',
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
    PHOTO_WORKERS: '1',
  };
  [first, second] = await Promise.all([startTestServer(env), startTestServer(env)]);
});
afterAll(async () => {
  await Promise.all([first?.stop(), second?.stop()]);
  await postgres?.stop();
  await s3?.close();
  await rm(folder, { recursive: true, force: true });
});

it('serves one studio from two servers in turn, from the first account to the client’s approval', async () => {
  const urls = [first.url, second.url] as const;
  const ada = new Alternating(urls);
  const password = 'several unrelated words';
  const account = { kind: 'studio', organisationName: 'Nord', signInName: 'ada', displayName: 'Ada', password };
  await ada.post(new URL(first.setupUrl ?? '').pathname, account);
  await ada.post('/sign-out', {});
  await ada.post('/sign-in', { name: 'ada', password });
  expect(await ada.page('/account')).toContain('Ada');

  const match = await ada.post('/demo', { key: 'two' });
  const steps: boolean[] = [];
  for (let turn = 0; turn < 400 && steps.at(-1) !== true; turn++) {
    const { done } = (await (await ada.fetch(`${match}/step`)).json()) as { done: boolean };
    steps.push(done);
  }
  // Under way on both until it is done; never done on the one that does not measure it.
  expect(steps.slice(0, 2)).toEqual([false, false]);
  expect(steps.filter(Boolean)).toEqual([true]);
  const id = match.split('/')[2] ?? '';
  const results = [await ada.page(`${match}/result.json`), await ada.page(`${match}/result.json`)];
  expect(results[0]).toBe(results[1]);

  const consultation = await ada.post('/consultations', { alias: 'Jo', match: id });
  const html = await ada.page(consultation);
  const flags = [...html.matchAll(/name="(decision\.[^"]+)"/g)].map(([, name]): [string, string] => [name!, 'absent']);
  await ada.post(`${consultation}/flags`, flags);
  const form = { match: id, days: '7', pin: '4711', look: '', stage: 'healed', message: 'Hello' };
  const link =
    /(\/s\/[A-Za-z0-9_-]{43})/.exec(await ada.page(await ada.post(`${consultation}/share`, form)))?.[1] ?? '';

  const client = new Alternating(urls);
  expect((await client.fetch(link)).status).toBe(401);
  await client.post(`${link}/pin`, { pin: '4711' });
  expect(await client.page(link)).toContain('Hello');
  expect((await client.fetch(`${link}/healed.jpg`)).status).toBe(200);
  const ticks = ['simulation', 'healing', 'patch'].map((tick): [string, string] => ['tick', tick]);
  await client.post(`${link}/answer`, [['answer', 'approve'], ['name', 'Jo'], ...ticks]);
  for (let turn = 0; turn < 2; turn++) expect(await ada.page(`${consultation}/share`)).toContain('Approved by Jo');
});

it('refuses in words what PostgreSQL cannot hold', async () => {
  const visitor = new Visitor(first.url);
  await visitor.post('/sign-in', { name: 'ada', password: 'several unrelated words' });
  const answers = [
    await visitor.post('/consultations', { alias: 'a\0b' }),
    await visitor.fetch('/matches/%00/result'),
    await visitor.fetch('/catalogs/%00'),
    await visitor.fetch('/consultations?q=%00&before=%00'),
    await visitor.fetch('/history?before=%00'),
    await visitor.post('/sign-in', { name: '\0', password: '\0' }),
  ];
  expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
});
