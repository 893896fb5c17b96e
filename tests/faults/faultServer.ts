import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../src/projectRoot.ts';
import { findFreePort } from '../setup/freePort.ts';
import { Visitor } from '../setup/visitor.ts';

const START_PATIENCE_MS = 60_000;
const END_PATIENCE_MS = 10_000;
const HOOKS = ['--expose-gc', '--import', new URL('./hooks.mjs', import.meta.url).href];

/** A server process of its own, built as `npm start` builds it, that may be killed and started again over the same data. */
export class FaultServer {
  readonly folder: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #output = '';
  #heapMb: number | null = null;
  url = '';

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#env = env;
  }

  /** @param env settings besides those that keep it on loopback in a folder of its own */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<FaultServer> {
    const server = new FaultServer(await mkdtemp(join(tmpdir(), 'stipple-faults-')), env);
    await server.start();
    return server;
  }

  get dataDir(): string {
    return this.#env.DATA_DIR ?? join(this.folder, 'data');
  }

  /** While this file is there every photo worker dies, and says so with a dot in `….log`. */
  get crashFile(): string {
    return join(this.folder, 'crash');
  }

  get uploadDir(): string {
    return join(this.folder, 'uploads');
  }

  /** Everything the process has said since it was started last. */
  get output(): string {
    return this.#output;
  }

  async start(): Promise<void> {
    const port = await findFreePort();
    this.url = `http://127.0.0.1:${port}`;
    this.#output = '';
    this.#child = spawn(process.execPath, [...HOOKS, join(projectRoot, 'dist/main.js')], {
      env: {
        PATH: process.env.PATH ?? '',
        PORT: String(port),
        DATA_DIR: this.dataDir,
        UPLOAD_DIR: this.uploadDir,
        LOG_LEVEL: 'error',
        TRUST_PROXY: '1',
        CRASH_FILE: this.crashFile,
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        const said = chunk.toString('utf8');
        this.#output = (this.#output + said).slice(-100_000);
        const heap = /heap after collection (\d+)\n/.exec(said)?.[1];
        if (heap !== undefined) this.#heapMb = Number(heap) / 1e6;
      });
    }
    const lateMs = Date.now() + START_PATIENCE_MS;
    while (!this.#output.includes('is ready at')) {
      if (!this.isRunning() || Date.now() > lateMs) throw new Error(`The server did not start: ${this.#output}`);
      await wait(10);
    }
  }

  isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends the process: at once and without warning (SIGKILL), or after accepted work is done (SIGTERM). */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning()) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async close(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Makes the first account and returns its owner's browser. */
  async setUp(): Promise<Visitor> {
    // The link is said a moment after the address.
    while (!/\/setup\/\S+\n/.test(this.#output)) await wait(10);
    const link = /\/setup\/\S+/.exec(this.#output)?.[0] ?? '';
    const owner = new Visitor(this.url);
    const answer = await owner.post(link, {
      kind: 'studio',
      organisationName: 'Studio Nord',
      signInName: 'ada',
      displayName: 'Ada',
      password: 'several unrelated words',
    });
    if (answer.status !== 303) throw new Error(`Expected an account but received ${answer.status}.`);
    return owner;
  }

  /** The same browser at the address the server has now. */
  revisit(visitor: Visitor): Visitor {
    return new Visitor(this.url, { stipple: visitor.cookie('stipple') });
  }

  /** Resident memory now and at most so far, MB. */
  async memoryMb(): Promise<{ readonly now: number; readonly most: number }> {
    const status = await readFile(`/proc/${this.#child?.pid}/status`, 'utf8');
    const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1000;
    return { now: read('VmRSS'), most: read('VmHWM') };
  }

  /** Heap in use once everything that may be collected was, MB. */
  async heapMb(): Promise<number> {
    this.#heapMb = null;
    this.#child?.kill('SIGUSR2');
    for (let turn = 0; turn < 500; turn++) {
      if (this.#heapMb !== null) return this.#heapMb;
      await wait(20);
    }
    throw new Error('Expected the server to say how full its heap is but it said nothing.');
  }

  async descriptors(): Promise<number> {
    return (await readdir(`/proc/${this.#child?.pid}/fd`)).length;
  }

  /** Uploads that are still there once what was being answered is over; a busy machine may need some seconds for that. */
  async uploadsLeft(): Promise<number> {
    const lateMs = Date.now() + END_PATIENCE_MS;
    for (;;) {
      const { length } = await readdir(this.uploadDir);
      if (length === 0 || Date.now() > lateMs) return length;
      await wait(100);
    }
  }
}

let addresses = 0;
/** A header that makes a request count as another address's, so that rate limits do not answer in place of the code behind. */
export function fromElsewhere(): Record<string, string> {
  addresses += 1;
  return { 'x-forwarded-for': `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}` };
}

/** Sends a photo through the form; the answer as it comes. */
export function sendPhoto(visitor: Visitor, photo: Blob, path = '/matches'): Promise<Response> {
  const form = new FormData();
  form.set('palette', 'demo-ash');
  form.set('photo', photo, 'photo.jpg');
  return visitor.fetch(path, { method: 'POST', body: form, headers: fromElsewhere() });
}
