import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accuracyRows } from '../../src/app/accuracy/accuracyRows.ts';
import { catalogNews } from '../../src/app/catalogs/catalogNews.ts';
import type { MatchResult } from '../../src/app/matchResult.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

type Recommendation = MatchResult['recommendations'][number];

let server: TestServer;
let visitor: Visitor;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  visitor = new Visitor(server.url);
  base = (await visitor.post('/demo', { key: 'demo' })).headers.get('location')!;
  await visitor.settle(base);
});
afterAll(() => server.stop());

const read = async (path: string) => Buffer.from(await (await visitor.fetch(path)).arrayBuffer());

it('changes the picture with the light, and never the recipe', async () => {
  const before = await read(`${base}/result.json`);
  const day = await read(`${base}/preview.jpg?light=d65`);
  for (const light of ['a', 'bathroom']) {
    expect((await read(`${base}/preview.jpg?light=${light}`)).equals(day), light).toBe(false);
    expect((await visitor.page(`${base}/preview?light=${light}`)).status).toBe(200);
  }
  expect((await read(`${base}/result.json`)).equals(before)).toBe(true);
});

it('announces each step while it measures, and never reloads by a timer', async () => {
  let end = (): void => {};
  const done = server.services.jobs.start(base.split('/')[2]!, async (tell) => {
    tell('regions');
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  const response = await visitor.fetch(base);
  const html = await response.text();
  end();
  await done;
  expect(html).toMatch(/role="status"[^>]*>Finding skin and hair/);
  expect(html).not.toMatch(/http-equiv="refresh"/i);
  expect(response.headers.get('refresh')).toBeNull();
});

it('says what takes the place of a shade that is no longer made', async () => {
  const result = JSON.parse((await read(`${base}/result.json`)).toString()) as MatchResult;
  const [{ code, catalog }, { code: other }] = result.recommendations as [Recommendation, Recommendation];
  const ended = { status: 'discontinued' as const, replacement: other };
  const catalogs = server.services.catalogs.map((each) => {
    if (each.id !== catalog.id) return each;
    const shades = each.shades.map((shade) => (shade.code === code ? { ...shade, ...ended } : shade));
    return { ...each, version: each.version + 1, shades };
  });
  const news = await catalogNews({ ...server.services, catalogs }, { browserSessionId: 'any' }, result);
  expect(news[0]).toBe(`${code} is no longer made. ${other} takes its place.`);
});

it('tells everybody how it decides, with every measured figure, from each page’s foot and from a result’s reasons', async () => {
  const { html } = await new Visitor(server.url).page('/how-stipple-decides');
  for (const { what, figure } of accuracyRows()) {
    expect(html).toContain(what);
    expect(html).toContain(figure);
  }
  const links = ({ html }: { html: string }) => html.split('href="/how-stipple-decides"').length - 1;
  expect(links(await visitor.page('/history'))).toBe(1);
  expect(links(await visitor.page(`${base}/result`))).toBe(2);
});

it('writes “Simulation” into the picture that is saved, both corners, even when nothing else is drawn', async () => {
  const pixels = (file: Buffer) => sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const saved = await pixels(await read(`${base}/preview.jpg?mask=none`));
  const plain = await pixels(await read(`${base}/display.jpg`));
  const { width, height } = saved.info;
  const corners = { left: 0, right: 0, elsewhere: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = 3 * (y * width + x);
      if (Math.abs(saved.data[i]! - plain.data[i]!) < 60) continue;
      corners[y < 0.85 * height ? 'elsewhere' : x < width / 2 ? 'left' : 'right']++;
    }
  }
  expect(corners.left).toBeGreaterThan(500);
  expect(corners.right).toBeGreaterThan(500);
  expect(corners.elsewhere).toBe(0);
});

it('names the blur of a blurred photo, its place and one thing to do, and trusts it little when used anyway', async () => {
  const demo = await readFile(join(projectRoot, 'public/demo/scalp-with-card.jpg'));
  const blurred = await sharp(demo).resize(1000).blur(7).jpeg().toBuffer();
  const sent = await visitor.upload('/matches', new Blob([Uint8Array.from(blurred)]), { key: 'blurred' });
  const path = sent.headers.get('location')!;
  const shown = await visitor.settle(path);
  expect(shown).toMatch(/\/photo$/);
  const { html } = await visitor.page(shown);
  expect(html).toContain('Use anyway');
  const result = JSON.parse((await read(`${path}/result.json`)).toString()) as MatchResult;
  const focus = result.quality.find(({ check }) => check === 'focus')!;
  expect(focus).toMatchObject({ level: 'fail', message: expect.stringMatching(/blur|sharp/i) });
  expect(focus.message).toMatch(/everywhere|whole|left|right|top|bottom|middle|centre/i);
  expect(focus.fix!.match(/[.]/g)).toHaveLength(1);
  expect(html).toContain(focus.fix);
  expect(['low', 'none']).toContain(result.confidence.level);
});
