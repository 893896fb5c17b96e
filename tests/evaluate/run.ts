import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figures } from '../../src/app/accuracy/figures.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { OPEN_TARGETS } from './openTargets.ts';
import type { EvaluationSection } from './section.ts';

/**
 * `npm run evaluate -- [FOLDER] [--only NAME] [--sheet FILE.png] [--write]`: accuracy on synthetic scenes with known truth
 * and on real photos, where FOLDER holds them. `--write` keeps the figures for the README and the page "How Stipple
 * decides". Exits 1 when a target is missed.
 */
const SECTIONS: Readonly<Record<string, () => Promise<EvaluationSection>>> = {
  awkward: async () => (await import('./awkward.ts')).awkwardSection,
  catalogs: async () => (await import('./catalogs.ts')).catalogsSection,
  demo: async () => (await import('./demo.ts')).demoSection,
  optics: async () => (await import('./optics.ts')).opticsSection,
  card: async () => (await import('./card.ts')).cardSection,
  coverage: async () => (await import('./coverage.ts')).coverageSection,
  regions: async () => (await import('./regions.ts')).regionsSection,
  matching: async () => (await import('./matching.ts')).matchingSection,
  learning: async () => (await import('./learning.ts')).learningSection,
  preview: async () => (await import('./preview.ts')).previewSection,
  photos: async () => (await import('./photos.ts')).photosSection,
};

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, sheet: { type: 'string' }, write: { type: 'boolean' } },
  allowPositionals: true,
});
const folder = resolve(positionals[0] ?? '../shared');
const sharedDir = existsSync(folder) ? folder : null;
if (!sharedDir) console.log(`No folder ${positionals[0] ?? '../shared'}: sections that need real photos say so.`);

if (values.sheet) {
  if (!sharedDir) throw new Error('--sheet needs the folder of real photos.');
  const { renderOverlaySheet } = await import('./regions.ts');
  await renderOverlaySheet(sharedDir, values.sheet);
}
const failures: string[] = [];
const open: string[] = [];
const reached: string[] = [];
let ran = 0;
let figures: Partial<Figures> = {};
for (const [name, load] of Object.entries(SECTIONS)) {
  if (values.only && name !== values.only) continue;
  ran++;
  const section = await load();
  const started = performance.now();
  const report = await section.run({ sharedDir });
  figures = { ...figures, ...report.figures };
  console.log(`\n== ${section.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  for (const line of report.lines) console.log(line);
  const listed = OPEN_TARGETS[name] ?? [];
  for (const failure of report.failures) {
    (listed.some((start) => failure.startsWith(start)) ? open : failures).push(`${name}: ${failure}`);
  }
  const met = listed.filter((start) => !report.failures.some((failure) => failure.startsWith(start)));
  reached.push(...met.map((start) => `${name}: ${start}`));
}
if (ran === 0) failures.push(`There is no section "${values.only}".`);
if (values.write) writeFigures(figures);
const print = (heading: string, lines: readonly string[]) => {
  if (lines.length > 0) console.log([`\n${heading}`, ...lines.map((line) => `- ${line}`)].join('\n'));
};
print('Open targets, not reached yet:', open);
print('Open targets that are reached now; take them off the list:', reached);
print('Targets missed:', failures);
if (failures.length === 0) console.log('\nEvery target that is not listed as open is met.');
process.exitCode = failures.length === 0 ? 0 : 1;

/** Adds figures to those measured before, so that a section can be measured again alone. */
function writeFigures(found: Partial<Figures>): void {
  const file = join(projectRoot, 'src/app/accuracy/measured.json');
  const before = JSON.parse(readFileSync(file, 'utf8')) as { figures: Partial<Figures> };
  const rounded = Object.entries(found).map(([name, value]) => [name, Number(value.toPrecision(4))]);
  const kept = { ...before.figures, ...Object.fromEntries(rounded) };
  const text = { measuredOn: new Date().toISOString().slice(0, 10), figures: kept };
  writeFileSync(file, `${JSON.stringify(text, null, 2)}\n`);
}
