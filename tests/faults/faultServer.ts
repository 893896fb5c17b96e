import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../src/projectRoot.ts';
import { findFreePort } from '../setup/freePort.ts';
import { Visitor } from '../setup/visitor.ts';

export const METRICS_TOKEN = 'faults-only-on-loopback';
const START_PATIENCE_MS = 60_000;

/** A server process of its own, built as `npm start` builds it, that may be killed and started again over the same data. */
export class FaultServer {
  readonly folder: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #output = '';
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
    this.#child = spawn(process.execPath, [join(projectRoot, 'dist/main.js')], {
      env: {
        PATH: process.env.PATH ?? '',
        PORT: String(port),
        DATA_DIR: this.dataDir,
        UPLOAD_DIR: this.uploadDir,
        LOG_LEVEL: 'error',
        TRUST_PROXY: '1',
        METRICS_TOKEN,
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString('utf8')).slice(-100_000);
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

  /** One number of /metrics. */
  async metric(name: string): Promise<number> {
    const answer = await fetch(`${this.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(await answer.text())?.[1]);
  }

  /** Resident memory now and at most so far, MB. */
  async memoryMb(): Promise<{ readonly now: number; readonly most: number }> {
    const status = await readFile(`/proc/${this.#child?.pid}/status`, 'utf8');
    const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1000;
    return { now: read('VmRSS'), most: read('VmHWM') };
  }

  async descriptors(): Promise<number> {
    return (await readdir(`/proc/${this.#child?.pid}/fd`)).length;
  }

  async uploadsLeft(): Promise<number> {
    return (await readdir(this.uploadDir)).length;
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
