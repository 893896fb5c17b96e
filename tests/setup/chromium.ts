import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What the search needs from the machine; the tests give another. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** ID of /etc/os-release, or '' where there is none. */
  readonly distribution: string;
  /** Where playwright-core's installer puts its Chromium. */
  readonly playwrightPath: string;
  isExecutable(path: string): boolean;
  /** Runs a program to its end; true when it succeeded. */
  run(program: string, args: readonly string[]): Promise<boolean>;
}

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
// Not import.meta.resolve: the test runner's own module runner has none.
const INSTALLER = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');

/**
 * Path of a Chromium or Chrome that starts: CHROMIUM_PATH, one on PATH, one playwright-core has installed; where there is
 * none it is installed, on Debian by apt-get as root, elsewhere by playwright-core.
 * @throws Error in one line saying what to install; the tests never pass without a browser
 */
export async function findOrInstallChromium(machine: Machine = thisMachine()): Promise<string> {
  const given = machine.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') {
    if (machine.isExecutable(given)) return given;
    throw new Error(`Expected CHROMIUM_PATH to name a program but received ${given}.`);
  }
  const found = findChromium(machine);
  if (found !== null) return found;
  await install(machine);
  const installed = findChromium(machine);
  if (installed !== null && (await machine.run(installed, ['--version']))) return installed;
  throw new Error('The browser tests need Chromium: install the package "chromium", or set CHROMIUM_PATH to a Chrome.');
}

function findChromium(machine: Machine): string | null {
  const folders = (machine.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...onPath, MAC_CHROME, machine.playwrightPath].find((path) => machine.isExecutable(path)) ?? null;
}

/** Failure shows in the search that follows. */
async function install(machine: Machine): Promise<void> {
  if (machine.isRoot && machine.distribution === 'debian') {
    // Another test process may be installing at the same time: wait for it.
    const apt = ['-o', 'DPkg::Lock::Timeout=300', '-y', '--no-install-recommends'];
    await machine.run('apt-get', ['update']);
    if (await machine.run('apt-get', [...apt, 'install', 'chromium'])) return;
  }
  const systemLibraries = machine.isRoot ? ['--with-deps'] : [];
  await machine.run(process.execPath, [INSTALLER, 'install', ...systemLibraries, 'chromium']);
}

function thisMachine(): Machine {
  return {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    distribution: readDistribution(),
    playwrightPath: chromium.executablePath(),
    isExecutable,
    run,
  };
}

function readDistribution(): string {
  if (!existsSync('/etc/os-release')) return '';
  return /^ID="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function run(program: string, args: readonly string[]): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // What the installers say goes to stderr, where a person who waits for the tests sees it.
  const child = spawn(program, args, { env, stdio: ['ignore', 2, 2] });
  return await new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
