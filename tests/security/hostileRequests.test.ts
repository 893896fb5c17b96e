import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';
import { type Account, signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';
import { FORMS, field, HEADERS, PATH_TRICKS, photoPart } from './hostileBytes.ts';
import { hostileImages } from './hostileImages.ts';
import { listRoutes } from './listRoutes.ts';
import { rawRequest } from './rawRequest.ts';

let server: TestServer;
let ada: Visitor & { account: Account };
/** Somebody's server on this machine: nothing that is sent in may make Stipple ask it. */
let canary: Server;
let canaryUrl: string;
let canaryHits = 0;

beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: '1' });
  ada = await signInAs(server);
  canary = createServer((_req, res) => {
    canaryHits += 1;
    res.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  canaryUrl = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await server?.stop();
  canary?.close();
});
/** Whatever was sent: the server is there, and asked nobody. */
afterEach(async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(canaryHits).toBe(0);
});

let visitors = 0;
/** A fresh address for each, so that no limit of uploads or of guesses answers for the code behind it. */
const fromElsewhere = () => ({ 'x-forwarded-for': `10.${++visitors >> 8}.${visitors & 255}.1` });

describe('addresses', () => {
  it.each(PATH_TRICKS)('%s in place of an id is refused by every page', async (trick) => {
    const routes = listRoutes(server.app).filter((route) => route.startsWith('GET ') && route.includes(':'));
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      const path = route.slice(4).replace(/:\w+/g, trick);
      const { status, text } = await rawRequest(
        server.url,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${fromElsewhere()['x-forwarded-for']}\r\nCookie: stipple=${ada.cookie('stipple')}\r\nConnection: close\r\n\r\n`,
      );
      expect(status, path.slice(0, 200)).toBeGreaterThanOrEqual(300);
      expect(status, path.slice(0, 200)).toBeLessThan(500);
      expect(text).not.toMatch(/<script>alert|root:x:|"dependencies"|node_modules/);
    }
  });

  it('of no page at all answer 404, whatever they try to reach', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/css/../../package.json',
      '/css/..%2f..%2fsrc%2fmain.ts',
      '/build/..%5c..%5cpackage.json',
      '//etc/passwd',
      '/.git/config',
      '/data/stipple.db',
      '/css/%00',
      '/%',
    ]) {
      const { status, text } = await rawRequest(
        server.url,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect([400, 403, 404, 422], path).toContain(status);
      expect(text).not.toMatch(/"dependencies"|SQLite format|\[core\]/);
    }
  });

  it('with odd queries are answered by every page', async () => {
    const queries = [
      '?q[]=1&before[a]=2',
      `?q=${'%25'.repeat(900)}`,
      '?before=%00&after=%ff&match=%',
      '?__proto__[x]=1&lang=xx',
    ];
    const names = ['q', 'before', 'after', 'status', 'match', 'stage', 'shade', 'from', 'lot', 'in', 'look', 'client'];
    queries.push(`?${names.map((name) => `${name}=${encodeURIComponent('\'"><script>\0')}&${name}=2`).join('&')}`);
    const routes = listRoutes(server.app).filter((route) => route.startsWith('GET ') && !route.includes(':'));
    for (const route of routes) {
      for (const query of queries) {
        const { status, html } = await ada.page(route.slice(4) + query);
        expect(status, route + query.slice(0, 60)).toBeLessThan(500);
        expect(html).not.toContain('"><script>');
      }
    }
  });
});

describe('headers', () => {
  it.each(HEADERS)('%s: refused or answered, nothing reflected', async (_name, bytes) => {
    const { status, text } = await rawRequest(server.url, bytes, 3_000);
    expect(status === 501 || status < 500).toBe(true);
    expect(text).not.toContain('<script>alert');
  });

  it('seeded noise in place of a request ends no server', async () => {
    const random = seededRandom(8);
    for (let i = 0; i < 40; i++) {
      const noise = Buffer.from(Array.from({ length: 200 }, () => Math.floor(random.between(0, 256))));
      const start = random.pick([
        '',
        'GET / HTTP/1.1\r\n',
        'POST /matches HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=',
      ]);
      const { status } = await rawRequest(
        server.url,
        Buffer.concat([Buffer.from(start), noise, Buffer.from('\r\n\r\n')]),
        300,
      );
      expect(status).toBeLessThan(500);
    }
  });
});

describe('multipart forms', () => {
  it.each(FORMS)('%s: refused in words, and nothing stays', async (_name, body, type) => {
    const headers = { ...fromElsewhere(), 'content-type': type ?? 'multipart/form-data; boundary=B' };
    for (const path of ['/matches', '/api/v1/matches']) {
      const answer = await ada.fetch(path, {
        method: 'POST',
        headers,
        body: new Uint8Array(Buffer.from(String(body), 'latin1')),
      });
      const text = await answer.text();
      expect([400, 413, 415, 422], `${path} ${text.slice(0, 300)}`).toContain(answer.status);
      expect(text).not.toMatch(/<img src=x|<script>alert|root:x:/);
    }
    await expect.poll(() => readdir(join(server.folder, 'uploads')), { timeout: 5000 }).toEqual([]);
  });

  it('cut anywhere or mixed up leave the server and its folder as they were', async () => {
    const random = seededRandom(5);
    const whole = `${field('alias', 'A')}${field('palette', 'demo-ash')}${photoPart('a.jpg', 'x'.repeat(3000))}--B--`;
    for (let i = 0; i < 40; i++) {
      const bytes = Buffer.from(whole);
      for (let n = 0; n < 3; n++) bytes[Math.floor(random.between(0, 300))] = Math.floor(random.between(0, 256));
      const answer = await ada.fetch('/api/v1/matches', {
        method: 'POST',
        headers: { ...fromElsewhere(), 'content-type': 'multipart/form-data; boundary=B' },
        body: new Uint8Array(bytes.subarray(0, Math.floor(random.between(1, bytes.length)))),
      });
      await answer.text();
      expect([400, 413, 415, 422]).toContain(answer.status);
    }
    await expect.poll(() => readdir(join(server.folder, 'uploads')), { timeout: 5000 }).toEqual([]);
  });
});

describe('photos', () => {
  it('of every hostile kind are answered over HTTP, and the next good one is measured', async () => {
    for (const [kind, mutate] of Object.entries(await hostileImages())) {
      const random = seededRandom(kind.length + 100);
      for (let i = 0; i < 3; i++) {
        const form = new FormData();
        form.set('photo', new Blob([new Uint8Array(mutate(random))]), 'a.jpg');
        form.set('palette', 'demo-ash');
        const answer = await fetch(`${server.url}/api/v1/matches`, {
          method: 'POST',
          headers: fromElsewhere(),
          body: form,
        });
        const text = await answer.text();
        expect(answer.status, `${kind}: ${text.slice(0, 200)}`).toBeLessThan(500);
      }
    }
  });

  it('that name addresses to fetch make Stipple ask nobody', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="${canaryUrl}"/></svg>`;
    const xml = `<?xml version="1.0"?><!DOCTYPE x SYSTEM "${canaryUrl}"><x/>`;
    const playlist = `#EXTM3U\n${canaryUrl}\n`;
    for (const body of [svg, xml, playlist, canaryUrl, `file:///etc/passwd`]) {
      const answer = await ada.fetch('/api/v1/matches', {
        method: 'POST',
        headers: { ...fromElsewhere(), 'content-type': 'multipart/form-data; boundary=B' },
        body: `${photoPart('a.jpg', body)}--B--`,
      });
      expect(answer.status).toBe(415);
    }
  });

  it('that trickle in hold up nobody, and one that is given up leaves nothing', async () => {
    const { hostname, port } = new URL(server.url);
    const sockets = Array.from({ length: 20 }, () => connect(Number(port), hostname));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write(
        `POST /matches HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${fromElsewhere()['x-forwarded-for']}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 900000\r\n\r\n`,
      );
      socket.write('--B\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n');
    }
    for (let turn = 0; turn < 5; turn++) {
      for (const socket of sockets) socket.write('x'.repeat(10));
      expect((await new Visitor(server.url).page('/')).status).toBe(200);
    }
    await expect.poll(() => readdir(join(server.folder, 'uploads'))).toHaveLength(20);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => readdir(join(server.folder, 'uploads')), { timeout: 5000 }).toEqual([]);
  });
});
