import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/matching/seededRandom.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { applyMutant, type Mutant, makeMutants } from './makeMutants.ts';
import { makeTestsOf } from './testsOf.ts';

/**
 * `npm run mutants -- --count 60 --seed 1 --folder matching --folder optics`: makes small faults in the pure code, one at
 * a time and in a copy, and counts how many the tests of the same folder notice. Prints the score and the survivors.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', multiple: true, default: ['matching', 'optics'] },
    /** Only files whose path contains this. */
    only: { type: 'string', default: '' },
  },
});

/** A mutant that makes a loop endless is noticed by its time: on a busy machine too these tests take less. */
const TIMEOUT_MS = 300_000;

interface Placed extends Mutant {
  readonly folder: string;
  /** Under the root. */
  readonly file: string;
}

/** TypeScript files under a folder of the copy, as paths under its root. */
function filesUnder(copy: string, folder: string, ending: string): string[] {
  const names = readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

function makeCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  for (const part of ['src', 'tests', 'palettes', 'package.json', 'tsconfig.json']) {
    cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function passes(copy: string, tests: readonly string[]): boolean {
  const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const flags = [
    '--config',
    'tests/coverage.config.ts',
    '--bail',
    '1',
    '--pool',
    'threads',
    '--no-isolate',
    '--maxWorkers',
    '1',
  ];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...flags, ...tests], {
    cwd: copy,
    stdio: 'ignore',
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  return status === 0;
}

function chooseMutants(copy: string): Placed[] {
  const all = values.folder.flatMap((folder) =>
    filesUnder(copy, `src/${folder}`, '.ts')
      .filter((file) => file.includes(values.only))
      .flatMap((file) =>
        makeMutants(readFileSync(join(copy, file), 'utf8')).map((mutant): Placed => ({ ...mutant, folder, file })),
      ),
  );
  console.log(`${all.length} mutants can be made; ${Math.min(all.length, Number(values.count))} are tried.`);
  const random = seededRandom(Number(values.seed));
  return all
    .map((mutant) => ({ mutant, at: random.uniform() }))
    .sort((one, other) => one.at - other.at)
    .slice(0, Number(values.count))
    .map(({ mutant }) => mutant);
}

const scoreWords = (killed: number, tried: number): string =>
  `${killed} of ${tried} noticed (${Math.round((100 * killed) / Math.max(1, tried))} %)`;

const copy = makeCopy();
try {
  const mutants = chooseMutants(copy);
  const tests = new Map(
    values.folder.map((folder) => [
      folder,
      makeTestsOf(filesUnder(copy, `tests/${folder}`, '.test.ts').map((test) => join(copy, test))),
    ]),
  );
  if (
    !passes(
      copy,
      values.folder.map((folder) => `tests/${folder}/`),
    )
  ) {
    throw new Error('The tests fail without a mutant: put them right first.');
  }
  const survivors: Placed[] = [];
  for (const mutant of mutants) {
    const path = join(copy, mutant.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, applyMutant(text, mutant));
    const [nearest, ...others] = tests.get(mutant.folder)!(path);
    const survived =
      nearest === undefined || (passes(copy, [nearest]) && (others.length === 0 || passes(copy, others)));
    writeFileSync(path, text);
    if (survived) survivors.push(mutant);
    const change = `${mutant.before} → ${mutant.after}`.replaceAll(/\s+/g, ' ').slice(0, 90);
    console.log(`${survived ? 'SURVIVED' : 'noticed '} ${mutant.file}:${mutant.line} ${mutant.operator}: ${change}`);
  }
  for (const folder of values.folder) {
    const tried = mutants.filter((mutant) => mutant.folder === folder).length;
    const left = survivors.filter((mutant) => mutant.folder === folder).length;
    console.log(`src/${folder}: ${scoreWords(tried - left, tried)}`);
  }
  console.log(`All: ${scoreWords(mutants.length - survivors.length, mutants.length)}`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
