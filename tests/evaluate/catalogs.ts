import { checkImport, openBase } from '../../src/app/catalogs/readImport.ts';
import { readCatalogText } from '../../src/catalog/catalogText.ts';
import { writeCsv } from '../../src/catalog/formats/writeCsv.ts';
import { validateCatalog } from '../../src/catalog/validateCatalog.ts';
import { answers, mutate, SEEDS, small } from '../fixtures/damagedCatalogs.ts';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';
import { largeLines } from './largeLines.ts';
import type { EvaluationSection } from './section.ts';

const FILES = 2000;
const LONGEST_MS = 5000;
const TODAY = '2026-11-22';

/** Damages each format 2,000 times: nothing may be thrown or hang, and what would be published must be valid. */
async function damage(file: string, seed: Uint8Array): Promise<{ line: string; failures: string[] }> {
  const random = seededRandom(52);
  const base = await openBase(JSON.stringify(small));
  const failures: string[] = [];
  let longestMs = 0;
  let refused = 0;
  for (let at = 0; at < FILES; at++) {
    const bytes = mutate(seed, random.next);
    const started = performance.now();
    try {
      const { check, next } = checkImport(base, { bytes, name: file, answers, today: TODAY });
      if (check.counts.rejected > 0 || check.fileProblems.length > 0) refused += 1;
      const errors = validateCatalog(await readCatalogText(next?.toString() ?? JSON.stringify(small))).problems.filter(
        ({ level }) => level === 'error',
      );
      if (errors.length > 0)
        failures.push(`${file}, file ${at}: would publish ${errors[0]!.path}, ${errors[0]!.found}`);
    } catch (error) {
      failures.push(`${file}, file ${at}: ${String(error)}`);
    }
    longestMs = Math.max(longestMs, performance.now() - started);
  }
  if (longestMs > LONGEST_MS) failures.push(`${file}: one file took ${longestMs.toFixed(0)} ms`);
  const line = `${file.padEnd(8)} ${FILES} damaged files, ${refused} with faults, longest ${longestMs.toFixed(0)} ms`;
  return { line, failures: failures.slice(0, 5) };
}

/** The check of 20,000 rows, with the processor time it takes. */
async function large(): Promise<string> {
  const [shade] = small.shades;
  const shades = Array.from({ length: 20_000 }, (_, at) => ({ ...shade!, code: `X-${at}`, letDowns: [] }));
  const bytes = new TextEncoder().encode(writeCsv({ shades }));
  const base = await openBase(JSON.stringify(small));
  const started = process.cpuUsage();
  const { check } = checkImport(base, { bytes, name: 'large.csv', answers: {}, today: TODAY });
  const { user, system } = process.cpuUsage(started);
  const megabytes = (bytes.length / 1e6).toFixed(0);
  return `${check.counts.rows} rows (${megabytes} MB, spectra) checked in ${((user + system) / 1e6).toFixed(1)} s of processor time`;
}

export const catalogsSection: EvaluationSection = {
  name: 'catalog files',
  async run() {
    const reports = await Promise.all(SEEDS.map(([file, seed]) => damage(file, seed)));
    const shortlists = largeLines();
    return {
      lines: [...reports.map(({ line }) => line), await large(), ...shortlists.lines],
      failures: [...reports.flatMap(({ failures }) => failures), ...shortlists.failures],
    };
  },
};
