import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';
import { Visitor } from '../setup/visitor.ts';
import { FaultServer, fromElsewhere, sendPhoto } from './faultServer.ts';
import { type Row, row } from './table.ts';

const SEED = 4;
const PHOTOS = 6;
const ABORTS = 200;
const AT_ONCE = 10;
/** What a server may keep open besides: idle connections of the test itself. */
const SPARE_DESCRIPTORS = 12;
const FLAT_MB = 6;

/** Sends photos, a new visitor for each, and says how each ended: the status, or what its page says. */
async function sendAll(url: string, photo: Blob, count: number): Promise<string[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const visitor = new Visitor(url);
      const answer = await sendPhoto(visitor, photo);
      await answer.arrayBuffer();
      if (answer.status !== 303) return String(answer.status);
      const shown = await visitor.settle(answer.headers.get('location') ?? '/').catch(() => 'nowhere');
      return /\/(result|regions)$/.test(shown) ? 'measured' : (shown.split('/').at(-1) ?? '');
    }),
  );
}

/** Photo workers die in the middle of their work, again and again; then they live. */
export async function crashWorkers(photo: Blob): Promise<Row[]> {
  const server = await FaultServer.open();
  try {
    const well = await sendAll(server.url, photo, PHOTOS);
    const before = await server.descriptors();
    writeFileSync(server.crashFile, '');
    const during = await sendAll(server.url, photo, PHOTOS);
    rmSync(server.crashFile);
    const log = `${server.crashFile}.log`;
    const crashes = existsSync(log) ? readFileSync(log).length : 0;
    const after = await sendAll(server.url, photo, PHOTOS);
    await wait(500);
    const [descriptors, left] = [await server.descriptors(), await server.uploadsLeft()];
    const isClear = during.every((end) => end !== 'nowhere' && !/^5(?!03)/.test(end));
    return [
      row('photo workers die', `${crashes} deaths, photos: ${during.join(' ')}`, isClear && crashes > 0),
      row('… afterwards', `${after.join(' ')}, before ${well.join(' ')}`, after.join() === well.join()),
      row('… open descriptors', `${before}, then ${descriptors}`, descriptors <= before + SPARE_DESCRIPTORS),
      row('… uploads left', `${left} files`, left === 0),
    ];
  } finally {
    await server.close();
  }
}

/** Sends the beginning of an upload, up to a byte, and hangs up. */
function abortAt(url: string, upload: Buffer, bytes: number): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(upload.subarray(0, bytes), () => setTimeout(() => socket.destroy(), 5));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}

/** Clients hang up at seeded bytes of an upload. */
export async function abortUploads(photo: Blob): Promise<Row[]> {
  const server = await FaultServer.open();
  try {
    const random = seededRandom(SEED);
    const body = Buffer.concat([
      Buffer.from('--B\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'),
      Buffer.from(await photo.arrayBuffer()),
      Buffer.from('\r\n--B--\r\n'),
    ]);
    const head = () =>
      Buffer.from(
        `POST /matches HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${fromElsewhere()['x-forwarded-for']}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
    const abortSome = async (count: number) => {
      for (let i = 0; i < count; i += AT_ONCE) {
        const uploads = Array.from({ length: AT_ONCE }, () => Buffer.concat([head(), body]));
        await Promise.all(
          uploads.map((upload) => abortAt(server.url, upload, Math.floor(random.between(1, upload.length)))),
        );
      }
      await wait(1_500);
    };
    // What a server fills once is not growth.
    const [before] = await sendAll(server.url, photo, 1);
    await abortSome(ABORTS / 4);
    const [few, small] = [await server.descriptors(), await server.heapMb()];
    await abortSome(ABORTS);
    const [many, large, left] = [await server.descriptors(), await server.heapMb(), await server.uploadsLeft()];
    const [after] = await sendAll(server.url, photo, 1);
    return [
      row(`${ABORTS} uploads given up at any byte`, `the next photo: ${after}, before ${before}`, after === before),
      row('… uploads left', `${left} files`, left === 0),
      row('… open descriptors', `${few}, then ${many}`, many <= few + SPARE_DESCRIPTORS),
      row('… heap after collection', `${small.toFixed(1)}, then ${large.toFixed(1)} MB`, large < small + FLAT_MB),
    ];
  } finally {
    await server.close();
  }
}
