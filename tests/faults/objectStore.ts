import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { openDatabase } from '../../src/storage/database.ts';
import { openS3Photos } from '../../src/storage/s3Photos.ts';
import { sweepOrphans } from '../../src/storage/sweepOrphans.ts';
import type { Visitor } from '../setup/visitor.ts';
import { FaultServer, sendPhoto } from './faultServer.ts';
import { type Row, row } from './table.ts';

const FAULTS = ['answers 403', 'answers 503', 'hangs up', 'is not there'] as const;
type Mode = 'well' | (typeof FAULTS)[number];

/** An object store behind a door that can be told to answer in its place. */
async function openStore(folder: string) {
  const s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  const { port } = await s3.run();
  let mode: Mode = 'well';
  const door = createServer((req, res) => {
    if (mode === 'hangs up') return void req.socket.destroy();
    if (mode !== 'well') {
      req.resume();
      const status = mode === 'answers 403' ? 403 : 503;
      const code = status === 403 ? 'AccessDenied' : 'SlowDown';
      return void res.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    }
    const { method, url, headers } = req;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  });
  const listen = (at: number) => new Promise<void>((resolve) => door.listen(at, '127.0.0.1', resolve));
  const shut = () => {
    door.closeAllConnections();
    return new Promise((resolve) => door.close(resolve));
  };
  await listen(0);
  const { port: doorPort } = door.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${doorPort}`,
    async turn(next: Mode) {
      if (next === 'is not there') await shut();
      else if (mode === 'is not there') await listen(doorPort);
      mode = next;
    },
    async close() {
      await shut();
      await s3.close();
    },
  };
}

/** A page without photos, a photo that is stored, a new photo, and an erasure. */
async function tryEverything(owner: Visitor, match: string, gone: string, photo: Blob): Promise<number[]> {
  const answers = [
    await owner.fetch('/consultations'),
    await owner.fetch(`${match}/display.jpg`),
    await sendPhoto(owner, photo),
    await owner.post(`${gone}/erase`, {}),
  ];
  for (const answer of answers) await answer.arrayBuffer();
  return answers.map(({ status }) => status);
}

/** The object store refuses, says that it is busy, hangs up and goes away, one after the other, and comes back each time. */
export async function refuseS3(photo: Blob): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stipple-s3-'));
  const store = await openStore(folder);
  const s3 = { bucket: 'photos', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1' };
  const server = await FaultServer.open({
    S3_ENDPOINT: store.endpoint,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  });
  const rows: Row[] = [];
  try {
    const owner = await server.setUp();
    const send = async () => {
      const path = (await sendPhoto(owner, photo)).headers.get('location') ?? '';
      await owner.settle(path);
      return path;
    };
    const match = await send();
    for (const fault of FAULTS) {
      const gone = await send();
      await store.turn(fault);
      const during = await tryEverything(owner, match, gone, photo);
      await store.turn('well');
      const after = await tryEverything(owner, match, await send(), photo);
      const held = during[0] === 200 && during[1] === 503 && during[2] === 503 && (during[3] ?? 500) <= 503;
      rows.push(
        row(
          `object store ${fault}`,
          `answers ${during.join(' ')}, afterwards ${after.join(' ')}`,
          held && !during.includes(500) && after.join() === '200,200,303,303',
        ),
      );
    }
    const left = await server.uploadsLeft();
    const { dataDir } = server;
    await server.end('SIGTERM');
    const db = await openDatabase({ sqliteFile: join(dataDir, 'stipple.db') });
    const photos = openS3Photos({ endpoint: store.endpoint, ...s3 });
    await sweepOrphans(photos, db, { graceMs: -60_000 });
    const keys = new Set(
      (await db.selectFrom('photos').select('storageKey').execute()).map((entry) => entry.storageKey),
    );
    await db.destroy();
    let orphans = 0;
    for await (const { key } of photos.list()) if (!keys.delete(key)) orphans += 1;
    rows.push(
      row('… photos after the sweep', `${orphans} orphans, ${keys.size} missing`, orphans + keys.size === 0),
      row('… uploads left', `${left} files`, left === 0),
    );
    return rows;
  } finally {
    await server.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
