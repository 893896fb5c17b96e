import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectCard } from '../../src/photo/card/detectCard.ts';
import { decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import { type CardPhoto, judgeHeldOutPatches } from './heldOutPatches.ts';
import type { EvaluationReport } from './section.ts';

/** Corners of the OpenCV boxes, which lie about 0.09 pitches outside the patches and are good to about a tenth of a pitch. */
type KnownCorners = readonly (readonly [number, number])[];

/** Quarter turns by eye of the photos that have no known corners. */
const TURNS_BY_EYE: Readonly<Record<string, number>> = {
  'calibrite-passport.png': 3,
  'classic.png': 1,
  'colorchecker-classic-mini.jpg': 3,
  'detect_color_card.png': 1,
  'find_color_card.jpg': 2,
  'multiple_color_card.jpg': 1,
  'nano.jpeg': 0,
  'tilted_color_card.jpg': 3,
};
/** Its three cards have patches of three pixels; the honest answer is "too small". */
const TOO_SMALL = 'hstack.jpg';
/** Distance from the OpenCV corners that still is the same card the same way round. */
const SAME_CORNER_PITCHES = 0.5;
const HEADS = ['scalp', 'smp', 'trichoscopy'];

/** Real photos: cards found and the right way round, none where there is none, held-out patches after correction. */
export async function evaluateCardPhotos(sharedDir: string): Promise<EvaluationReport> {
  const lines: string[] = [];
  const failures: string[] = [];
  const folders = [join(sharedDir, 'photos/colorchecker'), join(sharedDir, 'data/plantcv')];
  const charts = JSON.parse(readFileSync(join(folders[0]!, 'charts.json'), 'utf8')).charts as Record<
    string,
    { corners_px: KnownCorners }[]
  >;
  const photos: CardPhoto[] = [];
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((file) => /[.](jpe?g|png)$/.test(file))) {
      const { raster } = await decodePhoto(join(folder, name));
      photos.push({ name, raster, detection: detectCard(raster) });
    }
  }
  lines.push('photo                          card    turn margin patches  corners from OpenCV, % of diagonal');
  for (const photo of photos) judgeDetection(photo, charts[photo.name]?.[0]?.corners_px, lines, failures);
  await judgeFalseCards(sharedDir, lines, failures);
  const heldOut = judgeHeldOutPatches(photos, folders[0]!);
  return { ...heldOut, lines: [...lines, '', ...heldOut.lines], failures: [...failures, ...heldOut.failures] };
}

function judgeDetection(photo: CardPhoto, known: KnownCorners | undefined, lines: string[], failures: string[]): void {
  const { name, detection, raster } = photo;
  if (!detection.found) {
    lines.push(`${name.padEnd(30)} ${detection.reason}`);
    if (name !== TOO_SMALL || detection.reason !== 'tooSmall') failures.push(`${name}: no card found`);
    return;
  }
  const { card } = detection;
  const diagonal = Math.hypot(raster.widthPx, raster.heightPx);
  const offsets = known?.map(([x, y], i) => Math.hypot(x - card.corners[i]![0], y - card.corners[i]![1]));
  const faults = card.patches.filter((patch) => patch.fault).length;
  lines.push(
    `${name.padEnd(30)} found   ${card.rotationQuarterTurns}    ${card.margin.toFixed(1).padStart(5)}  ${24 - faults}/24  ${
      offsets?.map((offset) => ((100 * offset) / diagonal).toFixed(2)).join('  ') ?? 'by eye'
    }`,
  );
  const rightWay = offsets
    ? Math.max(...offsets) < SAME_CORNER_PITCHES * card.pitchPx
    : card.rotationQuarterTurns === TURNS_BY_EYE[name];
  if (!rightWay) failures.push(`${name}: the card is read the wrong way round`);
}

async function judgeFalseCards(sharedDir: string, lines: string[], failures: string[]): Promise<void> {
  let photos = 0;
  for (const folder of HEADS) {
    for (const name of readdirSync(join(sharedDir, 'photos', folder))) {
      const { raster } = await decodePhoto(join(sharedDir, 'photos', folder, name));
      const detection = detectCard(raster);
      photos++;
      if (detection.found || detection.reason !== 'none') failures.push(`${name}: a card where there is none`);
    }
  }
  lines.push(`Photos without a card: ${photos}, none read as one unless listed below.`);
}
