import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
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
  regions: async () => (await import('./regions.ts')).regionsSection,
  matching: async () => (await import('./matching.ts')).matchingSection,
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
let ran = 0;
for (const [name, load] of Object.entries(SECTIONS)) {
  if (values.only && name !== values.only) continue;
  ran++;
  const section = await load();
  const started = performance.now();
  const report = await section.run({ sharedDir });
  console.log(`\n== ${section.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  for (const line of report.lines) console.log(line);
  failures.push(...report.failures.map((failure) => `${section.name}: ${failure}`));
}
if (ran === 0) failures.push(`There is no section "${values.only}".`);
console.log(failures.length === 0 ? '\nEvery target is met.' : `\n${failures.length} targets are missed:`);
for (const failure of failures) console.log(`- ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;
