import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { matchPhotoFile } from '../../src/app/matchPhotoFile.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { projectRoot } from '../../src/projectRoot.ts';

/** Processor time instead of a clock: a busy machine does not change it, and one free core needs no longer than this. */
const MOST_CPU_SECONDS = 5;

it('measures the demo from file to recipe within five seconds of one core', async () => {
  const catalogs = (await loadPalettes(join(projectRoot, 'palettes'))).filter(({ id }) => id === 'demo-ash');
  const request = { options: parseMatchOptions({ palette: 'demo-ash' }), catalogs, asOf: '2026-11-22' };
  const before = process.cpuUsage();
  const { result } = await matchPhotoFile(join(projectRoot, 'public/demo/scalp-with-card.jpg'), request);
  const { user, system } = process.cpuUsage(before);
  expect(result.recommendations.length).toBeGreaterThan(0);
  expect((user + system) / 1e6).toBeLessThan(MOST_CPU_SECONDS);
});
