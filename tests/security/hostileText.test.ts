import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paintScene } from '../photo/decode/paintScene.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

/** What a page must never hold as it stands: it would load a picture that runs a script. */
const MARKUP = '<img/src=x/onerror=alert(1)>';
/** A formula for spreadsheets and markup for pages in one text, told apart by a tag. */
const hostile = (tag: string) => `=1+${tag}"'>${MARKUP}`;
const escaped = (tag: string) => `=1+${tag}&#34;&#39;&gt;&lt;img/src=x`;
/** Pages that draw for seconds and hold the same texts as others. */
const SLOW = /\/(data\.json|health|card\.pdf|report\.pdf|equivalent|preview\.jpg)|\.jpg|\/export\.|#/;
const MOST_PAGES = 150;

let server: TestServer;
let owner: Visitor;
let link: string;
let consultation: string;
const client = () => new Visitor(server.url);

async function expectStored(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  expect(response.status, (await response.clone().text()).slice(0, 3000)).toBe(303);
  return response.headers.get('location') ?? '';
}

/** Fills in every text field a studio, its people, its catalogs and its client have, through the forms themselves. */
async function fillInEverything(): Promise<void> {
  const setup = new URL(server.setupUrl ?? '').pathname;
  const account = { signInName: hostile('signInName'), displayName: hostile('displayName') };
  const password = 'several unrelated words';
  await expectStored(
    owner.post(setup, { ...account, password, kind: 'studio', organisationName: hostile('organisation') }),
  );
  await expectStored(owner.post('/people/invitations', { role: 'technician', invitee: hostile('invitee') }));
  await expectStored(owner.post('/account/tokens', { tokenName: hostile('token'), scope: 'match', days: '30' }));

  const scene = paintScene(220, 200);
  const photo = await sharp(scene.data, { raw: { width: 220, height: 200, channels: 3 } })
    .jpeg()
    .toBuffer();
  const small = new Blob([new Uint8Array(photo)]);
  await expectStored(owner.upload('/matches', small, { alias: hostile('photoAlias') }, `'>${MARKUP}.jpg`));
  const match = await expectStored(owner.post('/demo', { key: 'shared' }));
  await owner.settle(match);
  const id = match.split('/')[2] ?? '';
  const choice = { code: 'DA-05', catalog: 'demo-ash', reason: hostile('reason') };
  await expectStored(owner.post(`${match}/choice`, choice));

  consultation = await expectStored(owner.post('/consultations', { alias: hostile('alias'), match: id }));
  const notes = ['skinNotes', 'scarNotes', 'expectations', 'sessionNotes'].map((name) => [name, hostile(name)]);
  const revision = /name="revision" value="(\d+)"/.exec((await owner.page(consultation)).html)?.[1] ?? '';
  await expectStored(owner.post(consultation, { session: '1', revision, ...Object.fromEntries(notes) }));
  await expectStored(owner.post(`${consultation}/lots`, { lot: hostile('lot') }));
  const { html } = await owner.page(consultation);
  const flags = [...html.matchAll(/name="decision\.([^"]+)"/g)].map(([, name]) => name);
  const decisions = flags.flatMap((name) => [
    [`decision.${name}`, 'goAhead'],
    [`note.${name}`, hostile('flag')],
  ]);
  await expectStored(owner.post(`${consultation}/flags`, Object.fromEntries(decisions)));
  const sharing = { match: id, days: '7', pin: '', look: '', stage: 'healed', message: hostile('message') };
  await expectStored(owner.post(`${consultation}/share`, sharing));
  link = /(\/s\/[A-Za-z0-9_-]{43})/.exec((await owner.page(`${consultation}/share`)).html)?.[1] ?? '';
  const changes = { answer: 'changes', note: hostile('answerNote'), changesName: hostile('answerName') };
  await expectStored(client().post(`${link}/answer`, changes));
  const approval = new URLSearchParams({ answer: 'approve', name: hostile('approvedBy') });
  for (const tick of ['simulation', 'healing', 'patch']) approval.append('tick', tick);
  await expectStored(client().fetch(`${link}/answer`, { method: 'POST', body: approval }));

  await expectStored(owner.post('/catalogs', { name: hostile('catalog'), supplier: hostile('supplier') }));
  const copy = await expectStored(owner.post('/catalogs/demo-ash/copy', {}));
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const csv = `code,name,notes\nDA-01,${quoted(hostile('shade'))},${quoted(hostile('shadeNotes'))}\n${quoted(hostile('code'))},odd,\n`;
  const form = new FormData();
  form.set('file', new Blob([csv]), `=1+fileName'><img src=x onerror=alert(1)>.csv`);
  const imported = await expectStored(owner.fetch(`${copy}/import`, { method: 'POST', body: form }));
  for (let turn = 0; turn < 40 && (await owner.page(imported)).html.includes('data-poll'); turn++);
  const check = await owner.page(imported);
  expect(check.html).toContain('=1+fileName&#39;&gt;&lt;img src=x');
  expect(check.html).not.toContain('<img src=x');
  expectHarmlessCells(await (await owner.fetch(`${imported}/rejected.csv`)).text());
  await expectStored(owner.post(`${imported}/publish`, { note: hostile('versionNote') }));
  const stock = {
    item: 'shade DA-01',
    expires: '2031-01-31',
    batchReference: hostile('batch'),
    lot: hostile('stockLot'),
  };
  const lots = await owner.page(`${copy}/lots`);
  const item = /<option value="([^"]*DA-01[^"]*)"/.exec(lots.html)?.[1] ?? '';
  await expectStored(owner.post(`${copy}/lots`, { ...stock, item }));
}

/** Spreadsheets run cells that begin so, unless they are numbers. */
function expectHarmlessCells(csv: string): void {
  const cells = (parse(csv, { bom: true, relax_column_count: true }) as string[][]).flat();
  expect(cells.length).toBeGreaterThan(2);
  for (const cell of cells) expect(/^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)), cell).toBe(false);
}

beforeAll(async () => {
  server = await startTestServer();
  owner = new Visitor(server.url);
  await fillInEverything();
});
afterAll(() => server?.stop());

/** Follows links from the main pages and returns each page's text by its address. */
async function crawl(): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const starts = ['/', '/consultations', '/clients', '/catalogs', '/people', '/account', '/settings', '/history'];
  const waiting = [...starts, `${consultation}/share`, `${consultation}/erase`, '/catalogs/recall?lot=x'];
  for (let path = waiting.shift(); path !== undefined && seen.size < MOST_PAGES; path = waiting.shift()) {
    if (seen.has(path) || SLOW.test(path)) continue;
    const response = await owner.fetch(path);
    const html = await response.text();
    seen.set(path, response.headers.get('content-type')?.startsWith('text/html') ? html : '');
    expect(response.status, path).toBeLessThan(500);
    if (response.headers.get('location')?.startsWith('/')) waiting.push(response.headers.get('location')!);
    for (const [, href] of html.matchAll(/href="(\/[^"]*)"/g)) {
      // Of many pages of one kind the first few will do.
      const kind = href!.replace(/\/[A-Z0-9]{26}|DA-\d\d|\?.*/g, '');
      const alike = [...seen.keys()].filter((other) => other.replace(/\/[A-Z0-9]{26}|DA-\d\d|\?.*/g, '') === kind);
      if (alike.length < 3) waiting.push(href!.replaceAll('&amp;', '&'));
    }
  }
  return seen;
}

it('shows every text that was typed somewhere, and nowhere as markup', async () => {
  const pages = await crawl();
  for (const stage of ['', '?lang=es', '?stage=healed'])
    pages.set(link + stage, (await client().page(link + stage)).html);
  expect(pages.size).toBeGreaterThan(40);
  for (const [path, html] of pages) {
    expect(html.includes(MARKUP), path).toBe(false);
    // Outside of the site's own files a page has no script at all.
    expect(html.replaceAll(/<script type="module" src="\/build\/[^"]+"><\/script>/g, ''), path).not.toMatch(
      /<script(?! type="application\/json")/i,
    );
  }
  const all = [...pages.values()].join('\n');
  const shown = [
    ...['signInName', 'displayName', 'organisation', 'invitee', 'token', 'photoAlias', 'reason', 'alias'],
    ...['skinNotes', 'scarNotes', 'expectations', 'sessionNotes', 'lot', 'flag', 'message', 'answerNote'],
    ...['approvedBy', 'catalog', 'supplier', 'shade', 'shadeNotes', 'versionNote', 'batch', 'stockLot'],
  ];
  expect(shown.filter((tag) => !all.includes(escaped(tag)))).toEqual([]);
});

it('exports the same texts as cells that no spreadsheet runs', async () => {
  const consultations = await (await owner.fetch('/consultations/export.csv')).text();
  expect(consultations).toContain("'=1+alias");
  expectHarmlessCells(consultations);
  const catalog = await (await owner.fetch('/catalogs/demo-ash-copy/export.csv')).text();
  expect(catalog).toContain("'=1+shade");
  expectHarmlessCells(catalog);
  const recall = await owner.fetch(`/catalogs/recall.csv?lot=${encodeURIComponent(hostile('lot'))}`);
  const recalled = await recall.text();
  expect(recalled).toContain("'=1+lot");
  expectHarmlessCells(recalled);
  for (const format of ['json', 'cxf', 'ti3', 'ase', 'aco', 'gpl']) {
    expect((await owner.fetch(`/catalogs/demo-ash-copy/export.${format}`)).status, format).toBe(200);
  }
});

it('puts no text into a header or a file name as it stands', async () => {
  for (const path of [`${link}/summary.pdf`, '/consultations/export.csv', '/catalogs/demo-ash-copy/export.csv']) {
    const response = await owner.fetch(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="?[\w.-]+"?$/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
});
