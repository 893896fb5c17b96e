import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { type Lab65, lab65 } from '../../src/colour/lab65.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import type { Box, RasterPhoto } from '../../src/photo/rasterPhoto.ts';
import { drawLabels } from '../../src/photo/regions/drawLabels.ts';
import { LABEL, type LabelMap, labelAt } from '../../src/photo/regions/labelMap.ts';
import { proposeRegions, type RegionProposal } from '../../src/photo/regions/proposeRegions.ts';
import { sampleColour } from '../../src/photo/sampling/sampleColour.ts';
import { reducePhoto } from '../../src/photo/workingImage.ts';
import { evaluateScenes } from './regionScenes.ts';
import type { EvaluationReport, EvaluationSection } from './section.ts';

const WORKING_SIDE_PX = 1024;
const FOLDERS = ['scalp', 'smp', 'trichoscopy'];
const TILE_PX = 480;
const TILES_ACROSS = 5;

interface HandBox {
  readonly file: string;
  readonly kind: string;
  readonly box: Box;
  readonly lab: Lab65;
}

function readHandBoxes(sharedDir: string): HandBox[] {
  const lines = readFileSync(join(sharedDir, 'photos/rois.csv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [file, kind, ...text] = line.split(',');
    const [x0, y0, x1, y1, L, a, b] = text.map(Number) as [number, number, number, number, number, number, number];
    return { file: file!, kind: kind!, box: [x0, y0, x1 - x0, y1 - y0], lab: lab65(L, a, b) };
  });
}

function propose(raster: RasterPhoto): RegionProposal {
  return proposeRegions(reducePhoto(raster, WORKING_SIDE_PX), raster);
}

/** Share of the labelled (skin or hair) pixels of a box that have the wanted label; null where none is labelled. */
function shareInBox(labels: LabelMap, [x0, y0, w, h]: Box, wanted: number): { right: number; labelled: number } {
  const counts = [0, 0, 0, 0];
  const step = Math.max(1, Math.floor(Math.min(w, h) / 100));
  for (let y = y0; y < y0 + h; y += step) for (let x = x0; x < x0 + w; x += step) counts[labelAt(labels, x, y)]!++;
  const labelled = counts[LABEL.skin]! + counts[LABEL.hair]!;
  const all = counts.reduce((sum, n) => sum + n, 0);
  return { right: labelled > 0 ? counts[wanted]! / labelled : 0, labelled: labelled / all };
}

/** What somebody saw in each photo: band of the Monk scale and hair colour, from the list of photos. */
function readClasses(sharedDir: string): (file: string, surface: 'skin' | 'hair') => string {
  const lines = readFileSync(join(sharedDir, 'photos/manifest.csv'), 'utf8').split('\n');
  return (file, surface) => {
    const line = lines.find((text) => text.startsWith(`${file},`)) ?? '';
    if (surface === 'skin') return `skin MST ${/skin=MST (\d)/.exec(line)?.[1] ?? 'unknown'}`;
    const hair = /hair=([^;]*)/.exec(line)?.[1] ?? '';
    return `hair ${['black', 'blond', 'white', 'dark', 'brown'].find((word) => hair.includes(word)) ?? 'unknown'}`;
  };
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`.padStart(6);
const show = (lab: Lab65) => [...lab].map((v) => v.toFixed(1).padStart(5)).join(' ');

async function evaluateRealPhotos(sharedDir: string): Promise<EvaluationReport> {
  const lines = [
    'Hand-placed boxes: share labelled at all and labelled right; the file’s median Lab against the list; the robust centre.',
    `${'photo'.padEnd(38)} ${'box'.padEnd(10)} labelled  right   ΔE00(median)  centre              ΔE00(centre)`,
  ];
  const failures: string[] = [];
  const totals = { skin: [0, 0], hair: [0, 0] };
  const classOf = readClasses(sharedDir);
  const classes = new Map<string, [right: number, labelled: number]>();
  for (const { file, kind, box, lab } of readHandBoxes(sharedDir)) {
    const { raster } = await decodePhoto(join(sharedDir, 'photos', file));
    const wanted = kind === 'skin' ? LABEL.skin : LABEL.hair;
    const { right, labelled } = shareInBox(propose(raster).labels, box, wanted);
    // The list was made from the file's own numbers read as sRGB, whatever its profile says.
    const asStored: RasterPhoto = {
      ...raster,
      toLinear: [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR],
      toSrgb: null,
    };
    const surface = kind === 'skin' ? 'skin' : 'hair';
    const colour = sampleColour(asStored, { boxes: [box] }, { surface });
    const medianError = deltaE00(colour.medianLab, lab);
    totals[surface][0]! += right * labelled;
    totals[surface][1]! += labelled;
    const name = classOf(file, surface);
    const [before, of] = classes.get(name) ?? [0, 0];
    classes.set(name, [before + right * labelled, of + labelled]);
    lines.push(
      `${file.padEnd(38)} ${kind.padEnd(10)} ${percent(labelled)}   ${percent(right)}   ${medianError.toFixed(2).padStart(8)}      ${show(colour.lab)}   ${deltaE00(colour.lab, lab).toFixed(2)}`,
    );
    if (medianError > 0.5) failures.push(`${file} ${kind}: sampled median is ${medianError.toFixed(2)} ΔE00 off (0.5)`);
  }
  for (const [name, [right, labelled]] of [...classes].sort(([p], [q]) => p.localeCompare(q))) {
    const share = right / labelled;
    lines.push(`${name.padEnd(16)} ${percent(share)} right (target 80 %)`);
    if (!(share >= 0.8)) failures.push(`${name}: ${percent(share).trim()} labelled right (80 %)`);
  }
  for (const surface of ['skin', 'hair'] as const) {
    const share = totals[surface][0]! / totals[surface][1]!;
    lines.push(`${surface}: ${percent(share)} of labelled box pixels are right (target 90 %)`);
    if (share < 0.9) failures.push(`${surface} boxes: ${percent(share).trim()} labelled right (90 %)`);
  }
  const shareOf = ([right, labelled]: readonly number[]) => right! / labelled!;
  return { lines, failures, figures: { skinBoxes: shareOf(totals.skin), hairBoxes: shareOf(totals.hair) } };
}

export const regionsSection: EvaluationSection = {
  name: 'regions',
  async run({ sharedDir }) {
    const reports: EvaluationReport[] = [];
    if (sharedDir) reports.push(await evaluateRealPhotos(sharedDir));
    else reports.push({ lines: ['Real photos are not mounted.'], failures: [] });
    reports.push(evaluateScenes());
    return {
      lines: reports.flatMap((r) => r.lines),
      failures: reports.flatMap((r) => r.failures),
      figures: Object.assign({}, ...reports.map((r) => r.figures)),
    };
  },
};

async function drawTile(path: string): Promise<Buffer> {
  const { raster } = await decodePhoto(path);
  const { labels, foreign } = propose(raster);
  const shrink = Math.min(TILE_PX / raster.widthPx, TILE_PX / raster.heightPx);
  const width = Math.round(raster.widthPx * shrink);
  const height = Math.round(raster.heightPx * shrink);
  const overlay = Buffer.from(drawLabels(labels, width, height, foreign));
  const photo = await sharp(path).autoOrient().removeAlpha().resize(width, height, { fit: 'fill' }).png().toBuffer();
  const marked = await sharp(photo)
    .composite([{ input: overlay, raw: { width, height, channels: 4 } }])
    .png()
    .toBuffer();
  return sharp(marked).resize(TILE_PX, TILE_PX, { fit: 'contain', background: '#808080' }).png().toBuffer();
}

/** Writes one PNG with every real photo under its proposed regions (skin dots, hair lines, avoid cross-hatch). */
export async function renderOverlaySheet(sharedDir: string, file: string): Promise<void> {
  const paths = FOLDERS.map((folder) => join(sharedDir, 'photos', folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => join(folder, name)),
    );
  const tiles: OverlayOptions[] = [];
  for (const [index, path] of paths.entries()) {
    const left = (index % TILES_ACROSS) * TILE_PX;
    const top = Math.floor(index / TILES_ACROSS) * TILE_PX;
    tiles.push({ input: await drawTile(path), left, top });
  }
  const height = Math.ceil(paths.length / TILES_ACROSS) * TILE_PX;
  const sheet = { width: TILES_ACROSS * TILE_PX, height, channels: 3 as const, background: '#808080' };
  await sharp({ create: sheet }).composite(tiles).png().toFile(file);
}
