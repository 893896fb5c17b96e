import { setTimeout as wait } from 'node:timers/promises';
import { Visitor } from '../setup/visitor.ts';
import { FaultServer, fromElsewhere, sendPhoto } from './faultServer.ts';
import { type Row, row } from './table.ts';

const AT_ONCE = 50;
const MOST_MB = 700;
const MOST_TRIES = 200;
/** A heap counts as flat when what is left of it after a collection does not grow by more than this. */
const FLAT_MB = 6;
const HEAP_SAMPLES = 4;
const SAMPLE_MS = 1_000;
/** What the first part of a run fills once (templates, compiled code, connections) is not growth. */
const WARM_UP_SHARE = 0.25;

/** Sends a photo until it is taken; counts 503s and answers that say nothing of when to come back. */
async function sendUntilTaken(url: string, photo: Blob, counts: { busy: number; rude: number }): Promise<string> {
  const visitor = new Visitor(url);
  for (let turn = 0; turn < MOST_TRIES; turn++) {
    const answer = await sendPhoto(visitor, photo);
    await answer.arrayBuffer();
    if (answer.status === 303) {
      const shown = await visitor.settle(answer.headers.get('location') ?? '/').catch(() => '');
      return shown === '' ? 'lost' : 'measured';
    }
    if (answer.status !== 503 || !answer.headers.has('retry-after')) counts.rude += 1;
    counts.busy += 1;
    await wait(1000 * Number(answer.headers.get('retry-after') ?? 1));
  }
  return 'lost';
}

/** 50 people send a 12-megapixel photo at the same moment. */
export async function loadAtOnce(photo: Blob): Promise<Row[]> {
  const server = await FaultServer.open();
  const counts = { busy: 0, rude: 0 };
  const ends = await Promise.all(Array.from({ length: AT_ONCE }, () => sendUntilTaken(server.url, photo, counts)));
  const measured = ends.filter((end) => end === 'measured').length;
  const { most } = await server.memoryMb();
  const left = await server.uploadsLeft();
  await server.close();
  return [
    row(
      `${AT_ONCE} uploads of 12 MP at once`,
      `${measured} measured, ${counts.busy} times 503, ${counts.rude} of them without Retry-After`,
      measured === AT_ONCE && counts.rude === 0,
    ),
    row('… resident memory at most', `${most.toFixed(0)} MB of ${MOST_MB}`, most < MOST_MB),
    row('… uploads left', `${left} files`, left === 0),
  ];
}

/** Uploads, pages, saves and aborted uploads in turn, for so long; heap and descriptors must not grow. */
export async function mixedLoad(minutes: number, photo: Blob): Promise<Row[]> {
  const server = await FaultServer.open();
  const owner = await server.setUp();
  const opened = await owner.post('/consultations', { alias: 'Jo' });
  const consultation = opened.headers.get('location') ?? '/';
  const endMs = Date.now() + minutes * 60_000;
  const faults = new Map<number, number>();
  const note = async (answer: Response) => {
    await answer.arrayBuffer();
    if (answer.status >= 500 && answer.status !== 503) faults.set(answer.status, (faults.get(answer.status) ?? 0) + 1);
  };
  const pages = ['/', '/consultations', consultation, '/catalogs', '/catalogs/demo-ash', '/settings', '/account'];
  const work: (() => Promise<void>)[] = [
    async () => note(await sendPhoto(owner, photo)),
    async () => {
      for (const page of pages) await note(await owner.fetch(page));
    },
    async () => {
      const revision = /name="revision" value="(\d+)"/.exec((await owner.page(consultation)).html)?.[1] ?? '';
      await note(await owner.post(consultation, { session: '1', revision, sessionNotes: 'mixed' }));
      await wait(50);
    },
    async () => {
      const stop = AbortSignal.timeout(30);
      const body = new Blob([
        '--B\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n',
        new Uint8Array(3_000_000),
      ]);
      const headers = { ...fromElsewhere(), 'content-type': 'multipart/form-data; boundary=B' };
      await owner.fetch('/matches', { method: 'POST', headers, body, signal: stop }).catch(() => null);
      await wait(200);
    },
  ];
  let turns = 0;
  const running = work.map(async (once) => {
    for (; Date.now() < endMs; turns++) await once();
  });
  const startMs = Date.now();
  const heap: number[] = [];
  const descriptors: number[] = [];
  while (Date.now() < endMs) {
    await wait(SAMPLE_MS);
    descriptors.push(await server.descriptors());
    const share = WARM_UP_SHARE + (heap.length * (1 - WARM_UP_SHARE)) / HEAP_SAMPLES;
    if (Date.now() - startMs > share * (endMs - startMs)) heap.push(await server.heapMb());
  }
  await Promise.all(running);
  await wait(2_000);
  heap.push(await server.heapMb());
  const left = await server.uploadsLeft();
  const { most } = await server.memoryMb();
  await server.close();
  const [from, to] = [heap[0] ?? 0, heap.at(-1) ?? Number.POSITIVE_INFINITY];
  const third = Math.ceil(descriptors.length / 3);
  const [few, many] = [Math.min(...descriptors.slice(0, third)), Math.min(...descriptors.slice(-third))];
  const bad = [...faults].map(([status, count]) => `${count} × ${status}`).join(', ') || 'no 5xx but 503';
  return [
    row(`mixed load, ${minutes} min`, `${turns} turns, ${bad}`, faults.size === 0 && turns > 0),
    row('… heap after collection', `${heap.map((mb) => mb.toFixed(1)).join(', ')} MB`, to < from + FLAT_MB),
    row('… resident memory at most', `${most.toFixed(0)} MB of ${MOST_MB}`, most < MOST_MB),
    row('… open descriptors, least', `${few}, then ${many}`, many <= few + 10),
    row('… uploads left', `${left} files`, left === 0),
  ];
}
