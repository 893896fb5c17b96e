import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { createFollowUp } from '../../src/storage/followUpsRepo.ts';
import { type Account, signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, type Visitor } from '../setup/visitor.ts';

let server: TestServer;
let ada: Visitor & { account: Account };
let photo: Blob;
beforeAll(async () => {
  server = await startTestServer();
  ada = await signInAs(server, { displayName: 'Ada' });
  photo = new Blob([await readFile(join(projectRoot, 'public/demo/scalp-with-card.jpg'))]);
});
afterAll(() => server?.stop());

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

/** Measures the demo photo for a client: the consultation and the match. */
async function measure(fields: Record<string, string>): Promise<{ path: string; match: string }> {
  const sent = await ada.upload('/matches', photo, { palette: 'demo-ash', ...fields });
  const match = (await ada.settle(sent.headers.get('location') ?? '')).split('/')[2] ?? '';
  const { html } = await ada.page(`/matches/${match}/result`);
  return { path: /href="(\/consultations\/[A-Z0-9]+)"/.exec(html)?.[1] ?? '', match };
}

it('compares a healed photo, learns from three, corrects the next match by name, and can be told not to', async () => {
  const { path, match } = await measure({ alias: 'Healed', key: 'one' });
  expect((await ada.page(path)).html).toContain(`${path}/follow-ups/new?match=${match}`);
  const form = (await ada.page(`${path}/follow-ups/new?match=${match}`)).html;
  expect(form).toContain('Compare with the prediction');
  const answers = {
    ...{
      match,
      treatedOn: daysAgo(40),
      shade: 'demo-ash/1/DA-03',
      partsDiluent: '12',
      densityPerCm2: '100',
      lot: 'L1',
    },
  };
  const shade = /value="(demo-ash\/\d+\/DA-03)"/.exec(form)?.[1] ?? '';
  const early = await ada.post(`${path}/follow-ups`, { ...answers, shade, treatedOn: daysAgo(12) });
  expect(early.status).toBe(422);
  expect(await early.text()).toMatch(/taken 12 days after the session.*from 28 days on/);
  const wrong = await ada.post(`${path}/follow-ups`, { ...answers, shade: '', partsDiluent: 'many' });
  expect(wrong.status).toBe(422);
  const wrongHtml = await wrong.text();
  expect(wrongHtml).toContain('Choose the shade that was used.');
  expect(wrongHtml).toContain('Parts of diluent must be a number from 0 to 200.');
  expect(wrongHtml).toContain('value="many"');
  expect((await ada.post(`${path}/follow-ups`, { ...answers, shade })).status).toBe(303);
  expect((await ada.post(`${path}/follow-ups`, { ...answers, shade })).status).toBe(422);
  const page = (await ada.page(path)).html;
  expect(page).toMatch(/DA-03 12 : 1, 40 days: \d+\.\d L\* (darker|lighter) than predicted/);
  expect(page).not.toContain(`follow-ups/new?match=${match}`);
  expect((await ada.page('/learning')).html).toContain('From 3 cases on it corrects');

  const { organisationId, personId } = ada.account;
  const { db } = server.services;
  await db.deleteFrom('followUps').execute();
  const consultationId = path.split('/')[2] ?? '';
  for (let i = 0; i < 4; i++) {
    const { match: other } = i === 0 ? { match } : await another();
    const followUp = {
      ...{ consultationId, matchId: other, technicianId: personId, catalogId: 'demo-ash', code: 'DA-03', lot: 'L1' },
      ...{
        partsDiluent: 12,
        densityPerCm2: 100,
        diameterMm: 0.3,
        healedDays: 40,
        logStrength: 0.6,
        logStrengthSd: 0.3,
      },
      ...{ deltaL: -2.1 - 0.1 * i, deltaE00: 2, dotDeltaE00: null },
    };
    expect(await createFollowUp(db, organisationId, followUp, new Date())).toBe(true);
  }
  const learning = (await ada.page('/learning')).html;
  expect(learning).toContain('Your healed results run 2.3 L* darker than predicted, 4 cases');
  expect(learning).toMatch(/demo-ash\/DA-03<\/strong>.*counts as 1\.\d\d times its strength/s);
  expect(learning).toContain('Lot L1');
  expect(learning).toContain('<strong>Ada</strong>');

  const next = await measure({ alias: 'Next', key: 'two' });
  const result = (await ada.page(`/matches/${next.match}/result`)).html;
  expect(result).toContain('Adjusted by your healed results');
  expect(result).toMatch(/4 healed results (with DA-03|of your studio) ran darker than predicted/);

  expect((await ada.post('/learning', { learn: 'no' })).status).toBe(303);
  expect((await ada.page('/learning')).html).toContain('switched off');
  const unlearned = await measure({ alias: 'After', key: 'three' });
  expect((await ada.page(`/matches/${unlearned.match}/result`)).html).not.toContain('Adjusted by your healed results');
  expect((await ada.page(`/matches/${next.match}/result`)).html).toContain('Adjusted by your healed results');
});

/** A match row without a photo, for a healed result of its own. */
async function another(): Promise<{ match: string }> {
  const { createMatch } = await import('../../src/storage/matchesRepo.ts');
  const { organisationId } = ada.account;
  const row = { idempotencyKey: null, status: 'photo', alias: null, options: {}, inputSha256: 'x' } as const;
  return { match: (await createMatch(server.services.db, { organisationId }, row, new Date())).match.id };
}

it('leaves single results and shades out, and keeps what was learned when the client is erased', async () => {
  await ada.post('/learning', { learn: 'yes' });
  const { db } = server.services;
  const rows = await db.selectFrom('followUps').select(['id', 'matchId']).orderBy('id').execute();
  expect((await ada.post(`/follow-ups/${rows[0]!.id}`, { counts: 'no' })).status).toBe(303);
  expect((await ada.page('/learning')).html).toContain('3 cases');
  await ada.post('/learning/shades', { key: 'demo-ash/DA-03', learn: 'no' });
  expect((await ada.page('/learning')).html).toContain('no correction, as you decided');
  const other = await signInAs(server);
  expect((await other.post(`/follow-ups/${rows[0]!.id}/remove`, {})).status).toBe(404);
  expect((await ada.post(`/follow-ups/${rows[1]!.id}/remove`, {})).status).toBe(303);
  const client = await db.selectFrom('clients').select('id').where('alias', '=', 'Healed').executeTakeFirstOrThrow();
  await ada.post(`/clients/${client.id}/erase`, {});
  const kept = await db.selectFrom('followUps').selectAll().where('id', '=', rows[0]!.id).executeTakeFirstOrThrow();
  expect(kept).toMatchObject({ consultationId: null, matchId: null, code: 'DA-03' });
});
