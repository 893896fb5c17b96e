import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OPEN_TARGETS } from './openTargets.ts';
import type { EvaluationSection } from './section.ts';

/**
 * `npm run evaluate -- [FOLDER] [--only NAME] [--sheet FILE.png]`: accuracy on synthetic scenes with known truth and on
 * real photos, where FOLDER holds them. Exits 1 when a target is missed.
 */
const SECTIONS: Readonly<Record<string, () => Promise<EvaluationSection>>> = {
  awkward: async () => (await import('./awkward.ts')).awkwardSection,
  demo: async () => (await import('./demo.ts')).demoSection,
  optics: async () => (await import('./optics.ts')).opticsSection,
  card: async () => (await import('./card.ts')).cardSection,
  coverage: async () => (await import('./coverage.ts')).coverageSection,
  regions: async () => (await import('./regions.ts')).regionsSection,
  matching: async () => (await import('./matching.ts')).matchingSection,
  learning: async () => (await import('./learning.ts')).learningSection,
  photos: async () => (await import('./photos.ts')).photosSection,
};

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, sheet: { type: 'string' } },
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
for (const [name, load] of Object.entries(SECTIONS)) {
  if (values.only && name !== values.only) continue;
  ran++;
  const section = await load();
  const started = performance.now();
  const report = await section.run({ sharedDir });
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
const print = (heading: string, lines: readonly string[]) => {
  if (lines.length > 0) console.log([`\n${heading}`, ...lines.map((line) => `- ${line}`)].join('\n'));
};
print('Open targets, not reached yet:', open);
print('Open targets that are reached now; take them off the list:', reached);
print('Targets missed:', failures);
if (failures.length === 0) console.log('\nEvery target that is not listed as open is met.');
process.exitCode = failures.length === 0 ? 0 : 1;
