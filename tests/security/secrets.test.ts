import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStores } from '../../src/openStores.ts';
import { type Account, addPerson, sessionCookie, signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';
import { listRoutes } from './listRoutes.ts';

const PASSWORD = 'several unrelated words';
const NO_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
let server: TestServer;
let ada: Account;
let writes: { readonly method: string; readonly path: string }[];

beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: '1' });
  // Costs that take no time: what is tested is who is let in, not how long it takes.
  const passwordHash = await hash(PASSWORD, { memoryCost: 64, timeCost: 1, parallelism: 1 });
  ada = await addPerson(server, { passwordHash });
  writes = listRoutes(server.app)
    .map((route) => route.split(' ') as [string, string])
    .filter(([method]) => !['GET', 'HEAD'].includes(method))
    .map(([method, path]) => ({ method, path: path.replace(/:\w+/g, NO_ID) }));
});
afterAll(() => server?.stop());

let addresses = 0;
const fromElsewhere = () => ({ 'x-forwarded-for': `10.9.${++addresses >> 8}.${addresses & 255}` });
const signedIn = async () => new Visitor(server.url, { stipple: await sessionCookie(server, ada.personId) });
const isSignedIn = async (visitor: Visitor) => (await visitor.fetch('/account')).status === 200;

describe('a write that another site makes a browser send', () => {
  it.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin a page could name', { origin: 'null' }],
    ['another port of this host', { origin: 'http://127.0.0.1:1' }],
    ['this host as a part of another', { origin: 'http://127.0.0.1.evil.example' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }],
    ['a browser that says both', { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' }],
  ])('is refused on every route: %s', async (_name, headers) => {
    const visitor = await signedIn();
    expect(writes.length).toBeGreaterThan(60);
    const answers = new Map<string, number>();
    for (const { method, path } of writes) {
      const response = await visitor.fetch(path, { method, headers, body: 'a=1' });
      await response.arrayBuffer();
      if (response.status !== 403) answers.set(`${method} ${path}`, response.status);
    }
    expect([...answers]).toEqual([]);
    expect(await isSignedIn(visitor)).toBe(true);
  });
});

describe('a session cookie that somebody else has put into a browser', () => {
  const signIn = (visitor: Visitor) => visitor.post('/sign-in', { name: ada.signInName, password: PASSWORD });

  it.each<[string, () => Promise<string>]>([
    ['made up', async () => 'made-up.value'],
    ['of the shape of a real one', async () => `${Date.now().toString(36)}.${'a'.repeat(43)}`],
    [
      'of a visitor who has tried something out',
      async () => {
        const other = new Visitor(server.url);
        await other.post('/demo', { key: 'planted' });
        return other.cookie('stipple');
      },
    ],
    ['of somebody who is signed in', async () => (await signInAs(server)).cookie('stipple')],
  ])('is worth nothing once its victim has signed in: %s', async (_name, plant) => {
    const planted = await plant();
    expect(planted).not.toBe('');
    const victim = new Visitor(server.url, { stipple: planted });
    const attacker = new Visitor(server.url, { stipple: planted });
    const before = await isSignedIn(attacker);
    expect((await signIn(victim)).status).toBe(303);
    expect(await isSignedIn(victim)).toBe(true);
    expect(victim.cookie('stipple')).not.toBe(planted);
    const { html } = await attacker.page('/account');
    expect(html).not.toContain(ada.signInName);
    // Only who was signed in before may be so still, as themselves.
    expect((await isSignedIn(new Visitor(server.url, { stipple: planted }))) && !before).toBe(false);
  });

  it('is worth nothing after its owner has signed out, here or everywhere', async () => {
    for (const path of ['/sign-out', '/sign-out-everywhere']) {
      const visitor = await signedIn();
      const stolen = visitor.cookie('stipple');
      expect((await visitor.post(path, {})).status).toBe(303);
      expect(await isSignedIn(new Visitor(server.url, { stipple: stolen })), path).toBe(false);
    }
  });
});

describe('guessing', () => {
  const GUESS = 'A'.repeat(43);
  it.each<[string, string, Record<string, string>, number]>([
    ['a client’s link', `/s/${GUESS}`, {}, 404],
    ['a picture of a client’s link', `/s/${GUESS}/before.jpg`, {}, 404],
    ['the set-up link', `/setup/${GUESS}`, {}, 404],
    ['an invitation', `/invitations/${GUESS}`, {}, 404],
    ['a reset link', `/reset/${GUESS}`, {}, 404],
    ['an API token', '/api/v1/catalogs', { authorization: `Bearer stipple_${GUESS}` }, 401],
  ])('%s is refused, and after many misses not even looked up', async (_name, path, bearer, status) => {
    const { db } = server.services;
    const headers = { ...bearer, ...fromElsewhere() };
    const ask = async (from = headers) => {
      const response = await fetch(server.url + path, { headers: from, redirect: 'manual' });
      await response.arrayBuffer();
      return response;
    };
    await db.deleteFrom('rateLimits').execute();
    expect((await ask()).status).toBe(status);
    const hits = async () => (await db.selectFrom('rateLimits').select('hits').execute()).map((row) => row.hits);
    await expect.poll(hits).toEqual([1]);
    await db.updateTable('rateLimits').set({ hits: 59 }).execute();
    expect((await ask()).status).toBe(status);
    await expect.poll(hits).toEqual([60]);
    const limited = await ask();
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask({ ...bearer, ...fromElsewhere() })).status).toBe(status);
  });

  it('a password is slowed down by name, wherever the guesses come from', async () => {
    await server.services.db.deleteFrom('rateLimits').execute();
    const target = await addPerson(server);
    const guess = async () => {
      const body = new URLSearchParams({ name: target.signInName, password: 'wrong' });
      const response = await fetch(`${server.url}/sign-in`, { method: 'POST', body, headers: fromElsewhere() });
      await response.arrayBuffer();
      return response.status;
    };
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push(await guess());
    expect(statuses.slice(0, 10).every((status) => status === 422)).toBe(true);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });
});

describe('an address in what is sent in', () => {
  let canary: Server;
  let hits = 0;
  let url: string;
  beforeAll(async () => {
    canary = createServer((_req, res) => {
      hits += 1;
      res.end();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    canary?.close();
  });

  it('is neither asked nor led to, in whatever field of whatever form', async () => {
    const names = ['url', 'link', 'next', 'back', 'look', 'message', 'alias', 'name', 'supplier', 'notes', 'lot'];
    names.push('organisationName', 'signInName', 'displayName', 'catalog', 'palette', 'match', 'photo', 'file', 'key');
    const fields = Object.fromEntries(names.map((name) => [name, url]));
    let visitor = await signedIn();
    for (const { method, path } of writes) {
      // Measuring the demo photo takes its time and reads nothing of the form but a key.
      if (method !== 'POST' || path === '/demo') continue;
      if (!(await isSignedIn(visitor))) visitor = await signedIn();
      const response = await visitor.fetch(path, {
        method,
        headers: fromElsewhere(),
        body: new URLSearchParams(fields),
      });
      await response.arrayBuffer();
      expect(response.status, path).toBeLessThan(500);
      expect(response.headers.get('location') ?? '/', path).toMatch(/^\/(?!\/)/);
    }
    for (const next of [url, '//evil.example', '/\\evil.example', 'javascript:alert(1)', `${url}@127.0.0.1`]) {
      const body = { name: ada.signInName, password: PASSWORD, next };
      const answer = await new Visitor(server.url).post('/sign-in', body);
      expect(answer.headers.get('location') ?? '', next).toMatch(/^\/(?![/\\])/);
    }
    expect(hits).toBe(0);
  });

  it.each([
    ['a file', 'file:///etc/passwd'],
    ['another protocol', 'ftp://127.0.0.1/'],
    ['a name and password', 'http://user:secret@127.0.0.1/'],
    ['a query', 'http://127.0.0.1/?x='],
    ['a fragment', 'http://127.0.0.1/#x'],
    ['no address', 'not an address'],
  ])('is refused as object store: %s', async (_name, endpoint) => {
    const env = { S3_ENDPOINT: endpoint, S3_BUCKET: 'photos', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'hidden' };
    const refused = await openStores(env).then(
      () => 'opened',
      (error: unknown) => String(error),
    );
    expect(refused).toMatch(/S3/);
    expect(refused).not.toMatch(/secret|hidden/);
  });
});
