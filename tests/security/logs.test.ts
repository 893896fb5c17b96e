import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { Visitor } from '../setup/visitor.ts';

/** What must never stand in a log, by what it is. */
const SECRETS = {
  alias: 'Wilhelmina-Quast',
  note: 'psoriasis-behind-the-ear',
  'file name': 'my-private-head',
  'sign-in name': 'quentin@example.test',
  'display name': 'Quentin Nightshade',
  password: 'correct-horse-battery-staple-77',
  'client’s name': 'Wilma Approver',
  PIN: '90817263',
  lot: 'LOT-OF-WILMA',
};

let folder: string;
let server: ChildProcess;
let output = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-logs-'));
  server = spawn(process.execPath, [join(projectRoot, 'dist/main.js')], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'debug', DATA_DIR: folder, UPLOAD_DIR: join(folder, 'uploads') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  await vi.waitUntil(() => output.includes('/setup/'), { timeout: 30_000 });
});
afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

it('logs no name, note, token, password or photo on the whole way from set-up to erasure', async () => {
  const setupUrl = new URL(/http:\/\/\S+\/setup\/\S+/.exec(output)?.[0] ?? '');
  const visitor = new Visitor(setupUrl.origin);
  const tokens: Record<string, string> = { 'set-up link': setupUrl.pathname.split('/').at(-1) ?? '' };
  const owner = {
    ...{ kind: 'studio', organisationName: 'Studio Nord', signInName: SECRETS['sign-in name'] },
    ...{ displayName: SECRETS['display name'], password: SECRETS.password, again: SECRETS.password },
  };
  await visitor.page(setupUrl.pathname);
  expect((await visitor.post(setupUrl.pathname, owner)).status).toBe(303);
  expect((await visitor.post('/sign-out', {})).status).toBe(303);
  const login = { name: owner.signInName, password: owner.password };
  await visitor.post('/sign-in', { ...login, password: `${owner.password}!` });
  const signedIn = await visitor.post('/sign-in', login);
  expect(signedIn.status).toBe(303);
  for (const line of signedIn.headers.getSetCookie()) {
    const value = line.split(';', 1)[0]!.split('=')[1] ?? '';
    if (value.length > 20) tokens.cookie = value;
  }

  const bytes = await readFile(join(projectRoot, 'public/demo/scalp-with-card.jpg'));
  const photo = new Blob([bytes]);
  const sent = await visitor.upload('/matches', photo, { alias: SECRETS.alias }, `${SECRETS['file name']}.jpg`);
  const match = (await visitor.settle(sent.headers.get('location') ?? '')).split('/')[2] ?? '';
  await visitor.upload('/matches', new Blob(['not a photo']), { alias: SECRETS.alias }, `${SECRETS['file name']}.png`);
  const found = (await visitor.page(`/consultations?q=${SECRETS.alias.toLowerCase()}`)).html;
  const path = /href="(\/consultations\/[0-9A-Z]{26})"/.exec(found)?.[1] ?? '';
  expect(path).not.toBe('');
  const texts = { skinNotes: SECRETS.note, scarNotes: '', expectations: '', sessionNotes: '' };
  await visitor.post(path, {
    ...texts,
    session: '1',
    revision: '1',
    goal: '',
    pattern: '',
    fitzpatrick: '',
    treatedOn: '',
  });
  await visitor.post(`${path}/lots`, { lot: SECRETS.lot });
  const flags = [...(await visitor.page(path)).html.matchAll(/name="decision\.([a-z0-9-]+)"/g)].map(([, id]) => id!);
  const answers = flags.map((id) => [`decision.${id}`, 'absent'] as const);
  await visitor.post(`${path}/flags`, Object.fromEntries(answers));
  await visitor.post(`${path}/share`, { match, days: '7', pin: SECRETS.PIN, message: SECRETS.note, stage: 'healed' });
  const shared = (await visitor.page(`${path}/share`)).html;
  const link = /\/s\/([A-Za-z0-9_-]{20,})/.exec(shared)?.[1] ?? '';
  expect(link).not.toBe('');
  tokens['share link'] = link;
  const client = new Visitor(setupUrl.origin);
  await client.page(`/s/${link}`);
  await client.post(`/s/${link}/pin`, { pin: '1111' });
  await client.post(`/s/${link}/pin`, { pin: SECRETS.PIN });
  await client.post(`/s/${link}/approve`, { name: SECRETS['client’s name'] });
  await client.page(`/s/${link}x`);
  await visitor.page(`/nothing?alias=${SECRETS.alias}`);
  for (const file of ['/consultations/export.csv', '/consultations/export.json'])
    await (await visitor.fetch(file)).text();
  const clientPath = /href="(\/clients\/[^"]+)"/.exec((await visitor.page(path)).html)?.[1] ?? '';
  await visitor.page(`${clientPath}/data.json`);
  expect((await visitor.post(`${clientPath}/erase`, {})).status).toBe(303);

  const lines = () => output.split('\n').filter((line) => line.startsWith('{'));
  await expect.poll(() => lines().some((line) => line.includes(`${clientPath}/erase`)), { timeout: 5000 }).toBe(true);
  expect(lines().length).toBeGreaterThan(20);
  const logged = lines().join('\n').toLowerCase();
  for (const [what, secret] of Object.entries({ ...SECRETS, ...tokens })) {
    expect(secret.length, what).toBeGreaterThan(5);
    expect(logged.includes(secret.toLowerCase()), what).toBe(false);
  }
  expect(logged).not.toContain(bytes.subarray(2000, 2030).toString('base64').toLowerCase());
});
