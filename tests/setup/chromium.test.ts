import { describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { findOrInstallChromium, type Machine } from './chromium.ts';

/** A machine on which `programs` are there, and installers add `installs` when they are run. */
function createMachine(change: Partial<Machine> & { programs?: string[]; installs?: Record<string, string[]> }) {
  const programs = new Set(change.programs ?? []);
  const commands: string[] = [];
  const machine: Machine = {
    env: { PATH: '/usr/local/bin:/usr/bin' },
    isRoot: false,
    distribution: 'debian',
    playwrightPath: '/cache/chrome',
    isExecutable: (path) => programs.has(path),
    async run(program, args) {
      const command = `${program === process.execPath ? 'playwright' : program} ${args.join(' ')}`;
      commands.push(command.replace(/\S*cli\.js /, ''));
      if (args.includes('--version')) return programs.has(program);
      const installed = Object.entries(change.installs ?? {}).find(([name]) => command.startsWith(name))?.[1];
      for (const path of installed ?? []) programs.add(path);
      return installed !== undefined || args.includes('update');
    },
    ...change,
  };
  return { machine, commands };
}

describe('Chromium', () => {
  it.each([
    [{ programs: ['/usr/bin/chromium', '/usr/bin/google-chrome'] }, '/usr/bin/chromium'],
    [{ programs: ['/usr/bin/google-chrome'] }, '/usr/bin/google-chrome'],
    [{ programs: ['/usr/bin/chromium-browser', '/cache/chrome'] }, '/usr/bin/chromium-browser'],
    [{ programs: ['/cache/chrome'] }, '/cache/chrome'],
    [{ programs: ['/opt/c', '/usr/bin/chromium'], env: { PATH: '/usr/bin', CHROMIUM_PATH: '/opt/c' } }, '/opt/c'],
  ])('of %j is %s, without installing', async (given, path) => {
    const { machine, commands } = createMachine(given);
    expect(await findOrInstallChromium(machine)).toBe(path);
    expect(commands).toEqual([]);
  });

  it('comes from apt-get on Debian as root', async () => {
    const { machine, commands } = createMachine({ isRoot: true, installs: { 'apt-get': ['/usr/bin/chromium'] } });
    expect(await findOrInstallChromium(machine)).toBe('/usr/bin/chromium');
    expect(commands).toEqual([
      'apt-get update',
      'apt-get -o DPkg::Lock::Timeout=300 -y --no-install-recommends install chromium',
      '/usr/bin/chromium --version',
    ]);
  });

  it('comes from playwright-core elsewhere', async () => {
    const installs = { playwright: ['/cache/chrome'] };
    const user = createMachine({ installs });
    expect(await findOrInstallChromium(user.machine)).toBe('/cache/chrome');
    expect(user.commands).toEqual(['playwright install chromium', '/cache/chrome --version']);
    const ubuntu = createMachine({ installs, isRoot: true, distribution: 'ubuntu' });
    expect(await findOrInstallChromium(ubuntu.machine)).toBe('/cache/chrome');
    expect(ubuntu.commands[0]).toBe('playwright install --with-deps chromium');
  });

  it('that is nowhere to be had stops the run with one line', async () => {
    const { machine } = createMachine({ isRoot: true });
    await expect(findOrInstallChromium(machine)).rejects.toThrow(/^The browser tests need Chromium: install .*\.$/);
  });

  it('that is installed but does not start stops the run too', async () => {
    const { machine } = createMachine({ installs: { playwright: ['/cache/chrome'] } });
    const broken: Machine = {
      ...machine,
      run: async (...call) => (await machine.run(...call)) && !call[1].includes('--version'),
    };
    await expect(findOrInstallChromium(broken)).rejects.toThrow('need Chromium');
  });

  it('named wrongly is not replaced by another', async () => {
    const { machine } = createMachine({
      programs: ['/usr/bin/chromium'],
      env: { PATH: '/usr/bin', CHROMIUM_PATH: '/no' },
    });
    await expect(findOrInstallChromium(machine)).rejects.toThrow('CHROMIUM_PATH');
  });
});

it('starts and shows a page', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent('<h1>Stipple</h1>');
    expect(await page.getByRole('heading').innerText()).toBe('Stipple');
  } finally {
    await browser.close();
  }
});
