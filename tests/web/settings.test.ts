import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

let server: TestServer;
let visitor: Visitor;
let match: string;

beforeAll(async () => {
  server = await startTestServer();
  visitor = new Visitor(server.url);
  const demo = await visitor.post('/demo', { key: crypto.randomUUID() });
  match = demo.headers.get('location')!;
  await visitor.settle(match);
});
afterAll(() => server.stop());

const MEASURES = {
  pigmentDropsPerMl: '18',
  diluentDropsPerMl: '22,5',
  densityPerCm2: '120',
  diameterMm: '0.28',
  cup: '2',
};

describe('settings', () => {
  it('say that drop sizes are assumed until they are counted', async () => {
    expect((await visitor.page('/settings')).html).toContain('0.05 ml a drop is assumed');
    expect((await visitor.post('/settings', MEASURES)).status).toBe(303);
    const { html } = await visitor.page('/settings');
    expect(html).not.toContain('is assumed');
    expect(html).toContain('value="22.5"');
  });

  it('keep what was typed when a number is not usable', async () => {
    const response = await visitor.post('/settings', { ...MEASURES, diameterMm: '30' });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('value="30"');
    expect(html).toContain('href="#diameterMm"');
    expect((await visitor.page('/settings')).html).toContain('value="0.28"');
  });

  it('say whose label statements new matches are checked for', async () => {
    const chosen = async () =>
      /<option value="(\w*)" selected>/.exec((await visitor.page('/settings')).html.split('name="region"')[1]!)?.[1];
    expect(await chosen()).toBe('');
    await visitor.post('/settings', { ...MEASURES, region: 'GB' });
    expect(await chosen()).toBe('GB');
    const refused = await visitor.post('/settings', { ...MEASURES, region: 'US', diameterMm: '30' });
    expect((await refused.text()).split('name="region"')[1]).toContain('<option value="US" selected>');
    expect(await chosen()).toBe('GB');
    await visitor.post('/settings', { ...MEASURES, region: 'Atlantis' });
    expect(await chosen()).toBe('');
  });

  it('belong to one visitor', async () => {
    const stranger = new Visitor(server.url);
    expect((await stranger.page('/settings')).html).toContain('is assumed');
  });
});

describe('calibration by healed results', () => {
  it('asks for a measured photo and a possible recipe', async () => {
    const id = match.split('/').at(-1)!;
    const wrong = await visitor.post('/settings/cases', { match: id, code: 'DA-03', parts: 'many' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('Parts of diluent must be a number');
    expect((await visitor.post('/settings/cases', { match: 'other', code: 'DA-03', parts: '12' })).status).toBe(422);
  });

  it('adds a case, shows what it changes, can be switched off and taken back', async () => {
    const id = match.split('/').at(-1)!;
    const added = await visitor.post('/settings/cases', { match: id, code: 'DA-03', parts: '12', density: '100' });
    expect(added.status).toBe(303);
    const { html } = await visitor.page('/settings');
    expect(html).toMatch(/[\d.]+ times the catalog’s strength/);
    expect(html).toContain('1 case.');
    await visitor.post('/settings/calibration', { use: 'no' });
    expect((await visitor.page('/settings')).html).toContain('Use this calibration');
    const remove = /\/settings\/cases\/[^/]+\/remove/.exec(html)![0];
    expect((await visitor.post(remove, {})).status).toBe(303);
    expect((await visitor.page('/settings')).html).toContain('No healed result has been added');
  });
});
