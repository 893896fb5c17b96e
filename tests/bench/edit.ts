import { join } from 'node:path';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { matchPhotoFile } from '../../src/app/matchPhotoFile.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { medianMs } from './timing.ts';

const RUNS = 9;
const TARGET_MS = 300;

/** A mask like those the editor sends: hair on the left, skin on the right, a patch of both moved with each edit. */
function paintedMask(step: number): string {
  const rows = Array.from({ length: 210 }, (_, y) =>
    y < 30 || y > 180 ? '280.' : `10.${60 + step}h${20 - step}.60s130.`,
  );
  return `280x210:${rows.join('')}`;
}

/** Measuring again after each edit of the regions, on a photo that is already decoded, as its worker keeps it. */
export async function benchEdits(photo: string): Promise<string[]> {
  const request = { catalogs: await loadPalettes(join(projectRoot, 'palettes')), asOf: '2026-11-22' };
  const first = await matchPhotoFile(photo, { ...request, options: parseMatchOptions({ palette: 'demo-ash' }) });
  const { decoded } = first;
  const again = (options: object) =>
    matchPhotoFile(photo, {
      ...request,
      decoded,
      sha256: first.result.input.sha256,
      options: parseMatchOptions({ palette: 'demo-ash', ...options }),
    });
  let step = 0;
  const [x, y, w, h] = first.result.regions.skin[0]!;
  const patch = await medianMs(RUNS, () => again({ skin: `${x + (step++ % 9)},${y},${w - 9},${h}` }));
  const brush = await medianMs(RUNS, () => again({ mask: paintedMask(step++ % 9) }));
  const avoid = await medianMs(RUNS, () => again({ avoid: `${10 + (step++ % 9)},10,200,200` }));
  const row = (name: string, ms: number) =>
    `${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms  target ${TARGET_MS} ms`;
  return [
    row('measured again after a patch was moved', patch),
    row('measured again after a stroke of the brush', brush),
    row('measured again after something was left out', avoid),
  ];
}
