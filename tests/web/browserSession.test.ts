import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express } from 'express';
import request, { type Response } from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { createOrganisation } from '../../src/storage/organisationsRepo.ts';
import { createPerson } from '../../src/storage/peopleRepo.ts';
import type { Database } from '../../src/storage/tables.ts';
import { browserSessions } from '../../src/web/browserSession.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let folder: string;
let db: Database;
let time: number;
let personId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-sessions-'));
  db = await openDatabase({ sqliteFile: join(folder, 'stipple.db') });
  const organisationId = await createOrganisation(db, { name: 'Studio Nord', kind: 'studio' }, new Date(0));
  const person = { organisationId, signInName: 'ada', displayName: 'Ada', role: 'owner', passwordHash: '-' } as const;
  personId = String(await createPerson(db, person, new Date(0)));
});
afterAll(async () => {
  await db?.destroy();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  time = Date.parse('2026-03-01T12:00:00Z');
  await db.deleteFrom('browserSessions').execute();
});

/** GET says which session is known; POST starts one. */
function createApp(secure = false): Express {
  const options = { secure, idleMs: 7 * DAY_MS, lifetimeMs: 30 * DAY_MS, now: () => new Date(time) };
  return express()
    .use(browserSessions(db, options))
    .get('/', (req, res) => {
      res.send(req.browserSession.known?.id ?? 'none');
    })
    .post('/', async (req, res) => {
      const [first, second] = await Promise.all([req.browserSession.start(), req.browserSession.start()]);
      res.send(first.id === second.id ? first.id : 'two sessions');
    })
    .get('/who', (req, res) => {
      res.send(req.browserSession.known?.signIn?.personId ?? 'nobody');
    })
    .post('/sign-in', async (req, res) => {
      await req.browserSession.signIn(personId);
      res.send('in');
    })
    .post('/sign-out', async (req, res) => {
      await req.browserSession.signOut();
      res.send('out');
    });
}

function setCookie(answer: Response): string {
  return String((answer.headers as Record<string, unknown>)['set-cookie'] ?? '');
}

function cookieOf(answer: Response): string {
  return setCookie(answer).split(';')[0] ?? '';
}

async function countRows(): Promise<number> {
  return (await db.selectFrom('browserSessions').select('id').execute()).length;
}

it('stores nothing until something is written', async () => {
  const app = createApp();
  const first = await request(app).get('/');
  expect(first.text).toBe('none');
  expect(await countRows()).toBe(0);
  const cookie = cookieOf(first);
  expect(setCookie(await request(app).get('/').set('cookie', cookie))).toBe('');
  const id = (await request(app).post('/').set('cookie', cookie)).text;
  expect((await request(app).get('/').set('cookie', `theme=dark; ${cookie}; other=1`)).text).toBe(id);
  expect(await countRows()).toBe(1);
});

it('gives two submits of one form the same session', async () => {
  const app = createApp();
  const cookie = cookieOf(await request(app).get('/'));
  const posts = await Promise.all([1, 2, 3].map(() => request(app).post('/').set('cookie', cookie)));
  expect(new Set(posts.map((post) => post.text)).size).toBe(1);
  expect(await countRows()).toBe(1);
});

it('starts a session for a writer that has no cookie yet', async () => {
  const app = createApp();
  const post = await request(app).post('/');
  expect((await request(app).get('/').set('cookie', cookieOf(post))).text).toBe(post.text);
});

it('stores only the hash of a 256-bit token', async () => {
  const post = await request(createApp()).post('/');
  const token = cookieOf(post).split('=')[1] ?? '';
  expect(Buffer.from(token.split('.')[1] ?? '', 'base64url')).toHaveLength(32);
  const row = await db.selectFrom('browserSessions').selectAll().executeTakeFirstOrThrow();
  expect(row.tokenHash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(row)).not.toContain(token.split('.')[1]);
});

it('keeps the cookie from scripts and other sites, and from plain HTTP where HTTPS is used', async () => {
  expect(setCookie(await request(createApp()).get('/'))).toMatch(
    /^stipple=[^;]+; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  expect(setCookie(await request(createApp(true)).get('/'))).toMatch(
    /^__Host-stipple=[^;]+; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
});

it('does not take the plain cookie where HTTPS is used', async () => {
  const cookie = cookieOf(await request(createApp()).post('/'));
  expect((await request(createApp(true)).get('/').set('cookie', cookie)).text).toBe('none');
});

it('ends when idle, lives on by use, and gives the next writer a new token', async () => {
  const app = createApp();
  const post = await request(app).post('/');
  const cookie = cookieOf(post);
  for (let day = 6; day <= 24; day += 6) {
    time = Date.parse('2026-03-01T12:00:00Z') + day * DAY_MS;
    expect((await request(app).get('/').set('cookie', cookie)).text).toBe(post.text);
  }
  time += 7 * DAY_MS - 1;
  const late = await request(app).post('/').set('cookie', cookie);
  expect(late.text).not.toBe(post.text);
  expect(cookieOf(late)).not.toBe(cookie);
  expect(cookieOf(late)).not.toBe('');
});

it('gives a token that ended by idling away, not its owner a stranger’s', async () => {
  const app = createApp();
  const post = await request(app).post('/');
  time += 7 * DAY_MS;
  const cookie = cookieOf(post);
  expect((await request(app).get('/').set('cookie', cookie)).text).toBe('none');
  const again = await request(app).post('/').set('cookie', cookie);
  expect(again.text).not.toBe(post.text);
  expect(cookieOf(again)).toMatch(/^stipple=/);
  expect(cookieOf(again)).not.toBe(cookie);
});

it('ends at its latest end although it is used every day', async () => {
  const app = createApp();
  const post = await request(app).post('/');
  const cookie = cookieOf(post);
  for (let day = 1; day < 30; day++) {
    time += DAY_MS;
    expect((await request(app).get('/').set('cookie', cookie)).text).toBe(post.text);
  }
  time += DAY_MS;
  const end = await request(app).get('/').set('cookie', cookie);
  expect(end.text).toBe('none');
  expect(cookieOf(end)).not.toBe('');
});

const HOUR_MS = 60 * 60 * 1000;
const who = async (app: Express, cookie: string) => (await request(app).get('/who').set('cookie', cookie)).text;

it('signs out by itself after twelve hours without use, and keeps the browser’s session', async () => {
  const app = createApp();
  const visitor = await request(app).post('/');
  const cookie = cookieOf(await request(app).post('/sign-in').set('cookie', cookieOf(visitor)));
  expect(cookie).not.toBe(cookieOf(visitor));
  expect(await who(app, cookieOf(visitor))).toBe('nobody');
  for (let use = 0; use < 5; use++) {
    time += 11 * HOUR_MS;
    expect(await who(app, cookie)).toBe(personId);
  }
  time += 12 * HOUR_MS;
  expect(await who(app, cookie)).toBe('nobody');
  expect((await request(app).get('/').set('cookie', cookie)).text).toBe(visitor.text);
});

it('signs out after two weeks however much it is used', async () => {
  const app = createApp();
  const cookie = cookieOf(await request(app).post('/sign-in'));
  for (let halfDay = 1; halfDay < 28; halfDay++) {
    time += 12 * HOUR_MS - 60_000;
    expect(await who(app, cookie)).toBe(personId);
  }
  time = Date.parse('2026-03-15T12:00:00Z');
  expect(await who(app, cookie)).toBe('nobody');
});

it('signs out under a new token that still holds what the visitor has not saved', async () => {
  const app = createApp();
  const visitor = await request(app).post('/');
  const cookie = cookieOf(await request(app).post('/sign-in').set('cookie', cookieOf(visitor)));
  const out = cookieOf(await request(app).post('/sign-out').set('cookie', cookie));
  expect(await who(app, out)).toBe('nobody');
  expect((await request(app).get('/').set('cookie', out)).text).toBe(visitor.text);
  expect((await request(app).get('/').set('cookie', cookie)).text).toBe('none');
});

it('writes at most once an hour to note that it is in use', async () => {
  const app = createApp();
  const cookie = cookieOf(await request(app).post('/'));
  const idleEnd = async () =>
    (await db.selectFrom('browserSessions').select('idleExpiresAt').executeTakeFirstOrThrow()).idleExpiresAt;
  const first = await idleEnd();
  time += 59 * 60 * 1000;
  await request(app).get('/').set('cookie', cookie);
  expect(await idleEnd()).toBe(first);
  time += 60 * 1000;
  await request(app).get('/').set('cookie', cookie);
  expect(await idleEnd()).toBe('2026-03-08T13:00:00.000Z');
});

it.each([
  'stipple=',
  'stipple=short',
  `stipple=zzzzzzzzz.${'A'.repeat(43)}`,
  `stipple=00000001.${'A'.repeat(43)}`,
  `stipple=mgkx0000.${'A'.repeat(42)}'`,
  'stipple',
  '=;=;;',
])('treats %j as no cookie', async (cookie) => {
  const answer = await request(createApp()).post('/').set('cookie', cookie);
  expect(answer.status).toBe(200);
  expect(cookieOf(answer)).toMatch(/^stipple=[0-9a-z]{8}\.[A-Za-z0-9_-]{43}$/);
});
