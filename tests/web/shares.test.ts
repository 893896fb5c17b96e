import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashSecret } from '../../src/app/people/secret.ts';
import { approveShare } from '../../src/app/shares/answerShare.ts';
import { findShareByToken } from '../../src/storage/sharesRepo.ts';
import { type Account, signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

let server: TestServer;
let ada: Visitor & { account: Account };
let consultation: string;
let match: string;
let client: Visitor;

const FORM = { days: '7', pin: '', message: 'See you soon <b>', look: '' };
const STAGES = ['fresh', 'healed', 'aged'];

function form(fields: Record<string, string>, stages: readonly string[] = ['healed']): URLSearchParams {
  const body = new URLSearchParams({ ...FORM, match, ...fields });
  for (const stage of stages) body.append('stage', stage);
  return body;
}
const share = (body: URLSearchParams) => ada.fetch(`${consultation}/share`, { method: 'POST', body });

/** Makes a link as the technician does and returns its path. */
async function makeLink(fields: Record<string, string> = {}, stages?: readonly string[]): Promise<string> {
  const made = await share(form(fields, stages));
  expect(made.status, await made.clone().text()).toBe(303);
  const { html } = await ada.page(`${consultation}/share`);
  const link = /value="http:\/\/[^/]+(\/s\/[A-Za-z0-9_-]{43})"/.exec(html)?.[1];
  expect(link).toBeDefined();
  return link!;
}

async function decideFlags(): Promise<void> {
  const { html } = await ada.page(consultation);
  const fields = Object.fromEntries(
    [...html.matchAll(/name="(decision\.[^"]+)"/g)].map(([, name]) => [name!, 'absent']),
  );
  expect((await ada.post(`${consultation}/flags`, fields)).status).toBe(303);
}

/** A row that makes the match the photo of a healed result. */
function healedResult(consultationId: string) {
  return {
    ...{ id: '01ARZ3NDEKTSV4RRFFQ69G5FAW', organisationId: ada.account.organisationId, consultationId, matchId: match },
    ...{ technicianId: ada.account.personId, catalogId: 'demo-ash', code: 'DA-03', lot: null, partsDiluent: 12 },
    ...{ densityPerCm2: 60, diameterMm: 0.3, healedDays: 30, logStrength: 0, logStrengthSd: 0.2 },
    ...{ deltaL: 0, deltaE00: 1, dotDeltaE00: null, counts: 1, createdAt: '2026-01-01T00:00:00.000Z' },
  };
}

beforeAll(async () => {
  server = await startTestServer();
  ada = await signInAs(server, { displayName: 'Ada' });
  client = new Visitor(server.url);
  const demo = await ada.post('/demo', { key: 'demo' });
  match = demo.headers.get('location')!.split('/')[2]!;
  await server.services.jobs.drain();
  const opened = await ada.post('/consultations', { alias: 'Jo Secret', match });
  consultation = opened.headers.get('location')!;
});
afterAll(() => server?.stop());
beforeEach(async () => {
  await server.services.db.deleteFrom('rateLimits').execute();
});

describe('making a link', () => {
  it('is blocked, with the reason, until every flag is decided', async () => {
    const { html } = await ada.page(`${consultation}/share`);
    expect(html).toContain('not decided yet');
    const refused = await share(form({}));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('not decided yet');
    await decideFlags();
    expect((await ada.page(`${consultation}/share`)).html).not.toContain('not decided yet');
  });

  it.each([
    ['no picture', {}, [], 'Choose at least one picture'],
    ['too many days', { days: '400' }, STAGES, '1 to 60 days'],
    ['a PIN of letters', { pin: 'abcd' }, STAGES, '4 to 8 digits'],
    ['a look that cannot be', { look: 'density=thick' }, STAGES, 'density'],
    ['another studio’s photo', { match: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, STAGES, 'Choose a shade'],
  ])('refuses %s and keeps what was typed', async (_name, fields, stages, sentence) => {
    const refused = await share(form(fields, stages));
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain(sentence);
    expect(html).toContain('See you soon &lt;b&gt;');
  });

  it('shows the link once, counts as sent, and lists it', async () => {
    await makeLink();
    expect((await ada.page(`${consultation}/share`)).html).not.toContain('/s/');
    expect((await ada.page(consultation)).html).toMatch(/Sent/i);
  });
});

describe('what a link shows', () => {
  const spotted = 'mask=none.o8c8cjg8cjgjg';

  it('shows a scar as a range, in thumbs and pictures, with the test patch said first', async () => {
    const look = `treatment=scar&light=a&${spotted}`;
    const { html: choosing } = await ada.page(`${consultation}/share?${new URLSearchParams({ look })}`);
    const healed = [...choosing.matchAll(/src="([^"]+stage=healed[^"]*)"/g)].map(([, src]) => src!);
    expect(healed.map((src) => /range=(\w+)/.exec(src)?.[1])).toEqual(['lightest', 'darkest']);

    const link = await makeLink({ look }, STAGES);
    const { html } = await client.page(`${link}?stage=healed`);
    expect(html).toContain('healedLightest.jpg');
    expect(html).toContain('healedDarkest.jpg');
    expect(html).not.toContain('/healed.jpg');
    expect(html.indexOf('test patch set first')).toBeGreaterThan(0);
    expect(html.indexOf('test patch set first')).toBeLessThan(html.indexOf('healedLightest.jpg'));
    expect(html).toContain('set on the scar');
    expect(html).toContain('by a warm lamp');
    expect((await client.page(`${link}?stage=healed&lang=es`)).html).toContain('una pequeña prueba');
    const [lightest, darkest] = await Promise.all(
      ['healedLightest', 'healedDarkest'].map(async (kind) => (await client.fetch(`${link}/${kind}.jpg`)).bytes()),
    );
    expect(Buffer.from(lightest!).equals(Buffer.from(darkest!))).toBe(false);
    // In the same lamp as the pictures: the client's own photo is another.
    const [lit, plain] = await Promise.all(
      [link, await makeLink()].map(async (each) => (await client.fetch(`${each}/before.jpg`)).bytes()),
    );
    expect(Buffer.from(lit!).equals(Buffer.from(plain!))).toBe(false);
    expect((await client.fetch(`${link}/healed.jpg`)).status).toBe(404);
  });

  it('says the treatment and as many sessions as the result plans', async () => {
    const usual = await client.page(await makeLink());
    expect(usual.html).toContain('all over the bare scalp');
    expect(usual.html).toContain('three sessions');
    expect(usual.html).not.toContain('test patch set first');
    expect(usual.html).not.toContain('warm lamp');

    const { db } = server.services;
    const { resultJson } = await db
      .selectFrom('matches')
      .select('resultJson')
      .where('id', '=', match)
      .executeTakeFirstOrThrow();
    const result = JSON.parse(resultJson!) as { sessions: { code: string }[] };
    const planned = async (sessions: unknown[]) => {
      await db
        .updateTable('matches')
        .set({ resultJson: JSON.stringify({ ...result, sessions }) })
        .where('id', '=', match)
        .execute();
      return (await client.page(await makeLink())).html;
    };
    try {
      expect(await planned(result.sessions.slice(1))).toContain('two sessions');
      expect(await planned([])).toContain('a few sessions');
    } finally {
      await db.updateTable('matches').set({ resultJson }).where('id', '=', match).execute();
    }
  });

  it('lays pictures over the photo unmirrored, and refuses pictures without a dot', async () => {
    const [plain, mirrored] = [await makeLink(), await makeLink({ look: 'mirror=1' })];
    const [one, other] = await Promise.all(
      [plain, mirrored].map(async (link) => (await client.fetch(`${link}/healed.jpg`)).bytes()),
    );
    expect(Buffer.from(one!).equals(Buffer.from(other!))).toBe(true);
    const refused = await share(form({ look: 'mask=none' }));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Nothing is treated');
  });

  it('offers no photo of a healed result', async () => {
    const { db } = server.services;
    const { html: before } = await ada.page(`${consultation}/share`);
    expect(before).toContain(`value="${match}"`);
    await db
      .insertInto('followUps')
      .values(healedResult(consultation.split('/')[2]!))
      .execute();
    try {
      expect((await ada.page(`${consultation}/share`)).html).not.toContain(`value="${match}"`);
      const refused = await share(form({}));
      expect(refused.status).toBe(422);
    } finally {
      await db.deleteFrom('followUps').execute();
    }
  });
});

describe('the client’s page', () => {
  it('shows pictures and plain words, keeps to itself, and no GET changes anything', async () => {
    const link = await makeLink({}, STAGES);
    const page = await client.fetch(`${link}?stage=aged`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect(page.headers.get('x-robots-tag')).toContain('noindex');
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    expect(html).not.toMatch(/\bLab\b|ΔE|drops?\b|L\*|12 ?: ?1|Jo Secret|DA-0/);
    expect(html).toContain('See you soon &lt;b&gt;');
    expect(html).toContain('agedLightest.jpg');
    expect(html).toContain('agedDarkest.jpg');
    for (const kind of ['before', 'fresh', 'healed', 'agedLightest', 'agedDarkest']) {
      const picture = await client.fetch(`${link}/${kind}.jpg`);
      expect(picture.status).toBe(200);
      expect(picture.headers.get('cache-control')).toBe('private, no-store');
    }
    expect((await client.fetch(link, { method: 'HEAD' })).status).toBe(200);
    expect((await ada.page(`${consultation}/share`)).html).not.toContain('last opened');
    expect((await client.post(`${link}/opened`, {})).status).toBe(204);
    expect((await ada.page(`${consultation}/share`)).html).toContain('last opened');
  });

  it('speaks Spanish when asked or preferred, with every word of it', async () => {
    const link = await makeLink();
    const asked = await client.page(`${link}?lang=es`);
    expect(asked.html).toContain('lang="es"');
    expect(asked.html).toContain('Curado');
    const preferred = await client.fetch(link, { headers: { 'accept-language': 'es-MX,es;q=0.9' } });
    expect(await preferred.text()).toContain('Qué esperar');
  });

  it('asks for changes in the client’s words, then approves with ticks and a name, once', async () => {
    const link = await makeLink();
    const changes = await client.post(`${link}/answer`, { answer: 'changes', note: 'A bit <lighter>' });
    expect(changes.status).toBe(303);
    expect((await ada.page(consultation)).html).toContain('A bit &lt;lighter&gt;');

    const untold = await client.post(`${link}/answer`, { answer: 'approved', tick: 'simulation', name: '' });
    expect(untold.status).toBe(422);
    const again = await untold.text();
    expect(again).toContain('<title>Error:');
    expect(again).toMatch(/value="simulation" checked/);

    const body = new URLSearchParams({ answer: 'approved', name: 'Jo' });
    for (const tick of ['simulation', 'healing', 'patch']) body.append('tick', tick);
    const approve = () => client.fetch(`${link}/answer`, { method: 'POST', body });
    const [one, two] = await Promise.all([approve(), approve()]);
    expect([one.status, two.status].sort()).toEqual([303, 409]);
    const receipt = await client.page(link);
    expect(receipt.html).toMatch(/Jo approved this plan on .*UTC/);
    expect(receipt.html).toMatch(/Version [0-9a-f]{12}/);
    expect(receipt.html).not.toContain('name="tick"');
    expect((await ada.page(consultation)).html).toMatch(/Approved/i);
    const pdf = await client.fetch(`${link}/summary.pdf?lang=es`);
    expect(pdf.headers.get('content-type')).toContain('application/pdf');
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  it('asks for the PIN, also for pictures, and stops guessing', async () => {
    const link = await makeLink({ pin: '4711' }, ['healed']);
    const guest = new Visitor(server.url);
    expect((await guest.page(link)).status).toBe(401);
    expect((await guest.fetch(`${link}/healed.jpg`)).status).toBe(401);
    expect((await guest.post(`${link}/answer`, { answer: 'changes', note: 'x' })).status).toBe(401);
    expect((await guest.post(`${link}/pin`, { pin: '4711' })).status).toBe(303);
    expect((await guest.fetch(`${link}/healed.jpg`)).status).toBe(200);
    expect((await guest.fetch(`${link}/fresh.jpg`)).status).toBe(404);
    const thief = new Visitor(server.url);
    const answers = [];
    for (let i = 0; i < 7; i++) answers.push((await thief.post(`${link}/pin`, { pin: String(1000 + i) })).status);
    expect(answers).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect((await thief.post(`${link}/pin`, { pin: '4711' })).status).toBe(429);
  });

  it('answers 410 with nobody’s name once revoked or expired, and 404 for a token that never was', async () => {
    const revoked = await makeLink();
    const { html } = await ada.page(`${consultation}/share`);
    const path = /action="([^"]+\/revoke)"/.exec(html)![1]!;
    expect((await ada.post(path, {})).status).toBe(303);
    const expired = await makeLink();
    await server.services.db
      .updateTable('shares')
      .set({ expiresAt: '2020-01-01T00:00:00.000Z' } as never)
      .where('revokedAt', 'is', null)
      .execute();
    for (const link of [revoked, expired]) {
      for (const part of ['', '/before.jpg', '/healed.jpg', '/summary.pdf']) {
        const answer = await client.fetch(link + part);
        expect(answer.status).toBe(410);
        expect(await answer.text()).not.toMatch(/Studio Nord|Jo|Ada/);
      }
      expect((await client.post(`${link}/answer`, { answer: 'changes', note: 'x' })).status).toBe(410);
    }
    expect((await client.page(`/s/${'x'.repeat(43)}`)).status).toBe(404);
  });
});

it('a decision to wait or not to treat refuses new links and closes those that are out, until it is changed', async () => {
  const link = await makeLink();
  const approve = () => {
    const ticks = ['simulation', 'healing', 'patch'].map((tick) => ['tick', tick]);
    const body = new URLSearchParams([...ticks, ['answer', 'approve'], ['name', 'Jo']]);
    return client.fetch(`${link}/answer`, { method: 'POST', body });
  };
  const known = await findShareByToken(server.services.db, hashSecret(link.split('/')[2]!));
  for (const decision of ['wait', 'stop']) {
    expect((await client.page(link)).status).toBe(200);
    await ada.post(`${consultation}/flags`, { 'decision.diabetes': decision });
    const refused = await share(form({}));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(
      `You decided ${decision === 'wait' ? 'to wait' : 'not to treat'}: “Diabetes”`,
    );
    for (const path of ['', '/before.jpg', '/summary.pdf']) expect((await client.page(link + path)).status).toBe(410);
    expect((await approve()).status).toBe(410);
    // Nor by a page that was opened a moment before.
    const answer = { ticks: ['simulation', 'healing', 'patch'], name: 'Jo' };
    await expect(approveShare(server.services, known!, answer)).rejects.toMatchObject({ code: 'SMP_LINK_OVER' });
    await ada.post(`${consultation}/flags`, { 'decision.diabetes': 'absent' });
  }
  expect((await approve()).status).toBe(303);
});

it('erasing the consultation removes links and their pictures', async () => {
  const link = await makeLink();
  expect(await client.fetch(`${link}/healed.jpg`)).toHaveProperty('status', 200);
  const keys = await server.services.db.selectFrom('sharePictures').select('storageKey').execute();
  expect(keys.length).toBeGreaterThan(4);
  expect((await ada.post(`${consultation}/erase`, {})).status).toBe(303);
  expect((await client.page(link)).status).toBe(404);
  expect(await server.services.db.selectFrom('sharePictures').selectAll().execute()).toEqual([]);
  for (const { storageKey } of keys) expect(await server.services.photos.get(storageKey)).toBeNull();
});
