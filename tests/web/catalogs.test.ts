import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

let server: TestServer;
let supplier: Awaited<ReturnType<typeof signInAs>>;
/** The supplier's own copy of the demonstration line. */
const BASE = '/catalogs/demo-ash-copy';

beforeAll(async () => {
  server = await startTestServer();
  supplier = await signInAs(server, { kind: 'supplier', displayName: 'Ana' });
  expect((await supplier.post('/catalogs/demo-ash/copy', {})).headers.get('location')).toBe(BASE);
});
afterAll(() => server.stop());

function sendFile(visitor: Visitor, path: string, text: string, name = 'sample.csv'): Promise<Response> {
  const form = new FormData();
  form.set('file', new Blob([text]), name);
  return visitor.fetch(path, { method: 'POST', body: form });
}

/** Waits until a check is shown. */
async function checked(visitor: Visitor, path: string): Promise<string> {
  for (let turn = 0; turn < 40; turn++) {
    const { html } = await visitor.page(path);
    if (!html.includes('data-poll')) return html;
  }
  throw new Error(`Expected ${path} to be checked.`);
}

const counts = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<dt>(New|Changed|Same|Errors)<\/dt><dd>(\d+)<\/dd>/g)].map(([, k, n]) => [k, n]),
  );

describe('visitors', () => {
  it('see the bundled lines only, and change none', async () => {
    const visitor = new Visitor(server.url);
    const { html } = await visitor.page('/catalogs');
    expect(html).toContain('Demo Ash');
    expect(html).not.toContain('Demo Ash (copy)');
    expect((await visitor.page('/catalogs/demo-ash')).status).toBe(200);
    expect((await visitor.page(BASE)).status).toBe(404);
    expect((await visitor.post(`${BASE}/copy`, {})).headers.get('location')).toMatch(/^\/sign-in/);
  });

  it('may look at everything of a bundled line', async () => {
    const visitor = new Visitor(server.url);
    for (const path of ['/versions', '/health', '?undertone=neutral&depth=dark&status=active']) {
      expect((await visitor.page(`/catalogs/demo-ash${path}`)).status, path).toBe(200);
    }
    for (const format of ['csv', 'json', 'cxf', 'ti3', 'ase', 'aco', 'gpl']) {
      const response = await visitor.fetch(`/catalogs/demo-ash/export.${format}`);
      expect(response.status, format).toBe(200);
      expect(response.headers.get('content-disposition')).toContain(`demo-ash-v1.${format}`);
    }
    const card = await visitor.fetch('/catalogs/demo-ash/card.pdf');
    expect(
      Buffer.from(await card.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('compare shades and find one in another line', async () => {
    const visitor = new Visitor(server.url);
    const { html } = await visitor.page('/catalogs/compare?shade=demo-ash/DA-01&shade=demo-ash/DA-03&skin=light');
    expect(html).toMatch(/DA-01 and DA-03[\s\S]*(same|close|noticeable|match)/);
    const same = await visitor.page('/catalogs/equivalent?shade=demo-ash/DA-03&in=demo-meridian&skin=tan');
    expect(same.html).toMatch(/DM-\d+/);
    expect((await visitor.page('/catalogs/compare?shade=demo-ash/DA-01')).status).toBe(422);
  });
});

describe('the sample import', () => {
  it('shows 9 same, 2 changed, 1 new and 3 errors, mends one inline, publishes and restores', async () => {
    const sample = await (await supplier.fetch(`${BASE}/sample.csv`)).text();
    const sent = await sendFile(supplier, `${BASE}/import`, sample);
    expect(sent.status).toBe(303);
    const path = sent.headers.get('location')!;
    const html = await checked(supplier, path);
    expect(counts(html)).toEqual({ New: '1', Changed: '2', Same: '9', Errors: '3' });
    expect((await supplier.page(`${BASE}/versions`)).html).not.toContain('Version 2');
    const rejected = await (await supplier.fetch(`${path}/rejected.csv`)).text();
    expect(rejected.trim().split('\r\n')).toHaveLength(4);
    expect(rejected).toContain('reddish');

    const row = /name="row" value="(\d+)"[^>]*><input type="hidden" name="column" value="masstone_L"/.exec(html)![1]!;
    const stored = await supplier.fetch(`/api/v1/catalogs/demo-ash`);
    const shades = (await stored.json()).shades as { code: string; masstone: { lab: number[] } }[];
    const wrong = sample
      .split('\r\n')
      .find((line) => line.includes(',621,'))!
      .split(',')[0];
    const value = String(shades.find(({ code }) => code === wrong)!.masstone.lab[0]);
    expect((await supplier.post(`${path}/fix`, { row, column: 'masstone_L', value })).status).toBe(303);
    expect(counts(await checked(supplier, path))).toEqual({ New: '1', Changed: '2', Same: '10', Errors: '2' });

    expect((await supplier.post(`${path}/publish`, { note: '' })).status).toBe(422);
    expect((await supplier.post(`${path}/publish`, { note: 'Spring range' })).status).toBe(303);
    const { html: versions } = await supplier.page(`${BASE}/versions`);
    expect(versions).toContain('Spring range');
    expect(versions).toContain('Ana, Meridian Pigments');
    expect((await supplier.page(path)).status).toBe(404);

    expect((await supplier.post(`${BASE}/versions/restore`, { version: '1', after: '1' })).status).toBe(409);
    expect((await supplier.post(`${BASE}/versions/restore`, { version: '1', after: '2' })).status).toBe(303);
    const { html: restored } = await supplier.page(`${BASE}/versions?from=1&to=3`);
    expect(restored).toContain('Version 1 restored');
    expect(restored).toContain('Nothing differs');
  });

  it('tells a spectrum’s columns in one sentence and shows a faulty cell whole', async () => {
    const bands = Array.from({ length: 31 }, (_, at) => 400 + 10 * at);
    const table = [
      ['code', ...bands.map((nm) => `${nm} nm`), 'lots'].join(','),
      ['DA-01', ...bands.map(() => '5.5'), 'B-7; 31.12.2027 | C-1'].join(','),
    ].join('\n');
    const sent = await sendFile(supplier, `${BASE}/import`, table);
    const html = await checked(supplier, sent.headers.get('location')!);
    expect(html).toContain('31 columns hold the reflectance from 400 to 700 nm');
    expect(html).not.toContain('name="column.5"');
    expect(html).toContain('Write 2027-12-31.');
    expect(html).toContain('value="B-7; 31.12.2027 | C-1"');
    expect(html).toContain('Errors: 1 row is left out');
  });

  it('asks for what the file does not say, and is the same again after an export', async () => {
    const exported = await (await supplier.fetch(`${BASE}/export.csv`)).text();
    const again = await sendFile(supplier, `${BASE}/import`, exported);
    const html = await checked(supplier, again.headers.get('location')!);
    expect(counts(html)).toEqual({ New: '0', Changed: '0', Same: '12', Errors: '0' });
    expect(html).toContain('changes nothing');
    const asking = await sendFile(supplier, `${BASE}/import`, 'code,L,a,b\nDA-01,30,1,2\n');
    const path = asking.headers.get('location')!;
    const open = await checked(supplier, path);
    expect(open).toContain('Under which illuminant');
    // Both of the page's buttons send what was typed above and below.
    expect(open).toMatch(/<select form="answers" id="illuminant" name="illuminant">/);
    expect(open).toMatch(/<form class="panel" id="answers" method="post"/);
    await supplier.post(`${path}/answers`, { illuminant: 'D65', observer: '2', geometry: '45/0', substrate: 'card' });
    const answered = await checked(supplier, path);
    expect(answered).not.toContain('Check with these answers');
    expect(counts(answered)).toMatchObject({ Changed: '1', Errors: '0' });
    expect((await supplier.post(`${path}/drop`, {})).status).toBe(303);
    expect((await supplier.page(path)).status).toBe(404);
  });

  it('says once what a whole file has no column for, and lets a wrong answer be put right', async () => {
    const table = ['Artikel;Farbe;L-Wert;a-Wert;b-Wert', 'N-1;Eins;21,4;1;2', 'N-2;Zwei;621;1;2'].join('\r\n');
    const path = (await sendFile(supplier, `${BASE}/import`, table, 'Preise März.csv')).headers.get('location')!;
    const html = await checked(supplier, path);
    expect(html).toContain('Preise März.csv');
    expect(html).toContain('Not recognised: Farbe');
    expect(html).toContain('for example Eins');
    expect(html).toMatch(/<strong>line<\/strong>: 2 ×, expected text[\s\S]*Rows 2, 3/);
    expect(html.match(/<strong>Row \d+, /g)).toHaveLength(1);
    expect(html).not.toContain('<strong>illuminant</strong>');
    const answers = { illuminant: 'D65', observer: '10', geometry: '45/0', substrate: 'card', 'column.1': 'leave out' };
    await supplier.post(`${path}/answers`, answers);
    const answered = await checked(supplier, path);
    expect(answered).toMatch(/name="observer"[^>]*><option value="2">2<\/option><option value="10" selected>/);
    expect(answered).not.toContain('Not recognised');
    await supplier.post(`${path}/answers`, { observer: '2' });
    expect(await checked(supplier, path)).toMatch(/<option value="2" selected>2</);
    await supplier.post(`${path}/drop`, {});
  });

  it('names what is wrong with a file that cannot be used', async () => {
    const none = await supplier.fetch(`${BASE}/import`, { method: 'POST', body: new FormData() });
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('No file was sent');
    expect((await sendFile(supplier, `${BASE}/import`, '')).status).toBe(422);
    const archive = await sendFile(supplier, `${BASE}/import`, 'PK\u0003\u0004zip', 'a.xlsx');
    expect(await checked(supplier, archive.headers.get('location')!)).toContain('a zip archive or Excel workbook');
  });
});

describe('editing', () => {
  const field = (html: string, name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)![1]!;

  it('keeps what was typed with its fault, saves a draft, and publishes it with a note', async () => {
    const { html } = await supplier.page(`${BASE}/shades/DA-02`);
    const seen = { version: field(html, 'version'), revision: field(html, 'revision') };
    const wrong = await supplier.post(`${BASE}/shades/DA-02`, { ...seen, name: 'Ash two', min_parts: 'many' });
    expect(wrong.status).toBe(422);
    const page = await wrong.text();
    expect(page).toContain('value="many"');
    expect(page).toContain('value="Ash two"');
    expect(page).toContain('href="#min_parts"');
    expect(page).not.toContain('cell in');
    expect(page).toContain('Correct it.');
    expect((await supplier.post(`${BASE}/shades/DA-02`, { ...seen, name: 'Ash two' })).status).toBe(303);
    const { html: pending } = await supplier.page(`${BASE}/publish`);
    expect(pending).toContain('→ Ash two');
    const after = field(pending, 'after');
    expect((await supplier.post(`${BASE}/publish`, { after, note: 'Renamed' })).status).toBe(303);
    expect((await supplier.page(BASE)).html).toContain('Ash two');
  });

  it('shows both sides when two people change one shade, and loses neither', async () => {
    const bo = await signInAs(server, {
      kind: 'supplier',
      organisationId: supplier.account.organisationId,
      role: 'supplierEditor',
      displayName: 'Bo',
    });
    const { html } = await supplier.page(`${BASE}/shades/DA-04`);
    const seen = { version: field(html, 'version'), revision: field(html, 'revision') };
    expect((await bo.post(`${BASE}/shades/DA-04`, { ...seen, notes: 'by Bo' })).status).toBe(303);
    const late = await supplier.post(`${BASE}/shades/DA-04`, { ...seen, notes: 'by Ana' });
    expect(late.status).toBe(409);
    const page = await late.text();
    expect(page).toContain('Changed by Bo, Meridian Pigments just now');
    expect(page).toContain('by Bo');
    expect(page).toContain('by Ana');
    const next = { version: field(page, 'version'), revision: field(page, 'revision'), notes: 'by Ana' };
    expect((await supplier.post(`${BASE}/shades/DA-04`, next)).status).toBe(303);
    expect((await bo.post(`${BASE}/publish`, { after: '4', note: 'no right' })).status).toBe(403);
    expect((await supplier.post(`${BASE}/publish`, { after: '4', note: 'Notes' })).status).toBe(303);
  });

  it('discontinues a shade with its replacement and the number of matches that rest on it', async () => {
    const { html } = await supplier.page(`${BASE}/shades/DA-06/discontinue`);
    expect(html).toContain('No measured match rests on this shade');
    const seen = { version: field(html, 'version'), revision: field(html, 'revision') };
    const path = `${BASE}/shades/DA-06/discontinue`;
    expect((await supplier.post(path, { ...seen, reason: '', on: '2999-01-01' })).status).toBe(422);
    const entry = { ...seen, reason: 'Pigment no longer made', on: '2026-01-31', replacement: 'DA-07' };
    expect((await supplier.post(path, entry)).status).toBe(303);
    expect((await supplier.post(`${BASE}/publish`, { after: '5', note: 'DA-06 ends' })).status).toBe(303);
    expect((await supplier.page(BASE)).html).toContain('Discontinued 2026-01-31: replaced by DA-07');
  });

  it('refuses other organisations and the bundled line', async () => {
    const other = await signInAs(server, { kind: 'supplier' });
    expect((await other.page(BASE)).status).toBe(200);
    expect((await other.page(`${BASE}/shades/DA-01`)).status).toBe(404);
    expect((await other.page('/catalogs/demo-ash/shades/DA-01')).status).toBe(403);
    const technician = await signInAs(server, { role: 'technician' });
    expect((await technician.page(`${BASE}/import`)).status).toBe(403);
  });
});

describe('lots', () => {
  it('are recorded, published into the catalog, and recalled by the studio that used them', async () => {
    const lot = { item: 'shade/DA-01', lot: 'L-77', expires: '2031-05-31', quantityMl: '12,5', batchReference: 'B9' };
    expect((await supplier.post(`${BASE}/lots`, { ...lot, expires: 'soon' })).status).toBe(422);
    expect((await supplier.post(`${BASE}/lots`, lot)).status).toBe(303);
    expect((await supplier.page(`${BASE}/lots`)).html).toContain('L-77, in date (2031-05-31), 12.5 ml, batch B9');
    expect((await supplier.post(`${BASE}/publish`, { after: '6', note: 'New lot' })).status).toBe(303);
    const studio = await signInAs(server);
    expect((await studio.page(`${BASE}/lots`)).html).toContain('In the catalog: ');
    const demo = await studio.post('/demo', { key: crypto.randomUUID() });
    const result = await studio.settle(demo.headers.get('location')!);
    const match = result.split('/')[2]!;
    const used = await studio.post(`${BASE}/lots/uses`, { match, item: 'shade/DA-01', usedLot: 'L-77' });
    expect(used.headers.get('location')).toBe('/catalogs/recall?lot=L-77');
    expect((await studio.page('/catalogs/recall?lot=l-77')).html).toContain('1 use of lot');
    const csv = await (await studio.fetch('/catalogs/recall.csv?lot=L-77')).text();
    expect(csv).toContain(match);
    const other = await signInAs(server);
    expect((await other.page('/catalogs/recall?lot=L-77')).html).toContain('No use recorded');
    const { html } = await supplier.page('/catalogs/recall?lot=L-77');
    expect(html).toContain('used in 1 matches of 1 studios');
    expect(html).not.toContain(match);
  });
});

describe('diluents', () => {
  const page = async (path: string) => (await supplier.page(`${BASE}${path}`)).html;
  const seen = (html: string) => ({
    version: /name="version" value="(\d+)"/.exec(html)![1]!,
    revision: /name="revision" value="(\d+)"(?=><|>\n)/.exec(html.slice(html.indexOf('name="version"')))![1]!,
  });

  it('are added with their sterility, approved for a shade, published, and given a lot', async () => {
    const entry = { version: '0', revision: '0', code: 'DD-09', name: 'Saline' };
    const unsaid = await supplier.post(`${BASE}/diluents/new`, entry);
    expect(unsaid.status).toBe(422);
    expect(await unsaid.text()).toContain('Say whether the bottle is sterile');
    expect((await supplier.post(`${BASE}/diluents/new`, { ...entry, sterile: 'yes' })).status).toBe(303);
    expect((await supplier.post(`${BASE}/diluents/new`, { ...entry, sterile: 'yes' })).status).toBe(422);
    const shade = await page('/shades/DA-04');
    const approved = { ...seen(shade), diluents: 'DD-01 | DD-09' };
    expect((await supplier.post(`${BASE}/shades/DA-04`, approved)).status).toBe(303);
    const publish = await page('/publish');
    expect(publish).toContain('/diluents/DD-09');
    expect(publish).toMatch(/diluents\.DD-09: nothing → DD-09, [^<]*, sterile: yes</);
    const after = /name="after" value="(\d+)"/.exec(publish)![1]!;
    expect((await supplier.post(`${BASE}/publish`, { after, note: 'A second diluent' })).status).toBe(303);
    const lot = { item: 'diluent/DD-09', lot: 'S-1', expires: '2031-01-31' };
    expect((await supplier.post(`${BASE}/lots`, lot)).status).toBe(303);
    expect(await page('/lots')).toContain('S-1');
    expect(await page('/diluents/DD-09')).toContain('Approved by 1 shade: DA-04');
  });

  it('stay sterile while a shade approves them, and tell of a second editor', async () => {
    const form = seen(await page('/diluents/DD-09'));
    const refused = await supplier.post(`${BASE}/diluents/DD-09`, { ...form, name: 'Saline', sterile: 'no' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('take it off these shades first');
    const first = await supplier.post(`${BASE}/diluents/DD-09`, { ...form, name: 'Saline 0.9 %', sterile: 'yes' });
    expect(first.status).toBe(303);
    const second = await supplier.post(`${BASE}/diluents/DD-09`, { ...form, name: 'Sodium', sterile: 'yes' });
    expect(second.status).toBe(409);
    const html = await second.text();
    expect(html).toContain('Saline 0.9 %');
    expect(html).toContain('value="Sodium"');
    expect(
      (await supplier.post(`${BASE}/diluents/DD-09`, { ...seen(html), name: 'Sodium', sterile: 'yes' })).status,
    ).toBe(303);
    expect((await supplier.post(`${BASE}/diluents/DD-09/discard`, { revision: '2' })).status).toBe(303);
    expect(await page('/diluents/DD-09')).toContain('value="Saline"');
    expect((await supplier.page(`${BASE}/diluents/none`)).status).toBe(404);
  });

  it('filters shades by the label data on record', async () => {
    const shown = async (region: string) =>
      /(\d+) of \d+ shades?/.exec(await page(`?region=${encodeURIComponent(region)}`))?.[1] ?? 'none';
    const all = await shown('');
    expect([await shown('EU'), await shown('EU, complete'), await shown('US')]).toEqual([all, all, 'none']);
  });
});
