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

it('is linked from the result and says what the result says', async () => {
  const result = JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text());
  expect((await visitor.page(`${base}/result`)).html).toContain(`href="${base}/report"`);
  const { html, status } = await visitor.page(`${base}/report`);
  expect(status).toBe(200);
  for (const part of [result.recommendations[0].code, result.input.sha256, result.engine, `${base}/report.pdf`]) {
    expect(html).toContain(part);
  }
  expect(html).not.toMatch(/<nav|<style|style="/);
});

it('is a PDF to keep', async () => {
  const response = await visitor.fetch(`${base}/report.pdf`);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('content-disposition')).toContain('attachment');
  expect((await response.text()).slice(0, 5)).toBe('%PDF-');
});

it('is about the shade that was chosen instead', async () => {
  const result = JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text());
  const { code, catalog } = result.recommendations[1];
  await visitor.post(`${base}/choice`, { code, catalog: catalog.id, reason: 'by eye' });
  expect((await visitor.page(`${base}/report`)).html).toContain('by eye');
});

it('is nobody else’s', async () => {
  const stranger = new Visitor(server.url);
  await stranger.page('/');
  expect((await stranger.page(`${base}/report`)).status).toBe(404);
  expect((await stranger.page(`${base}/report.pdf`)).status).toBe(404);
});
