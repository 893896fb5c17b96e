import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { seededRandom } from '../../src/matching/seededRandom.ts';
import { CONSULTATION_STATUSES } from '../../src/storage/consultationRecord.ts';
import { findConsultations } from '../../src/storage/consultationSearchRepo.ts';
import { shadeName } from '../../src/storage/consultationWords.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createOrganisation } from '../../src/storage/organisationsRepo.ts';
import { searchKey, searchTerms, searchWords } from '../../src/storage/searchWords.ts';
import type { Database } from '../../src/storage/tables.ts';
import { createUlidMaker } from '../../src/storage/ulid.ts';
import { startPostgres } from '../setup/postgres.ts';

const CONSULTATIONS = 100_000;
const CLIENTS = 30_000;
const PORTION = 1000;
const TURNS = 20;
const PAGE = 20;
const NOTE = 'Dense donor area, old scar of 4 cm above the left ear, wants it subtle for outdoor work. '.repeat(5);
const FIRST =
  'Anna Bernd Carla David Eva Farid Greta Hakan Ines Jonas Kira Lars Maria Mona Marc Nils Olga Pavel Rosa Zoë';
const SHADES = Array.from({ length: 12 }, (_, i) => `DA-${String(i + 1).padStart(2, '0')}`);

const random = seededRandom(8);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random.uniform() * values.length)]!;
const makeId = createUlidMaker((size) => Uint8Array.from({ length: size }, () => Math.floor(random.uniform() * 256)));

async function inPortions<T>(rows: readonly T[], insert: (portion: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += PORTION) await insert(rows.slice(at, at + PORTION));
}

/** Three years of one large studio. In the older half another line was used, so a common word may lie far back. */
async function fill(db: Database, isPostgres: boolean): Promise<string> {
  const start = Date.parse('2023-01-01T08:00:00Z');
  const organisationId = await createOrganisation(db, { name: 'Bench', kind: 'studio' }, new Date(start));
  const clients = Array.from({ length: CLIENTS }, (_, i) => ({
    id: makeId(start + i),
    alias: `${pick(FIRST.split(' '))} ${String.fromCharCode(65 + (i % 26))}${i}`,
  }));
  const words: { organisationId: string; word: string; consultationId: string }[] = [];
  const rows = Array.from({ length: CONSULTATIONS }, (_, i) => {
    const time = start + i * 940_000;
    const createdAt = new Date(time).toISOString();
    const id = makeId(time);
    const client = pick(clients);
    const shadeText = i < CONSULTATIONS / 2 ? `NW-0${1 + (i % 9)} · 8 : 1` : `${pick(SHADES)} · 12 : 1`;
    for (const word of searchWords([client.alias, shadeName(shadeText)])) {
      words.push({ organisationId, word, consultationId: id });
    }
    return {
      ...{ id, organisationId, clientId: client.id, previousId: null, revision: 1, shadeText, createdAt },
      ...{ status: pick(CONSULTATION_STATUSES), statusAt: createdAt, changesNote: null, session: 1 + (i % 3) },
      ...{ goal: 'shaved', pattern: 'norwood4', fitzpatrick: 3, skinNotes: NOTE, scarNotes: '', expectations: NOTE },
      ...{ sessionNotes: '', treatedOn: null, recipeJson: null, technicianId: 'person', technicianName: 'Ada' },
      ...{ thumbMatchId: null, updatedAt: createdAt },
    };
  });
  const stamp = new Date(start).toISOString();
  await db.transaction().execute(async (transaction) => {
    const values = clients.map(({ id, alias }) => {
      return { id, organisationId, alias, aliasKey: searchKey(alias), createdAt: stamp, updatedAt: stamp };
    });
    await inPortions(values, (portion) => transaction.insertInto('clients').values(portion).execute());
    await inPortions(rows, (portion) => transaction.insertInto('consultations').values(portion).execute());
    await inPortions(words, (portion) => transaction.insertInto('consultationWords').values(portion).execute());
  });
  // What PostgreSQL does by itself within minutes after so many new rows.
  if (isPostgres) await sql`vacuum analyze`.execute(db);
  return organisationId;
}

const QUESTIONS: readonly [what: string, typed: (turn: number) => string, status: 'sent' | null][] = [
  ['newest page', () => '', null],
  ['newest sent', () => '', 'sent'],
  ['one client', (turn) => `A${26 * (17 * turn + 40)}`, null],
  ['start of a name (1 in 7)', () => 'ma', null],
  ['a shade (1 in 24)', (turn) => SHADES[turn % SHADES.length]!, null],
  ['a line (every second, the older half)', () => 'nw', null],
  ['name and shade', (turn) => `jonas ${SHADES[turn % SHADES.length]}`, null],
  ['name and shade, sent', (turn) => `jonas ${SHADES[turn % SHADES.length]}`, 'sent'],
  ['nothing', () => 'xylophon', null],
  ['two common words that never meet', () => 'nw da', null],
];

async function ask(db: Database, organisationId: string, turn: number, at: number): Promise<number> {
  const [, typed, status] = QUESTIONS[at]!;
  // Every second turn asks for a later page, from the middle of the three years.
  const to = turn % 2 === 0 ? undefined : middle;
  const start = performance.now();
  await findConsultations(db, organisationId, { terms: searchTerms(typed(turn)), status, limit: PAGE, to });
  return performance.now() - start;
}

let middle = '';
const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(share * values.length))]!;

async function benchEngine(name: string, db: Database): Promise<string[]> {
  const organisationId = await fill(db, name === 'PostgreSQL');
  const row = await db
    .selectFrom('consultations')
    .select('id')
    .orderBy('id')
    .offset(60_000)
    .limit(1)
    .executeTakeFirst();
  middle = row?.id ?? '';
  const lines: string[] = [];
  const all: number[] = [];
  for (let at = 0; at < QUESTIONS.length; at++) {
    await ask(db, organisationId, 0, at);
    const times: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) times.push(await ask(db, organisationId, turn, at));
    all.push(...times);
    const cells = [quantile(times, 0.5), quantile(times, 0.95)].map((ms) => ms.toFixed(1).padStart(6));
    lines.push(`  ${QUESTIONS[at]![0].padEnd(40)} ${cells.join('  ')} ms`);
  }
  const p95 = quantile(all, 0.95).toFixed(1);
  return [`${name}: 100,000 consultations, p50 and p95 of each question; p95 of all ${p95} ms (target 50)`, ...lines];
}

/** List and search of a studio with 100,000 consultations, on both databases. */
export async function benchRecords(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stipple-records-'));
  const postgres = await startPostgres();
  try {
    const lines: string[] = [];
    const options = {
      SQLite: { sqliteFile: join(folder, 'records.db') },
      PostgreSQL: { sqliteFile: '', databaseUrl: await postgres.createDatabase() },
    };
    for (const [name, option] of Object.entries(options)) {
      const db = await openDatabase(option);
      lines.push(...(await benchEngine(name, db)));
      await db.destroy();
    }
    return lines;
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
