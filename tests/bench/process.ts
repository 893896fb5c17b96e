import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../src/projectRoot.ts';
import { findFreePort } from '../setup/freePort.ts';
import { Visitor } from '../setup/visitor.ts';
import { median } from './timing.ts';

const STARTS = 3;
const MATCHES = 5;

interface ServerProcess {
  readonly url: string;
  /** From starting the process to its first page, ms. */
  readonly startUpMs: number;
  /** Resident memory now and at most so far, MB; NaN where the system does not tell. */
  memory(): Promise<{ readonly now: number; readonly most: number }>;
  stop(): Promise<void>;
}

async function startProcess(): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'stipple-bench-'));
  const port = await findFreePort();
  const start = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'dist/main.js')], {
    env: {
      ...process.env,
      PORT: `${port}`,
      DATA_DIR: folder,
      UPLOAD_DIR: join(folder, 'uploads'),
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(url).then(
      (page) => page.text(),
      () => null,
    ))
  )
    await wait(5);
  return {
    url,
    startUpMs: performance.now() - start,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1000;
      return { now: read('VmRSS'), most: read('VmHWM') };
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Start-up to the first answer and the memory of a server process of its own, built as `npm start` builds it. */
export async function benchProcess(photo: string): Promise<string[]> {
  const starts: number[] = [];
  for (let i = 1; i < STARTS; i++) {
    const server = await startProcess();
    starts.push(server.startUpMs);
    await server.stop();
  }
  const server = await startProcess();
  starts.push(server.startUpMs);
  await wait(3000);
  const idle = await server.memory();
  const visitor = new Visitor(server.url);
  const blob = new Blob([await readFile(photo)], { type: 'image/jpeg' });
  const times: number[] = [];
  for (let i = 0; i < MATCHES; i++) {
    const from = performance.now();
    await (await visitor.upload('/api/v1/matches', blob, { palette: 'demo-ash' })).arrayBuffer();
    times.push(performance.now() - from);
  }
  const { most } = await server.memory();
  await server.stop();
  return [
    `start-up to the first page                   ${median(starts).toFixed(0).padStart(6)} ms  target 1000 ms`,
    `first upload to result after the start       ${times[0]!.toFixed(0).padStart(6)} ms  ${times.at(-1)!.toFixed(0)} ms the ${MATCHES}th time`,
    `resident memory, idle                        ${idle.now.toFixed(0).padStart(6)} MB  target 120 MB`,
    `resident memory at most, ${MATCHES} matches in a row   ${most.toFixed(0).padStart(6)} MB  ${(most - idle.now).toFixed(0)} MB above idle, target 250 MB`,
  ];
}
