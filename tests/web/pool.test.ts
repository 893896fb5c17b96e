import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchResultSchema } from '../../src/app/matchResult.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { spawnStipple } from '../cli/stipple.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

const DEMO_FILE = join(projectRoot, 'public/demo/scalp-with-card.jpg');
let server: TestServer;
let folder: string;
let files: string[];

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'stipple-pool-'));
  files = ['one.jpg', 'other.jpg'].map((name) => join(folder, name));
  await sharp(DEMO_FILE).resize(1000).jpeg({ quality: 94 }).toFile(files[0]!);
  await sharp(DEMO_FILE).resize(1000).linear(0.92, 0).jpeg({ quality: 90 }).toFile(files[1]!);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const blob = async (path: string) => new Blob([await readFile(path)], { type: 'image/jpeg' });

describe('several photos of one client', () => {
  it('are pooled alike by API and command line, and the page lists them', async () => {
    const visitor = new Visitor(server.url);
    const first = await visitor.upload('/api/v1/matches', await blob(files[0]!), { palette: 'demo-ash' });
    expect(first.status).toBe(201);
    const href = first.headers.get('location')!;
    const pooled = await visitor.upload(`${href}/pool`, await blob(files[1]!), {});
    expect(pooled.status).toBe(200);
    const body = await pooled.text();
    const result = matchResultSchema.parse(JSON.parse(body));
    expect(result.pool).toHaveLength(2);
    const args = ['match', ...files, '--pool', '--palette', 'demo-ash', '--json'];
    const { stdout } = await spawnStipple(...args);
    expect(stdout).toBe(body);
    const base = href.replace('/api/v1', '');
    const { html } = await visitor.page(`${base}/result`);
    expect(html).toContain('Pooled from 2 photos');
    const form = await visitor.page(`${base}/pool`);
    expect(form.html).toContain('Use the first photo alone');
    const alone = await visitor.post(`${base}/pool/alone`, {});
    await visitor.settle(alone.headers.get('location')!);
    expect((await visitor.page(`${base}/result`)).html).not.toContain('Pooled from');
  });

  it('refuses the same photo, no photo and no picture, and keeps the result', async () => {
    const visitor = new Visitor(server.url);
    const first = await visitor.upload('/api/v1/matches', await blob(files[0]!), { palette: 'demo-ash' });
    const before = await first.text();
    const href = first.headers.get('location')!;
    const page = `${href.replace('/api/v1', '')}/pool`;
    const same = await visitor.upload(page, await blob(files[0]!), {});
    expect(same.status).toBe(422);
    expect(await same.text()).toContain('This photo is in already');
    const text = join(folder, 'note.txt');
    await writeFile(text, 'no picture');
    const none = await visitor.upload(page, await blob(text), {});
    expect(none.status).toBeGreaterThanOrEqual(400);
    expect(await (await visitor.fetch(href)).text()).toBe(before);
    expect((await visitor.page(page)).status).toBe(200);
  });
});
