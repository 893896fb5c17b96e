import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { matchPhotoFile } from '../../src/app/matchPhotoFile.ts';
import { matchResultSchema } from '../../src/app/matchResult.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { StippleError } from '../../src/errors.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import type { EvaluationSection } from './section.ts';

const FOLDERS = ['scalp', 'smp', 'trichoscopy'];
const labText = (lab: readonly number[] | null | undefined) =>
  (lab ? lab.map((v) => v.toFixed(0)).join('/') : '–').padEnd(10);

/** Every real photo of a head through the whole match: a result or a proper "could not", the same bytes twice. */
export const photosSection: EvaluationSection = {
  name: 'photos',
  async run({ sharedDir }) {
    if (!sharedDir) return { lines: ['No real photos here.'], failures: [] };
    const catalogs = await loadPalettes(join(projectRoot, 'palettes'));
    const request = { options: parseMatchOptions({}), catalogs, asOf: '2026-11-22' };
    const lines = [
      'photo                            outcome         skin       hair       kind     light      confidence top',
    ];
    const failures: string[] = [];
    for (const folder of FOLDERS) {
      for (const file of (await readdir(join(sharedDir, 'photos', folder))).sort()) {
        const path = join(sharedDir, 'photos', folder, file);
        try {
          const { result } = await matchPhotoFile(path, request);
          const again = await matchPhotoFile(path, request);
          if (JSON.stringify(result) !== JSON.stringify(again.result)) failures.push(`${file}: two runs differ`);
          matchResultSchema.parse(result);
          const top = result.recommendations[0];
          lines.push(
            `${file.padEnd(32)} ${result.outcome.padEnd(15)} ${labText(result.skin?.lab)} ${labText(result.hair.lab)} ${result.hair.kind.padEnd(8)} ${result.calibration.method.padEnd(10)} ${result.confidence.level.padEnd(10)} ${top ? `${top.code} ${top.dilution.partsDiluent}:1` : result.confidence.next}`,
          );
        } catch (error) {
          if (error instanceof StippleError && error.code !== 'SMP_INTERNAL') {
            lines.push(`${file.padEnd(32)} refused: ${error.message}`);
          } else failures.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
    return { lines, failures };
  },
};
