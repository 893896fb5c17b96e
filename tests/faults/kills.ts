import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../src/storage/database.ts';
import { openDiskPhotos } from '../../src/storage/diskPhotos.ts';
import { sweepOrphans } from '../../src/storage/sweepOrphans.ts';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';
import type { Visitor } from '../setup/visitor.ts';
import { FaultServer, fromElsewhere, sendPhoto } from './faultServer.ts';
import { type Row, row } from './table.ts';

const SEED = 20_261_122;
const HOUR_MS = 60 * 60 * 1000;
/** A kill comes this long after the loops have begun, at most: long enough for some turns of each. */
const LONGEST_LIFE_MS = 2_500;
const MOST_RETRIED = 10;
/** Links made before the first kill: drawing one's pictures takes longer than most lives. */
const LINKS = 60;

/** What the server has said it has stored. */
interface Acknowledged {
  readonly matches: string[];
  /** The last note saved; notes are numbered. */
  note: number;
  readonly versions: number[];
  readonly answers: string[];
  approvals: number;
}

interface Place {
  readonly consultation: string;
  readonly match: string;
  readonly link: string;
  /** Links nobody has answered yet. */
  readonly fresh: string[];
}

const locationOf = (answer: Response) => (answer.status === 303 ? (answer.headers.get('location') ?? '') : '');

/** A studio with a measured match, a consultation that may be shared, one link, and a catalog of its own. */
async function prepare(owner: Visitor): Promise<Place> {
  const match = locationOf(await owner.post('/demo', { key: 'shared' }));
  await owner.settle(match);
  const id = match.split('/')[2] ?? '';
  const consultation = locationOf(await owner.post('/consultations', { alias: 'Jo', match: id }));
  const { html } = await owner.page(consultation);
  const flags = [...html.matchAll(/name="(decision\.[^"]+)"/g)].map(([, name]) => [name, 'absent']);
  await owner.post(`${consultation}/flags`, Object.fromEntries(flags));
  await owner.post('/catalogs/demo-ash/copy', {});
  const fresh: string[] = [];
  while (fresh.length < LINKS) fresh.push(await shareOnce(owner, consultation, id));
  return { consultation, match: id, link: await shareOnce(owner, consultation, id), fresh };
}

async function shareOnce(owner: Visitor, consultation: string, match: string): Promise<string> {
  const body = new URLSearchParams({ match, days: '7', pin: '', look: '', stage: 'healed', message: '' });
  const made = await owner.fetch(`${consultation}/share`, { method: 'POST', body, headers: fromElsewhere() });
  if (made.status !== 303) throw new Error(`Expected a link but received ${made.status}.`);
  return /(\/s\/[A-Za-z0-9_-]{43})/.exec((await owner.page(`${consultation}/share`)).html)?.[1] ?? '';
}

/** Repeats one kind of work until the server is gone. */
async function untilKilled(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work();
    } catch {
      return;
    }
  }
}

function loops(server: FaultServer, owner: Visitor, place: Place, photo: Blob, told: Acknowledged): Promise<void>[] {
  const browser = () => server.revisit(owner);
  let version: number | null = null;
  return [
    untilKilled(async () => {
      const path = locationOf(await sendPhoto(browser(), photo));
      if (path !== '') told.matches.push(path.split('/')[2] ?? '');
    }),
    untilKilled(async () => {
      const { html } = await browser().page(place.consultation);
      const revision = /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
      const note = told.note + 1;
      const saved = await browser().post(place.consultation, { session: '1', revision, sessionNotes: `note ${note}` });
      if (saved.status === 303) told.note = note;
    }),
    untilKilled(async () => {
      const base = '/api/v1/catalogs/demo-ash-copy';
      const json = { 'content-type': 'application/json' };
      const current = (await (await browser().fetch(base)).json()) as { version: number; shades: { code: string }[] };
      version = current.version;
      const shade = { ...current.shades[0], name: `Shade ${version}` };
      const path = `${base}/shades/${shade.code}`;
      const known = await browser().page(`/catalogs/demo-ash-copy/shades/${shade.code}`);
      const revision = Number(/name="revision" value="(\d+)"/.exec(known.html)?.[1]);
      await browser().fetch(path, { method: 'PUT', headers: json, body: JSON.stringify({ shade, version, revision }) });
      const body = JSON.stringify({ after: version, note: 'kill' });
      const published = await browser().fetch(`${base}/versions`, { method: 'POST', headers: json, body });
      if (published.status === 201) told.versions.push(((await published.json()) as { version: number }).version);
    }),
    untilKilled(async () => {
      const note = `please ${told.answers.length} ${crypto.randomUUID()}`;
      const answer = await browser().post(`${place.link}/answer`, { answer: 'changes', note });
      if (answer.status === 303) told.answers.push(note);
      await wait(20);
    }),
    untilKilled(async () => {
      const link = place.fresh.pop() ?? (await shareOnce(browser(), place.consultation, place.match));
      const body = new URLSearchParams({ answer: 'approve', name: 'Jo' });
      for (const tick of ['simulation', 'healing', 'patch']) body.append('tick', tick);
      const approved = await browser().fetch(`${link}/answer`, { method: 'POST', body });
      if (approved.status === 303) told.approvals += 1;
      await wait(500);
    }),
  ];
}

function readStored(file: string) {
  const db = new Sqlite(file, { readonly: true });
  const column = (sql: string) => db.prepare(sql).pluck().all() as string[];
  const found = {
    integrity: column('pragma integrity_check').join(),
    broken: column('pragma foreign_key_check').length,
    matches: new Set(column('select id from matches')),
    withPhotos: new Set(column('select match_id from photos group by match_id having count(*) >= 2')),
    note: Number(column("select session_notes from consultations where session_notes like 'note %'")[0]?.slice(5) ?? 0),
    versions: new Set(column("select version from catalog_versions where catalog_id = 'demo-ash-copy'").map(Number)),
    answers: new Set(column("select note from share_answers where kind = 'changes'")),
    approvals: column("select id from share_answers where kind = 'approved'").length,
  };
  db.close();
  return found;
}

/** How many acknowledged records are not there. */
function countLost(stored: ReturnType<typeof readStored>, told: Acknowledged): number {
  const lost = [
    ...told.matches.filter((id) => !stored.matches.has(id) || !stored.withPhotos.has(id)),
    ...told.versions.filter((version) => !stored.versions.has(version)),
    ...told.answers.filter((note) => !stored.answers.has(note)),
  ];
  return lost.length + (stored.note < told.note ? 1 : 0) + Math.max(0, told.approvals - stored.approvals);
}

/** Sweeps as the server does once files are old enough; what is stored without a record, and recorded without a file. */
async function sweepAndCompare(dataDir: string): Promise<{ orphans: number; missing: number; swept: number }> {
  const later = new Date(Date.now() + 2 * HOUR_MS);
  const db = await openDatabase({ sqliteFile: join(dataDir, 'stipple.db') });
  const folder = join(dataDir, 'photos');
  const store = await openDiskPhotos(folder, later);
  const { deleted } = await sweepOrphans(store, db, { now: later });
  const keys = await db
    .selectFrom('photos')
    .select('storageKey')
    .union(db.selectFrom('sharePictures').select('storageKey'))
    .execute();
  const recorded = new Set(keys.map(({ storageKey }) => storageKey));
  let kept = 0;
  let orphans = (await readdir(folder)).filter((name) => name.endsWith('.partial')).length;
  for await (const { key } of store.list()) {
    if (recorded.has(key)) kept += 1;
    else orphans += 1;
  }
  await db.destroy();
  return { orphans, missing: recorded.size - kept, swept: deleted.length };
}

/** Measures matches again whose measuring a kill cut off; true when each then ends at a page of its own. */
async function resumeInterrupted(server: FaultServer, owner: Visitor, ids: readonly string[]): Promise<boolean> {
  const browser = server.revisit(owner);
  for (const id of ids.slice(-MOST_RETRIED)) {
    const answer = await browser.post(`/matches/${id}/retry`, {});
    if (answer.status !== 303) return false;
    const page = await browser.page(await browser.settle(`/matches/${id}`));
    if (page.status >= 500) return false;
  }
  return true;
}

/** Kills the server at seeded moments of upload, save, publish and approve loops and looks at what is left. */
export async function killManyTimes(kills: number, photo: Blob): Promise<Row[]> {
  const random = seededRandom(SEED);
  const server = await FaultServer.open({ PHOTO_QUEUE: '4' });
  const owner = await server.setUp();
  const place = await prepare(owner);
  const first = await sendPhoto(owner, photo);
  if (first.status !== 303) throw new Error(`Expected a usable photo but received ${first.status}.`);
  const told: Acknowledged = { matches: [], note: 0, versions: [], answers: [], approvals: 0 };
  const file = join(server.dataDir, 'stipple.db');
  let damaged = 0;
  for (let kill = 0; kill < kills; kill++) {
    const running = loops(server, owner, place, photo, told);
    await wait(random.between(0, LONGEST_LIFE_MS));
    await server.end('SIGKILL');
    await Promise.all(running);
    await server.start();
    const stored = readStored(file);
    if (stored.integrity !== 'ok' || stored.broken > 0) damaged += 1;
    if (kill % 20 === 19) process.stdout.write(`        ${kill + 1} kills, ${countLost(stored, told)} lost\n`);
  }
  const resumed = await resumeInterrupted(server, owner, told.matches);
  await server.end('SIGTERM');
  const lost = countLost(readStored(file), told);
  const sweep = await sweepAndCompare(server.dataDir);
  const old = new Date(Date.now() - 2 * HOUR_MS);
  for (const name of await readdir(server.uploadDir)) await utimes(join(server.uploadDir, name), old, old);
  await server.start();
  const left = await server.uploadsLeft();
  await server.close();
  const total = told.matches.length + told.note + told.versions.length + told.answers.length + told.approvals;
  const counts = `${told.matches.length} photos, ${told.note} saves, ${told.versions.length} versions, ${told.answers.length} answers, ${told.approvals} approvals`;
  return [
    row(
      `kill -9, ${kills} times: acknowledged records`,
      `${lost} of ${total} lost (${counts})`,
      lost === 0 && total > kills,
    ),
    row('… database after each', `${damaged} of ${kills} damaged`, damaged === 0),
    row(
      '… photos after the sweep',
      `${sweep.orphans} orphans, ${sweep.missing} missing, ${sweep.swept} swept`,
      sweep.orphans + sweep.missing === 0,
    ),
    row('… uploads left after a start', `${left} files`, left === 0),
    row('… measuring that was cut off', resumed ? 'goes on when asked' : 'does not go on', resumed),
  ];
}
