import { join } from 'node:path';
import sharp from 'sharp';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { matchPhotoFile } from '../../src/app/matchPhotoFile.ts';
import { parsePreviewOptions } from '../../src/app/previewOptions.ts';
import { previewScene } from '../../src/app/previewScene.ts';
import { pigmentOfShade, previewShade } from '../../src/app/previewShade.ts';
import type { PreviewAnswer, PreviewTask } from '../../src/app/renderPreview.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { readMask } from '../../src/masks/maskText.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { shownPixels, writeKeptPhoto } from '../../src/photo/decode/writeKeptPhoto.ts';
import { createPhotoPool } from '../../src/photo/photoPool.ts';
import { createPreviewer, type PreviewRequest } from '../../src/preview/previewer.ts';
import { AUTO_AREA, readArea } from '../../src/preview/treatedArea.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { bareDecode } from './photo.ts';
import { firstMs, pairedRatio, ratioRow, WARM_UP_WORKER } from './timing.ts';

const RUNS = 9;
const STUDIO_SIDE_PX = 1024;
/** 2 MP at the photo's 4:3. */
const SERVER_SIDE_PX = 1633;

/** Previews: a whole one in a worker, and what one change costs in the studio page (the same code, in Node). */
export async function benchPreview(photo: string): Promise<string[]> {
  sharp.concurrency(1);
  sharp.cache(false);
  const catalogs = (await loadPalettes(join(projectRoot, 'palettes'))).filter(({ id }) => id === 'demo-ash');
  const request = { options: parseMatchOptions({ palette: 'demo-ash' }), catalogs, asOf: '2026-11-22' };
  const { result, labels, decoded } = await matchPhotoFile(photo, request);
  const options = parsePreviewOptions({});
  const shade = previewShade(result, options, null);
  const pigment = pigmentOfShade(shade, catalogs, 1);
  const settings = { gapMm: null, cardType: undefined };

  const stored = await writeKeptPhoto(decoded.raster, SERVER_SIDE_PX, 85);
  const large = await shownPixels(decoded.raster, SERVER_SIDE_PX);
  const scene = previewScene(result, labels, large, settings);
  const question = { scene, shade, strength: 1, options };
  // As on a server: the built worker, in a thread of its own.
  const pool = createPhotoPool({
    workerFile: join(projectRoot, 'dist/photoWorker.js'),
    threads: 1,
    maxQueue: 1,
    timeoutMs: 60_000,
  });

  const pixels = await shownPixels(decoded.raster, STUDIO_SIDE_PX);
  const small = previewScene(result, labels, pixels, settings);
  const previewer = createPreviewer({
    picture: { ...pixels, channels: 3 },
    regions: readMask(small.regions),
    pxPerMm: small.scale.pxPerMm,
    table: buildClientTable(lab65(...small.skin)),
    hand: small.hand,
  });
  const plain: PreviewRequest = {
    ...{ pigment, partsDiluent: 8, stage: 'healed', density: 'medium', session: 3, light: 'd65', treatment: 'shaved' },
    ...{ area: AUTO_AREA, seed: 1, mirror: false },
  };
  let turn = 0;
  const next = (change: (turn: number) => Partial<PreviewRequest>) => () =>
    previewer.render({ ...plain, ...change(turn++) });
  const densities = ['light', 'medium', 'full'] as const;
  const sessions = [1, 2, 3] as const;

  const inWorker = () =>
    pool.run<PreviewAnswer>({ kind: 'preview', photo: stored, question, catalogs } satisfies PreviewTask);
  const rows: [string, () => unknown, string][] = [
    [`another shade at ${STUDIO_SIDE_PX} px`, next((n) => ({ partsDiluent: 4 + (n % 17) })), '100 ms'],
    ['another light', next((n) => ({ light: n % 2 ? 'a' : 'led' })), '100 ms'],
    [
      'other dots (session and density)',
      next((n) => ({ density: densities[n % 3]!, session: sessions[Math.floor(n / 3) % 3]! })),
      '',
    ],
    ['another area', next((n) => ({ area: readArea(`auto.e1e${(300 + n).toString(36).padStart(2, '0')}8c`)! })), ''],
  ];
  const lines: string[] = [];
  const reference = () => bareDecode(photo);
  try {
    const first = await firstMs(inWorker);
    const whole = await pairedRatio(RUNS, inWorker, reference, WARM_UP_WORKER);
    const megapixels = ((large.widthPx * large.heightPx) / 1e6).toFixed(1);
    lines.push(
      ratioRow(`preview of ${megapixels} MP in a worker, JPEG to JPEG`, whole, `150 ms; the thread's first ${first}`),
    );
    for (const [name, work, target] of rows) {
      lines.push(ratioRow(name, await pairedRatio(RUNS, work, reference), target));
    }
  } finally {
    await pool.close();
  }
  return lines;
}
