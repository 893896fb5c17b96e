import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const MOST_LINES = 400;

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** Runs the project's import rules on the `src` of a folder; returns `rule: from -> to` of each violation. */
async function cruise(folder: string): Promise<{ modules: number; violations: string[] }> {
  const program = join(root, 'node_modules/.bin/depcruise');
  const config = join(root, '.dependency-cruiser.cjs');
  const child = spawn(process.execPath, [program, 'src', '--config', config, '--output-type', 'json'], { cwd: folder });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('utf8');
  });
  await new Promise((resolve) => child.once('close', resolve));
  if (output === '') throw new Error(`dependency-cruiser said nothing but: ${complaints}`);
  const { summary } = JSON.parse(output) as Cruise;
  const violations = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  return { modules: summary.totalCruised, violations: violations.sort() };
}

/** A small project with the real rules, in which each file imports what is given. */
async function writeProject(folder: string, files: Record<string, string[]>): Promise<void> {
  await writeFile(join(folder, 'tsconfig.json'), await readFile(join(root, 'tsconfig.json')));
  await writeFile(join(folder, 'package.json'), await readFile(join(root, 'package.json')));
  for (const name of ['culori', 'zod', 'vitest']) {
    const packageFolder = join(folder, 'node_modules', name);
    await mkdir(packageFolder, { recursive: true });
    await writeFile(join(packageFolder, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    await writeFile(join(packageFolder, 'index.js'), '');
  }
  for (const [file, imports] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    const lines = imports.map((target, i) => `import * as i${i} from '${target}';\nexport const e${i} = i${i};\n`);
    await writeFile(join(folder, file), `${lines.join('')}export const here = '${file}';\n`);
  }
}

describe('import rules', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stipple-imports-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('hold in this project, and see its modules', async () => {
    const { modules, violations } = await cruise(root);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(60);
  });

  it('fail for every kind of violation', async () => {
    await writeProject(folder, {
      'src/errors.ts': [],
      'src/config.ts': [],
      'src/build.ts': [],
      'src/main.ts': ['./web/server.ts', './config.ts'],
      'src/colour/lab.ts': ['../errors.ts', 'culori'],
      'src/colour/reads.ts': ['node:fs', 'zod'],
      'src/optics/skin.ts': ['../colour/lab.ts', '../matching/rank.ts'],
      'src/language/words.ts': ['../storage/repo.ts', 'node:fs'],
      'src/matching/rank.ts': ['../colour/lab.ts', '../language/words.ts'],
      'src/photo/decode.ts': ['../storage/repo.ts', '../colour/lab.ts'],
      'src/storage/repo.ts': ['../web/server.ts'],
      'src/app/use.ts': ['../photo/decode.ts', '../config.ts'],
      'src/web/server.ts': ['../app/use.ts', '../main.ts'],
      'src/client/page.ts': ['../storage/repo.ts', 'vitest'],
      'src/preview/dots.ts': ['../../tests/help.ts', 'node:fs'],
      'tests/help.ts': [],
    });
    const { violations } = await cruise(folder);
    const named = violations.map((violation) => violation.replace(/node_modules\/.*/, 'package'));
    const expected = [
      'client-imports: src/client/page.ts -> src/storage/repo.ts',
      'colour-imports-culori-only: src/colour/reads.ts -> package',
      'config-is-passed-in: src/app/use.ts -> src/config.ts',
      'language-imports: src/language/words.ts -> src/storage/repo.ts',
      'no-development-packages-at-run-time: src/client/page.ts -> package',
      'nobody-imports-an-entry-point: src/web/server.ts -> src/main.ts',
      'optics-imports: src/optics/skin.ts -> src/matching/rank.ts',
      'photo-imports: src/photo/decode.ts -> src/storage/repo.ts',
      'pure-modules-use-no-node: src/colour/reads.ts -> fs',
      'pure-modules-use-no-node: src/language/words.ts -> fs',
      'pure-modules-use-no-node: src/preview/dots.ts -> fs',
      'src-never-imports-tests: src/preview/dots.ts -> tests/help.ts',
      'storage-imports: src/storage/repo.ts -> src/web/server.ts',
    ];
    for (const violation of expected) expect(named).toContain(violation);
    expect(named.some((violation) => violation.startsWith('no-circular: '))).toBe(true);
    // What is allowed is not complained about.
    expect(named.filter((violation) => /src\/colour\/lab\.ts|-> src\/language/.test(violation))).toEqual([]);
  });
});

it(`keeps every file of src and tests under ${MOST_LINES} lines`, async () => {
  const folders = ['src', 'tests', 'views', 'public/css'];
  const found = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })));
  const files = folders
    .flatMap((folder, i) => (found[i] ?? []).map((file) => `${folder}/${file}`))
    .filter((file) => /\.(ts|ejs|css)$/.test(file));
  expect(files.length).toBeGreaterThan(60);
  const long: string[] = [];
  for (const file of files) {
    const lines = (await readFile(join(root, file), 'utf8')).split('\n').length - 1;
    if (lines > MOST_LINES) long.push(`${file}: ${lines}`);
  }
  expect(long).toEqual([]);
});
