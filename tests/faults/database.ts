import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '../setup/postgres.ts';
import type { Visitor } from '../setup/visitor.ts';
import { FaultServer, sendPhoto } from './faultServer.ts';
import { type Row, row } from './table.ts';

const SAVERS = 4;
const BETWEEN_MS = 2_000;
const DOWN_MS = 1_500;

interface Saver {
  readonly path: string;
  /** The last note that was said to be saved; notes are numbered. */
  saved: number;
  busy: number;
  readonly others: string[];
  lastSavedMs: number;
}

/** One turn of opening a consultation and saving its next note. */
async function saveOnce(owner: Visitor, saver: Saver): Promise<void> {
  try {
    const page = await owner.fetch(saver.path);
    const html = await page.text();
    let answer = page;
    if (page.status === 200) {
      const revision = /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
      const sessionNotes = `note ${saver.saved + 1}`;
      // The session goes up and down, so that its words are written anew each time.
      const session = String(1 + (saver.saved % 2));
      answer = await owner.post(saver.path, { session, revision, sessionNotes });
      await answer.arrayBuffer();
    }
    if (answer.status === 303) {
      saver.saved += 1;
      saver.lastSavedMs = Date.now();
    } else if (answer.status === 503 && answer.headers.has('retry-after')) {
      saver.busy += 1;
      await wait(100);
    } else if (answer.status !== 409) saver.others.push(String(answer.status));
  } catch (error) {
    saver.others.push(String((error as Error).cause ?? error));
  }
}

/** PostgreSQL is stopped and started, then crashed and started, while people save and send photos. */
export async function restartPostgres(photo: Blob): Promise<Row[]> {
  const postgres = await startPostgres();
  const server = await FaultServer.open({ DATABASE_URL: await postgres.createDatabase() });
  try {
    const owner = await server.setUp();
    const savers: Saver[] = [];
    while (savers.length < SAVERS) {
      const opened = await owner.post('/consultations', { alias: `Jo ${savers.length}` });
      const path = opened.headers.get('location') ?? '';
      savers.push({ path, saved: 0, busy: 0, others: [], lastSavedMs: 0 });
    }
    let going = true;
    const matches: string[] = [];
    const photoFaults: string[] = [];
    const running = [
      ...savers.map(async (saver) => {
        while (going) await saveOnce(server.revisit(owner), saver);
      }),
      (async () => {
        while (going) {
          try {
            const answer = await sendPhoto(server.revisit(owner), photo);
            await answer.arrayBuffer();
            if (answer.status === 303) matches.push(answer.headers.get('location') ?? '');
            else if (answer.status !== 503) photoFaults.push(String(answer.status));
          } catch (error) {
            photoFaults.push(String((error as Error).cause ?? error));
          }
          await wait(100);
        }
      })(),
    ];
    await wait(BETWEEN_MS);
    await postgres.restart('fast', DOWN_MS);
    await wait(BETWEEN_MS);
    await postgres.restart('crash', DOWN_MS);
    const backMs = Date.now();
    await wait(BETWEEN_MS);
    going = false;
    await Promise.all(running);
    if (!server.isRunning()) throw new Error(`The server ended: ${server.output.slice(-3000)}`);

    let lost = 0;
    for (const { path, saved } of savers) {
      const stored = Number(/>note (\d+)</.exec((await owner.page(path)).html)?.[1] ?? 0);
      if (stored < saved) lost += 1;
    }
    for (const path of matches) if ((await owner.fetch(path)).status >= 400) lost += 1;
    const sum = (of: (saver: Saver) => number) => savers.reduce((all, saver) => all + of(saver), 0);
    const others = [...savers.flatMap((saver) => saver.others), ...photoFaults];
    if (others.length > 0) process.stdout.write(`${others.slice(0, 5).join('\n')}\n${server.output.slice(-1500)}\n`);
    const recovered = savers.every(({ lastSavedMs }) => lastSavedMs > backMs);
    const saved = sum((saver) => saver.saved);
    const busy = sum((saver) => saver.busy);
    return [
      row(
        'PostgreSQL restarted and crashed in save loops',
        `${saved} saves, ${matches.length} photos, ${busy} times 503, ${others.length} other answers`,
        others.length === 0 && busy > 0 && saved > 0 && matches.length > 0,
      ),
      row('… acknowledged records', `${lost} of ${SAVERS + matches.length} lost`, lost === 0),
      row('… afterwards', recovered ? 'goes on without a restart' : 'does not go on', recovered),
    ];
  } finally {
    await server.close();
    await postgres.stop();
  }
}
