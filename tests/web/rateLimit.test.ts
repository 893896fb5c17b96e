import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ERRORS, StippleError } from '../../src/errors.ts';
import { openDatabase } from '../../src/storage/database.ts';
import type { Database } from '../../src/storage/tables.ts';
import { limitRate } from '../../src/web/rateLimit.ts';

/** Retry-After is reckoned from the system's clock, so the tests' clock starts there. */
const START = Date.now();
let folder: string;
let db: Database;
let time = START;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-rates-'));
  db = await openDatabase({ sqliteFile: join(folder, 'stipple.db') });
});
afterAll(async () => {
  await db?.destroy();
  await rm(folder, { recursive: true, force: true });
});

const showCode: ErrorRequestHandler = (error, _req, res, _next) => {
  const code = error instanceof StippleError ? error.code : 'SMP_INTERNAL';
  res.status(ERRORS[code].status).send(code);
};

/** One of several servers with the same database. */
function createServerApp(name: string) {
  return express()
    .set('trust proxy', 1)
    .use(limitRate(db, { name, limit: 3, windowMs: 60_000, now: () => new Date(time) }))
    .use((_req, res) => {
      res.send('done');
    })
    .use(showCode);
}

it('answers so many requests of an address in a window, over all servers', async () => {
  const servers = [createServerApp('upload'), createServerApp('upload')];
  const ask = (i: number, address: string) =>
    request(servers[i % 2] as express.Express)
      .post('/')
      .set('x-forwarded-for', address);
  for (let i = 0; i < 3; i++) expect((await ask(i, '203.0.113.7')).status).toBe(200);
  for (let i = 0; i < 2; i++) {
    const refused = await ask(i, '203.0.113.7');
    expect(refused.status).toBe(429);
    expect(refused.text).toBe('SMP_RATE_LIMITED');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect((await ask(0, '203.0.113.8')).status).toBe(200);
  expect((await request(createServerApp('import')).post('/').set('x-forwarded-for', '203.0.113.7')).status).toBe(200);
  time += 60_000;
  expect((await ask(0, '203.0.113.7')).status).toBe(200);
});

it('counts the addresses of one IPv6 network as one', async () => {
  const app = createServerApp('ipv6');
  const ask = (address: string) => request(app).post('/').set('x-forwarded-for', address);
  for (let i = 1; i <= 3; i++) expect((await ask(`2001:db8:1:200::${i}`)).status).toBe(200);
  expect((await ask('2001:db8:1:2ff::9')).status).toBe(429);
  expect((await ask('2001:db8:1:300::1')).status).toBe(200);
});

it('keeps no address in readable form and nothing for longer than a window', async () => {
  await request(createServerApp('private')).post('/').set('x-forwarded-for', '198.51.100.4');
  expect(JSON.stringify(await db.selectFrom('rateLimits').selectAll().execute())).not.toContain('198.51');
  time += 61_000;
  await request(createServerApp('private')).post('/').set('x-forwarded-for', '198.51.100.5');
  expect(await db.selectFrom('rateLimits').selectAll().execute()).toHaveLength(1);
});
