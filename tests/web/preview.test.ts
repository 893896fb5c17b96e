import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MatchResult } from '../../src/app/matchResult.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

let server: TestServer;
let visitor: Visitor;
let base: string;
let result: MatchResult;

beforeAll(async () => {
  server = await startTestServer();
  visitor = new Visitor(server.url);
  base = (await visitor.post('/demo', { key: crypto.randomUUID() })).headers.get('location')!;
  await visitor.settle(base);
  result = (await (await visitor.fetch(`${base}/result.json`)).json()) as MatchResult;
});
afterAll(() => server.stop());

const draw = async (query: string) => {
  const response = await visitor.fetch(`${base}/preview.jpg?${query}`);
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
const grey = async (bytes: Buffer) => (await sharp(bytes).greyscale().stats()).channels[0]!.mean;

it('draws on the display picture, privately and without metadata', async () => {
  const { response, bytes } = await draw('');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  expect(response.headers.get('cache-control')).toMatch(/^private/);
  const display = Buffer.from(await (await visitor.fetch(`${base}/display.jpg`)).arrayBuffer());
  const [drawn, plain] = [await sharp(bytes).metadata(), await sharp(display).metadata()];
  expect([drawn.width, drawn.height]).toEqual([plain.width, plain.height]);
  expect([drawn.exif, drawn.icc, drawn.xmp]).toEqual([undefined, undefined, undefined]);
  expect(await grey(bytes)).toBeLessThan((await grey(display)) - 0.3);
});

it('answers the same address with the same bytes', async () => {
  expect((await draw('stage=fresh&seed=4')).bytes.equals((await draw('stage=fresh&seed=4')).bytes)).toBe(true);
});

it('takes the shade’s own recipe of each session', async () => {
  const parts = result.sessions[0]!.partsDiluent;
  const named = `catalog=${result.recommendations[0]!.catalog.id}&code=${result.recommendations[0]!.code}`;
  const first = await draw('session=1');
  expect(first.bytes.equals((await draw(`session=1&${named}&partsDiluent=${parts}`)).bytes)).toBe(true);
  expect(first.bytes.equals((await draw(`session=1&${named}&partsDiluent=${parts / 3}`)).bytes)).toBe(false);
});

it('shows both ends of a range', async () => {
  const [light, dark] = [await draw('stage=aged&range=lightest'), await draw('stage=aged&range=darkest')];
  expect(await grey(light.bytes)).toBeGreaterThan(await grey(dark.bytes));
});

it.each([
  ['stage=old', 'stage'],
  ['session=4', 'session'],
  ['mask=forehead', 'mask'],
  ['partsDiluent=-1', 'partsDiluent'],
  ['code=XX-99', 'XX-99'],
])('refuses %s with a sentence', async (query, named) => {
  const { response, bytes } = await draw(query);
  expect(response.status).toBe(422);
  expect(bytes.toString()).toContain(named);
});

it('is nobody else’s', async () => {
  const stranger = new Visitor(server.url);
  await stranger.page('/');
  expect((await stranger.fetch(`${base}/preview.jpg`)).status).toBe(404);
});
