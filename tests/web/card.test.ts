import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AFTER_2014_D50 } from '../../src/photo/calibration/chartReferences.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

let server: TestServer;
let visitor: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  visitor = new Visitor(server.url);
});
afterAll(() => server.stop());

const table = AFTER_2014_D50.map((lab, i) => `P${i + 1},${lab.join(',')}`).join('\n');

async function send(fields: Record<string, string>, text = `code,L,a,b\n${table}\n`): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([text], { type: 'text/csv' }), 'my-card.csv');
  return visitor.fetch('/settings/card', { method: 'POST', body: form });
}

describe('a card of one’s own', () => {
  it('asks for the light and the observer instead of assuming them, and keeps what was chosen', async () => {
    const asked = await send({ illuminant: 'D50', observer: '' });
    expect(asked.status).toBe(422);
    const html = await asked.text();
    expect(html).toContain('For which observer');
    expect(html).toMatch(/<option value="D50" selected>/);
    expect((await visitor.page('/settings/card')).html).not.toContain('my-card.csv');
  });

  it('is used for new photos, can be left aside for one of them and removed', async () => {
    expect((await send({ illuminant: 'D50', observer: '2' })).status).toBe(303);
    expect((await visitor.page('/settings/card')).html).toContain('my-card.csv');
    const demo = await visitor.post('/demo', { key: crypto.randomUUID() });
    const base = demo.headers.get('location')!;
    await visitor.settle(base);
    const editionOf = async () =>
      JSON.parse(await (await visitor.fetch(`${base}/result.json`)).text()).calibration.card;
    expect((await editionOf()).edition).toBe('after2014');
    const calibrate = await visitor.page(`${base}/calibrate`);
    expect(calibrate.html).toContain('Your card (my-card.csv)');
    expect(calibrate.html).toContain('1 dark skin');
    for (const [reference, edition] of [
      ['own', 'own'],
      ['published', 'after2014'],
    ] as const) {
      const chosen = await visitor.post(`${base}/calibrate`, { action: 'reference', reference });
      expect(chosen.status).toBe(303);
      await visitor.settle(chosen.headers.get('location')!);
      const card = await editionOf();
      expect(card.edition).toBe(edition);
      expect(card.patches.length).toBe(card.patchesUsed);
    }
    expect((await visitor.post('/settings/card/remove', {})).status).toBe(303);
    expect((await visitor.page('/settings/card')).html).not.toContain('my-card.csv');
  });

  it('says what is wrong with a file that is none', async () => {
    const wrong = await send({ illuminant: 'D50', observer: '2' }, 'code,L,a,b\nP1,50,0,0\n');
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('found 1 colours');
  });
});
