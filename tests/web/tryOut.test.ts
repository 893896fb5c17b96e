import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchResultSchema } from '../../src/app/matchResult.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { spawnStipple } from '../cli/stipple.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

const DEMO_FILE = join(projectRoot, 'public/demo/scalp-with-card.jpg');
let server: TestServer;
let demo: Blob;

beforeAll(async () => {
  server = await startTestServer();
  demo = new Blob([await readFile(DEMO_FILE)], { type: 'image/jpeg' });
});
afterAll(() => server.stop());

async function demoMatch(visitor: Visitor): Promise<string> {
  const response = await visitor.post('/demo', { key: crypto.randomUUID() });
  expect(response.status).toBe(303);
  return response.headers.get('location')!;
}

let shared: Promise<{ visitor: Visitor; base: string }> | null = null;
/** A measured demo for tests that leave its result as it is: one is measured for all of them. */
function measuredDemo(): Promise<{ visitor: Visitor; base: string }> {
  shared ??= (async () => {
    const visitor = new Visitor(server.url);
    const base = await demoMatch(visitor);
    await visitor.settle(base);
    return { visitor, base };
  })();
  return shared;
}

describe('a try-out without JavaScript', () => {
  it('reaches a full result of the demo from the start page with one tap', async () => {
    const visitor = new Visitor(server.url);
    const home = await visitor.page('/');
    expect(home.html).toContain('Try the demo');
    const shown = await visitor.settle(await demoMatch(visitor));
    expect(shown).toMatch(/\/result$/);
    const { html, status } = await visitor.page(shown);
    expect(status).toBe(200);
    expect(html).toContain('Predicted, healed');
    expect(html).toMatch(/\d+ pigment : \d+ diluent/);
    expect(html).toMatch(/Confidence: <strong>/);
  });

  it('gives page, API and command line the same result, byte for byte', async () => {
    const { visitor, base } = await measuredDemo();
    const page = await (await visitor.fetch(`${base}/result.json`)).text();
    const api = await visitor.upload('/api/v1/matches', demo, { palette: 'demo-ash' });
    expect(api.status).toBe(201);
    const body = await api.text();
    expect(body).toBe(page);
    expect(() => matchResultSchema.parse(JSON.parse(body))).not.toThrow();
    const { stdout } = await spawnStipple('match', DEMO_FILE, '--palette', 'demo-ash', '--json');
    expect(stdout).toBe(body);
    const again = await visitor.fetch(api.headers.get('location')!);
    expect(await again.text()).toBe(body);
  });

  it('measures painted areas and what was said of them as the command line does, from the photo its thread kept', async () => {
    const visitor = new Visitor(server.url);
    const base = await demoMatch(visitor);
    await visitor.settle(base);
    const rows = Array.from({ length: 75 }, (_, y) => (y < 10 || y > 60 ? '100.' : '3.20h10.20s47.'));
    const mask = `100x75:${rows.join('')}`;
    await visitor.post(`${base}/regions`, { mask, hairFrom: 'smp', fitzpatrick: '2', action: 'measure' });
    await visitor.settle(base);
    const page = await (await visitor.fetch(`${base}/result.json`)).text();
    expect(JSON.parse(page)).toMatchObject({ regions: { source: 'given', mask } });
    expect(JSON.parse(page).target.why).toContain('earlier work');
    const args = [
      'match',
      DEMO_FILE,
      '--palette',
      'demo-ash',
      '--mask',
      mask,
      '--hair-from',
      'smp',
      '--fitzpatrick',
      '2',
      '--json',
    ];
    const { stdout } = await spawnStipple(...args);
    expect(stdout).toBe(page);
  });

  it('makes one match of a double submit', async () => {
    const visitor = new Visitor(server.url);
    await visitor.page('/');
    const key = crypto.randomUUID();
    const [one, other] = await Promise.all([visitor.post('/demo', { key }), visitor.post('/demo', { key })]);
    expect(one.headers.get('location')).toBe(other.headers.get('location'));
    await visitor.settle(one.headers.get('location')!);
    const { html } = await visitor.page('/history');
    expect(html.match(/class="thumb"/g)).toHaveLength(1);
  });

  it('measures again with other patches and keeps the old ones in the form', async () => {
    const visitor = new Visitor(server.url);
    const base = await demoMatch(visitor);
    await visitor.settle(base);
    const before = JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text());
    const [x, y, w, h] = before.regions.skin[0];
    const hair = before.regions.hair[0];
    const fields = Object.fromEntries(
      [
        ['skin', [x + 1, y + 1, w - 2, h - 2]],
        ['hair', hair],
      ].flatMap(([kind, box]) => ['x', 'y', 'w', 'h'].map((axis, i) => [`${kind}.0.${axis}`, String(box[i])])),
    );
    const response = await visitor.post(`${base}/regions`, { ...fields, action: 'measure' });
    expect(response.status).toBe(303);
    await visitor.settle(response.headers.get('location')!);
    const after = JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text());
    expect(after.regions.source).toBe('given');
    expect(after.regions.skin).toEqual([[x + 1, y + 1, w - 2, h - 2]]);
    expect(after.input.sha256).toBe(before.input.sha256);
  });

  it('refuses patches outside the photo and loses nothing', async () => {
    const { visitor, base } = await measuredDemo();
    const box = { 'skin.0.x': '99999', 'skin.0.y': '1', 'skin.0.w': '5', 'skin.0.h': '5' };
    const response = await visitor.post(`${base}/regions`, box);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('must be four whole numbers that lie inside the photo');
    expect((await visitor.page(`${base}/result`)).status).toBe(200);
  });

  it('keeps both the suggestion and the shade a technician chose', async () => {
    const { visitor, base } = await measuredDemo();
    const result = JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text());
    const other = result.recommendations[1];
    const chosen = await visitor.post(`${base}/choice`, { code: other.code, catalog: other.catalog.id });
    expect(chosen.status).toBe(303);
    const { html } = await visitor.page(`${base}/result`);
    expect(html).toContain(`You chose ${other.code} instead of the suggested ${result.recommendations[0].code}`);
    const foreign = await visitor.post(`${base}/choice`, { code: 'nonsense', catalog: other.catalog.id });
    expect(foreign.status).toBe(422);
  });

  it('offers to go on with a photo whose measuring was cut off, and waits while another server may be at it', async () => {
    const visitor = new Visitor(server.url);
    const base = await demoMatch(visitor);
    await visitor.settle(base);
    const cutOff = (measuringUntil: string) =>
      server.services.db
        .updateTable('matches')
        .set({ status: 'photo', resultJson: null, measuringUntil })
        .where('id', '=', base.split('/')[2]!)
        .execute();
    await cutOff('2999-01-01T00:00:00.000Z');
    expect(await (await visitor.fetch(`${base}/step`)).json()).toMatchObject({ done: false });
    await cutOff('2020-01-01T00:00:00.000Z');
    const { html, status } = await visitor.page(base);
    expect(status).toBe(200);
    expect(html).toContain('Measuring stopped before it was done');
    await visitor.post(`${base}/retry`, {});
    expect(await visitor.settle(base)).toMatch(/\/result$/);
  });

  it('recomputes the drops for another cup', async () => {
    const visitor = new Visitor(server.url);
    const base = await demoMatch(visitor);
    await visitor.settle(base);
    expect((await visitor.post(`${base}/settings`, { cup: '5' })).status).toBe(303);
    const result = JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text());
    expect(result.recommendations[0].dilution.cupMl).toBe(5);
    expect((await visitor.post(`${base}/settings`, { cup: 'many' })).status).toBe(422);
  });
});

describe('what a visitor may see', () => {
  it('hides a match, its pictures and its erasure from everybody else', async () => {
    const { visitor: owner, base } = await measuredDemo();
    const stranger = new Visitor(server.url);
    await stranger.page('/');
    for (const path of ['', '/result', '/regions', '/photo', '/display.jpg', '/result.json', '/step']) {
      expect((await stranger.page(base + path)).status, path).toBe(404);
    }
    expect((await stranger.post(`${base}/erase`, {})).status).toBe(404);
    expect((await owner.page(`${base}/result`)).status).toBe(200);
  });

  it('erases the match with every stored picture', async () => {
    const visitor = new Visitor(server.url);
    const base = await demoMatch(visitor);
    await visitor.settle(base);
    const stored = async () => (await readdir(join(server.folder, 'data/photos'), { recursive: true })).length;
    const before = await stored();
    expect((await visitor.post(`${base}/erase`, {})).status).toBe(303);
    expect((await visitor.page(`${base}/result`)).status).toBe(404);
    expect(await stored()).toBeLessThan(before);
  });

  it('stores and serves no metadata', async () => {
    const withGps = await sharp(Buffer.from(await demo.arrayBuffer()))
      .resize(900)
      .withExif({ IFD0: { Artist: 'Secret Name' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .jpeg()
      .toBuffer();
    const visitor = new Visitor(server.url);
    const sent = await visitor.upload('/matches', new Blob([withGps]), { key: crypto.randomUUID() });
    expect(sent.status).toBe(303);
    const base = sent.headers.get('location')!;
    await visitor.settle(base);
    const served = Buffer.from(await (await visitor.fetch(`${base}/display.jpg`)).arrayBuffer());
    expect((await sharp(served).metadata()).exif).toBeUndefined();
    const folder = join(server.folder, 'data/photos');
    for (const name of await readdir(folder, { recursive: true })) {
      const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
      expect(bytes.includes('Secret Name')).toBe(false);
    }
  });
});

describe('bad uploads', () => {
  const cases: [string, () => Blob | null, RegExp, number][] = [
    ['nothing', () => null, /No photo was sent/, 422],
    ['an empty file', () => new Blob([]), /empty/, 422],
    ['text', () => new Blob(['hello world, this is no photo']), /not a photo Stipple can read/, 415],
    ['a cut-off JPEG', () => demo.slice(0, 60_000), /incomplete/, 422],
  ];
  it.each(cases)('explains %s and keeps what was typed', async (_, photo, sentence, status) => {
    const visitor = new Visitor(server.url);
    const response = await visitor.upload('/matches', photo(), { alias: 'Kept alias', cup: '3', key: 'k' });
    const html = await response.text();
    expect(response.status).toBe(status);
    expect(html).toMatch(sentence);
    expect(html).toContain('value="Kept alias"');
    expect(html).toMatch(/<title>Error: /);
    expect(html).toContain('There is a problem');
    const problem = await visitor.upload('/api/v1/matches', photo());
    expect(problem.headers.get('content-type')).toContain('application/problem+json');
    expect((await problem.json()).code).toMatch(/^SMP_/);
  });

  it('leaves no file behind', async () => {
    await expect.poll(() => readdir(join(server.folder, 'uploads'))).toEqual([]);
  });

  it('refuses a write from another site', async () => {
    const visitor = new Visitor(server.url);
    const response = await visitor.fetch('/demo', { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });
});
