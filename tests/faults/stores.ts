import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Visitor } from '../setup/visitor.ts';
import { FaultServer, sendPhoto } from './faultServer.ts';
import { notPossible, type Row, row } from './table.ts';

const DISK = '48m';
const IMAGE_BYTES = 64 * 1024 * 1024;

/** What a person gets for a page, a save and a photo while something is wrong. */
async function tryEverything(server: FaultServer, owner: Visitor, photo: Blob): Promise<number[]> {
  const answers = [
    await owner.fetch('/consultations'),
    await owner.post('/consultations', { alias: 'x'.repeat(50) }),
    await sendPhoto(owner, photo),
    await fetch(`${server.url}/healthz`),
  ];
  return answers.map(({ status }) => status);
}

const isClear = (statuses: readonly number[]) => statuses.every((status) => status < 500 || status === 503);
const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });

/** Whether a command was accepted: who may not mount, or has no such program, is refused. */
function accepted(program: string, ...args: string[]): boolean {
  try {
    run(program, ...args);
    return true;
  } catch {
    return false;
  }
}

const mountPoint = () => mkdtempSync(join(tmpdir(), 'stipple-disk-'));

/** A disk that is full, then emptied; then a photo folder that may only be read, then well again: without a restart. */
async function fillAndLock(photo: Blob): Promise<Row[]> {
  const disk = mountPoint();
  if (!accepted('mount', '-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk)) {
    rmSync(disk, { recursive: true });
    return [notPossible('disk full', 'this account may mount nothing'), ...(await lockPhotos(photo))];
  }
  const data = join(disk, 'data');
  mkdirSync(data, { mode: 0o700 });
  const server = await FaultServer.open({ DATA_DIR: data });
  try {
    const owner = await server.setUp();
    const well = await tryEverything(server, owner, photo);
    const filler = join(disk, 'filler');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
    const full = await tryEverything(server, owner, photo);
    if (!isClear(full)) process.stdout.write(`${server.output.slice(-1500)}\n`);
    rmSync(filler);
    const after = await tryEverything(server, owner, photo);
    return [
      row('disk full', `answers ${full.join(' ')}`, isClear(full) && full.includes(503)),
      row('… and emptied again', `answers ${after.join(' ')}, before ${well.join(' ')}`, after.join() === well.join()),
      ...(await lockPhotos(photo)),
    ];
  } finally {
    await server.close();
    run('umount', disk);
    rmSync(disk, { recursive: true, force: true });
  }
}

/** Root is held up by a read-only mount over the folder, everybody else by the folder's own mode. */
async function lockPhotos(photo: Blob): Promise<Row[]> {
  const server = await FaultServer.open();
  const photos = join(server.dataDir, 'photos');
  const isRoot = process.getuid?.() === 0;
  let locked = false;
  try {
    const owner = await server.setUp();
    const well = await tryEverything(server, owner, photo);
    if (isRoot) {
      locked = accepted('mount', '--bind', photos, photos) && accepted('mount', '-o', 'remount,bind,ro', photos);
    } else {
      chmodSync(photos, 0o500);
      locked = true;
    }
    const fault = 'photo folder read-only';
    if (!locked) return [notPossible(fault, 'this account may mount nothing')];
    const readOnly = await tryEverything(server, owner, photo);
    if (isRoot) run('umount', photos);
    else chmodSync(photos, 0o700);
    locked = false;
    const after = await tryEverything(server, owner, photo);
    return [
      row(fault, `answers ${readOnly.join(' ')}`, isClear(readOnly) && readOnly[2] === 503 && readOnly[1] === 303),
      row('… and well again', `answers ${after.join(' ')}, before ${well.join(' ')}`, after.join() === well.join()),
    ];
  } finally {
    if (locked && isRoot) accepted('umount', photos);
    await server.close();
  }
}

/** A file system that becomes read-only under an open database, as one does on a fault of its disk; then another start. */
async function failUnderDatabase(photo: Blob): Promise<Row[]> {
  const fault = 'disk read-only under the open database';
  const disk = mountPoint();
  const image = `${disk}.img`;
  writeFileSync(image, Buffer.alloc(IMAGE_BYTES));
  const mount = () => accepted('mkfs.ext4', '-q', '-F', image) && accepted('mount', '-o', 'loop', image, disk);
  if (!mount()) {
    for (const path of [disk, image]) rmSync(path, { recursive: true });
    return [notPossible(fault, 'this account may mount nothing, or has no mkfs.ext4')];
  }
  const data = join(disk, 'data');
  mkdirSync(data, { mode: 0o700 });
  const server = await FaultServer.open({ DATA_DIR: data });
  try {
    const owner = await server.setUp();
    await tryEverything(server, owner, photo);
    const stored: string[] = [];
    for (let i = 0; i < 5; i++) {
      stored.push((await owner.post('/consultations', { alias: `Jo ${i}` })).headers.get('location') ?? '');
    }
    // Its own switch for trying out an aborted journal: no write is taken any more, whoever has the file open.
    if (!accepted('mount', '-o', 'remount,abort', disk)) return [notPossible(fault, 'this system aborts no journal')];
    const readOnly = await tryEverything(server, owner, photo);
    if (!isClear(readOnly)) process.stdout.write(`${server.output.slice(-1500)}\n`);
    await server.end('SIGTERM');
    run('umount', disk);
    accepted('e2fsck', '-p', '-f', image);
    run('mount', '-o', 'loop', image, disk);
    await server.start();
    const again = server.revisit(owner);
    const found = await Promise.all(stored.map(async (path) => (await again.page(path)).status === 200));
    const after = await tryEverything(server, again, photo);
    const lost = found.filter((there) => !there).length;
    return [
      row(fault, `answers ${readOnly.join(' ')}`, isClear(readOnly) && readOnly.includes(503)),
      row('… acknowledged records on the repaired disk', `${lost} of ${stored.length} lost`, lost === 0),
      row('… and answers there', after.join(' '), isClear(after) && !after.includes(503)),
    ];
  } finally {
    await server.close();
    accepted('umount', disk);
    for (const path of [disk, image]) rmSync(path, { recursive: true, force: true });
  }
}

/** Disk full, photo folder read-only, file system read-only. */
export async function breakDisk(photo: Blob): Promise<Row[]> {
  return [...(await fillAndLock(photo)), ...(await failUnderDatabase(photo))];
}
