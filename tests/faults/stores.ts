import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Visitor } from '../setup/visitor.ts';
import { FaultServer, sendPhoto } from './faultServer.ts';
import { type Row, row } from './table.ts';

const DISK = '48m';

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

/** A disk of its own that can be filled and made read-only; null where this account may not mount one. */
function mountDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'stipple-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
}

/** Disk full, then read-only, then well again, without a restart in between. */
export async function breakDisk(photo: Blob): Promise<Row[]> {
  const disk = mountDisk();
  if (disk === null)
    return [row('disk full, read-only disk', 'not possible here: this account may mount nothing', true)];
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
    const afterFull = await tryEverything(server, owner, photo);
    const rows = [
      row('disk full', `answers ${full.join(' ')}`, isClear(full) && full.includes(503)),
      row(
        '… and emptied again',
        `answers ${afterFull.join(' ')}, before ${well.join(' ')}`,
        afterFull.join() === well.join(),
      ),
    ];
    try {
      execFileSync('mount', ['-o', 'remount,ro', disk], { stdio: 'ignore' });
      const readOnly = await tryEverything(server, owner, photo);
      execFileSync('mount', ['-o', 'remount,rw', disk], { stdio: 'ignore' });
      rows.push(row('disk read-only', `answers ${readOnly.join(' ')}`, isClear(readOnly)));
    } catch {
      rows.push(row('disk read-only', 'not possible here: a disk in use by a database cannot be made read-only', true));
    }
    return rows;
  } finally {
    await server.close();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}
