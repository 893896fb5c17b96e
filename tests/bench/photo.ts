import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import type { MatchReply, MatchTask } from '../../src/app/photoTask.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { calibrateCard } from '../../src/photo/calibration/calibrateCard.ts';
import { detectCard } from '../../src/photo/card/detectCard.ts';
import { decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import { createPhotoPool } from '../../src/photo/photoPool.ts';
import { releaseMemory } from '../../src/photo/releasePhoto.ts';
import { reducePhoto } from '../../src/photo/workingImage.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { bothAtOnce, busyRow, firstMs, pairedRatio, ratioRow, WARM_UP_WORKER } from './timing.ts';

const RUNS = 9;
/** Other sizes of the same photo: how time grows with pixels. */
const OTHER_SIZES = [
  { name: '2 MP', widthPx: 1632, heightPx: 1224 },
  { name: '48 MP', widthPx: 8000, heightPx: 6000 },
] as const;
const OTHER_RUNS = 5;

/** The reference of everything about photos: sharp's full decode of the same file in one thread, no colour conversion. */
export async function bareDecode(photo: string): Promise<void> {
  const pixels = await sharp(photo).keepIccProfile().raw().toBuffer();
  // Else clearing it away would fall into the work that is measured next.
  releaseMemory(pixels.buffer);
}

/** Steps of one match, as ratios to a bare decode; whole matches in the built worker, in a thread of its own, as on a server. */
export async function benchPhoto(photo: string): Promise<string[]> {
  sharp.concurrency(1);
  sharp.cache(false);
  const catalogs = await loadPalettes(join(projectRoot, 'palettes'));
  const asOf = '2026-11-22';
  const withCard = parseMatchOptions({ palette: 'demo-ash' });
  const withoutCard = parseMatchOptions({ palette: 'demo-ash', card: 'none' });
  const pool = createPhotoPool({
    workerFile: join(projectRoot, 'dist/photoWorker.js'),
    threads: 2,
    maxQueue: 1,
    timeoutMs: 60_000,
  });
  const matchWith = (path: string, options: MatchTask['options']) =>
    pool.run<MatchReply>({
      ...{ kind: 'match', path, options, catalogs, asOf },
      ...{ sha256: null, port: null, displaySidePx: null },
    } satisfies MatchTask);
  const reference = () => bareDecode(photo);
  const decode = await pairedRatio(RUNS, () => decodePhoto(photo), reference);
  const first = await firstMs(() => matchWith(photo, withCard));
  const match = await pairedRatio(RUNS, () => matchWith(photo, withCard), reference, WARM_UP_WORKER);
  const plain = await pairedRatio(RUNS, () => matchWith(photo, withoutCard), reference, WARM_UP_WORKER);
  const { raster } = await decodePhoto(photo);
  const working = reducePhoto(raster, 1024);
  const findCard = () => {
    const found = detectCard(raster, working);
    return (
      found.found && calibrateCard(found.card.patches, { diagonalPx: Math.hypot(raster.widthPx, raster.heightPx) })
    );
  };
  const card = await pairedRatio(RUNS, findCard, reference);
  const { ms, cpuMs } = match.reference;
  const matchAgain = () => matchWith(photo, withCard);
  // The second thread has to compile what it does, too.
  for (let i = 0; i < WARM_UP_WORKER; i++) await bothAtOnce(matchAgain);
  const busy = await busyRow('files to results per second, 2 threads', matchAgain, () => bareDecode(photo), '45 %');
  const sizes = await benchSizes(photo, (file) => matchWith(file, withCard));
  await pool.close();
  return [
    `${'bare sharp full decode, one thread'.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms  ${cpuMs.toFixed(0)} ms of processor time`,
    ratioRow('decode for measuring', decode),
    ratioRow('file to result, with card search', match, `2.5; the thread's first ${first}`),
    ratioRow('file to result, without card', plain, '2.0'),
    ratioRow('card search and calibration alone', card, '120 ms'),
    busy,
    ...sizes,
  ];
}

async function benchSizes(photo: string, match: (file: string) => Promise<unknown>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stipple-bench-'));
  const rows: string[] = [];
  for (const { name, widthPx, heightPx } of OTHER_SIZES) {
    const file = join(folder, `${name}.jpg`);
    await sharp(photo).keepIccProfile().resize(widthPx, heightPx).jpeg({ quality: 92 }).toFile(file);
    const compared = await pairedRatio(
      OTHER_RUNS,
      () => match(file),
      () => bareDecode(file),
      2,
    );
    rows.push(ratioRow(`the same at ${name}, with card search`, compared));
  }
  await rm(folder, { recursive: true });
  return rows;
}
