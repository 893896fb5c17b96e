import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

let server: TestServer;
let visitor: Visitor;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  visitor = new Visitor(server.url);
  base = (await visitor.post('/demo', { key: crypto.randomUUID() })).headers.get('location')!;
  await visitor.settle(base);
});
afterAll(() => server.stop());

function lightness(html: string): number {
  const hex = /data-area width="1" height="1" fill="#([0-9a-f]{6})"/.exec(html)![1]!;
  return Number.parseInt(hex.slice(2, 4), 16);
}

it('starts where the recommendation stands', async () => {
  const result = JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text());
  const { html, status } = await visitor.page(`${base}/what-if`);
  expect(status).toBe(200);
  const parts = /id="parts"[^>]*value="([\d.]+)"/.exec(html)![1];
  expect(Number(parts)).toBe(result.recommendations[0].dilution.partsDiluent);
});

it('darkens with a stronger mix, denser dots and larger dots', async () => {
  const at = async (query: string) => lightness((await visitor.page(`${base}/what-if?${query}`)).html);
  const plain = await at('parts=12&density=100&diameter=0.3');
  expect(await at('parts=3&density=100&diameter=0.3')).toBeLessThan(plain);
  expect(await at('parts=12&density=250&diameter=0.3')).toBeLessThan(plain);
  expect(await at('parts=12&density=100&diameter=0,55')).toBeLessThan(plain);
});

it('keeps absurd numbers within what can be predicted', async () => {
  const { html, status } = await visitor.page(`${base}/what-if?parts=-5&density=1e9&gap=abc`);
  expect(status).toBe(200);
  expect(html).toMatch(/id="density"[^>]*value="300"/);
  expect(html).toMatch(/id="parts"[^>]*value="0"/);
});

it('is nobody else’s', async () => {
  const stranger = new Visitor(server.url);
  await stranger.page('/');
  expect((await stranger.page(`${base}/what-if`)).status).toBe(404);
});
