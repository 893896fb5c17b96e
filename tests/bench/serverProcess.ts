import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../src/projectRoot.ts';
import { findFreePort } from '../setup/freePort.ts';

/** A server in a process of its own, as `npm start` starts it. */
export interface ServerProcess {
  readonly url: string;
  /** From starting the process to its first page, ms. */
  readonly startUpMs: number;
  /** Resident memory now and at most so far, MB; NaN where the system does not tell. */
  memory(): Promise<{ readonly now: number; readonly most: number }>;
  /** Processor time of all its threads so far, s. */
  cpuSeconds(): Promise<number>;
  /** Counts `most` anew from now on. */
  forgetMost(): Promise<void>;
  stop(): Promise<void>;
}

/** What `npm start` gives to node. */
async function startArguments(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' && node ')[1]!.split(' ');
}

/** @param prepare fills the empty data folder first */
export async function startProcess(
  prepare: (dataDir: string) => Promise<void> = async () => {},
): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'stipple-bench-'));
  await prepare(folder);
  const port = await findFreePort();
  const start = performance.now();
  const child = spawn(process.execPath, await startArguments(), {
    cwd: projectRoot,
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
    async cpuSeconds() {
      const fields =
        (await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async forgetMost() {
      await writeFile(`/proc/${child.pid}/clear_refs`, '5').catch(() => undefined);
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
