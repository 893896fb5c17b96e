import { join } from 'node:path';
import sharp from 'sharp';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { matchPhotoFile } from '../../src/app/matchPhotoFile.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { calibrateCard } from '../../src/photo/calibration/calibrateCard.ts';
import { detectCard } from '../../src/photo/card/detectCard.ts';
import { decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { medianMs, pairedRatio } from './timing.ts';

const RUNS = 9;

/** The reference of everything about photos: sharp's full decode of the same file in one thread, no colour conversion. */
export function bareDecode(photo: string): Promise<Buffer> {
  return sharp(photo).keepIccProfile().raw().toBuffer();
}

/** Steps of one match in one thread, as ratios to a bare decode. */
export async function benchPhoto(photo: string): Promise<string[]> {
  sharp.concurrency(1);
  sharp.cache(false);
  const catalogs = await loadPalettes(join(projectRoot, 'palettes'));
  const asOf = '2026-11-22';
  const withCard = { options: parseMatchOptions({ palette: 'demo-ash' }), catalogs, asOf };
  const withoutCard = { ...withCard, options: parseMatchOptions({ palette: 'demo-ash', card: 'none' }) };
  const reference = () => bareDecode(photo);
  const decode = await pairedRatio(RUNS, () => decodePhoto(photo), reference);
  const match = await pairedRatio(RUNS, () => matchPhotoFile(photo, withCard), reference);
  const plain = await pairedRatio(RUNS, () => matchPhotoFile(photo, withoutCard), reference);
  const { raster } = await decodePhoto(photo);
  const card = await medianMs(RUNS, () => {
    const found = detectCard(raster);
    return found.found && calibrateCard(found.card.patches);
  });
  const row = (name: string, ms: number, ratio: number) =>
    `${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)} × bare decode`;
  return [
    row('bare sharp full decode, one thread', match.referenceMs, 1),
    row('decode for measuring', decode.ms, decode.ratio),
    row('file to result, with card search', match.ms, match.ratio),
    row('file to result, without card', plain.ms, plain.ratio),
    row('card search and calibration alone', card, card / match.referenceMs),
  ];
}
