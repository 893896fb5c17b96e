import { join } from 'node:path';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import type { Lab65 } from '../../src/colour/lab65.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { type LinearRgb, lab65ToLinearSrgb, linearSrgbToLab65 } from '../../src/colour/xyzLab.ts';
import { buildClientTable, type ClientTable } from '../../src/optics/clientTable.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { CARBON_SCATTER_RATIO, CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';
import { decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import { shownPixels } from '../../src/photo/decode/writeKeptPhoto.ts';
import type { Box, RasterPhoto } from '../../src/photo/rasterPhoto.ts';
import { sampleColour } from '../../src/photo/sampling/sampleColour.ts';
import { measureStubble, type StubbleMeasurement } from '../../src/photo/stubble/measureStubble.ts';
import type { Picture } from '../../src/preview/picture.ts';
import { createPreviewer } from '../../src/preview/previewer.ts';
import type { TreatedArea } from '../../src/preview/treatedArea.ts';
import type { EvaluationSection } from './section.ts';

/** A photo of one head before and after, with boxes placed by hand: untreated skin and the treated scalp of each half. */
interface Pair {
  readonly file: string;
  readonly before: { readonly bare: Box; readonly scalp: Box };
  readonly after: { readonly bare: Box; readonly scalp: Box };
  /** From the width of the head, about. */
  readonly pxPerMm: { readonly before: number; readonly after: number };
}

const PAIRS: readonly Pair[] = [
  {
    file: 'bsmp_before_after_brown.jpg',
    before: { bare: [270, 95, 80, 50], scalp: [330, 560, 220, 260] },
    after: { bare: [900, 95, 60, 35], scalp: [720, 580, 200, 260] },
    pxPerMm: { before: 7, after: 7 },
  },
  {
    file: 'bsmp_shaved_brown_after.jpg',
    before: { bare: [880, 1165, 120, 40], scalp: [780, 1360, 160, 140] },
    after: { bare: [380, 85, 130, 25], scalp: [620, 800, 200, 160] },
    pxPerMm: { before: 4, after: 7 },
  },
  {
    file: 'bsmp_female_part_before_after.jpg',
    before: { bare: [285, 330, 14, 90], scalp: [275, 320, 30, 110] },
    after: { bare: [900, 10, 80, 14], scalp: [940, 190, 30, 160] },
    pxPerMm: { before: 3.5, after: 3.5 },
  },
];
const MOST_DELTA_E00 = 3;

function meanIn({ widthPx, channels, data }: Picture, [x, y, w, h]: Box): LinearRgb {
  const sum: [number, number, number] = [0, 0, 0];
  for (let row = y; row < y + h; row++)
    for (let column = x; column < x + w; column++)
      for (let c = 0; c < 3; c++) sum[c]! += SRGB8_TO_LINEAR[data[(row * widthPx + column) * channels + c]!]! / (w * h);
  return sum;
}

/** `colour` as it would be where the light makes `from` of the same skin look like `to`. */
const relight = (colour: LinearRgb, from: LinearRgb, to: LinearRgb): LinearRgb =>
  colour.map((value, c) => (value * to[c]!) / Math.max(1e-3, from[c]!)) as unknown as LinearRgb;

const luminance = (lab: Lab65): number =>
  lab65ToLinearSrgb(lab).reduce((sum, v, c) => sum + v * [0.213, 0.715, 0.072][c]!, 0);

interface Hand {
  readonly densityPerCm2: number;
  readonly diameterMm: number;
}

/** The dots that would have been measured: as many, as wide, and black thinned until a dot is as dark against the skin. */
function dotsLike(
  table: ClientTable,
  measured: StubbleMeasurement,
  pxPerMm: number,
  darkness: number,
): { hand: Hand; pigment: Pigment } {
  const diameterMm = Math.min(0.6, Math.max(0.12, measured.diameterPx / pxPerMm));
  const densityPerCm2 = Math.min(600, (4 * measured.coveragePercent) / (Math.PI * diameterMm * diameterMm));
  const hand = { densityPerCm2, diameterMm };
  const black = (neatTau: number): Pigment => ({
    neatTau,
    shape: CARBON_SHAPE,
    scatterRatio: CARBON_SCATTER_RATIO,
    basis: 'spectral',
    sigmaLogTau: 0,
  });
  let [weak, strong] = [Math.log(0.01), Math.log(60)];
  for (let step = 0; step < 40; step++) {
    const middle = (weak + strong) / 2;
    const { dot } = predictHealed(table, black(Math.exp(middle)), { ...DEFAULT_APPLICATION, ...hand });
    if (luminance(dot) / luminance(table.skin) > darkness) weak = middle;
    else strong = middle;
  }
  return { hand, pigment: black(Math.exp(strong)) };
}

function boxArea([x, y, w, h]: Box, { widthPx, heightPx }: Picture, margin: number): TreatedArea {
  const corner = (px: number, py: number) => [(1000 * px) / widthPx, (1000 * py) / heightPx] as const;
  const [left, top, right, bottom] = [x - margin, y - margin, x + w + margin, y + h + margin];
  const points = [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)];
  return { preset: 'none', shapes: [{ kind: 'add', brush: null, points }] };
}

const show = (lab: Lab65) =>
  [...lab]
    .map((v) => v.toFixed(0))
    .join('/')
    .padEnd(9);

async function evaluatePair(
  path: string,
  { before, after, pxPerMm, file }: Pair,
): Promise<{ line: string; failure: string | null }> {
  const { raster } = await decodePhoto(path);
  const picture: Picture = { ...(await shownPixels(raster, 1e5)), channels: 3 };
  const skinOf = (box: Box, photo: RasterPhoto) => sampleColour(photo, { boxes: [box] }, { surface: 'skin' }).lab;
  const [bareBefore, bareAfter] = [skinOf(before.bare, raster), skinOf(after.bare, raster)];
  const measured = measureStubble(raster, { boxes: [after.scalp] }, lab65ToLinearSrgb(bareAfter), {
    pxPerMm: pxPerMm.after,
  });
  const name = file.replace('.jpg', '').padEnd(30);
  if (!measured || measured.coveragePercent < 0.5 || Number.isNaN(measured.dotPeakLab[0])) {
    return {
      line: `${name} no dots can be told apart in the after photo`,
      failure: `${file}: no dots can be measured`,
    };
  }
  const table = buildClientTable(bareBefore);
  const darkness = luminance(measured.dotPeakLab) / luminance(bareAfter);
  const { hand, pigment } = dotsLike(table, measured, pxPerMm.after, darkness);
  const area = boxArea(before.scalp, picture, 6 * pxPerMm.before);
  const previewer = createPreviewer({ picture, regions: null, pxPerMm: pxPerMm.before, table, hand });
  const drawn = previewer.render({
    ...{
      pigment,
      partsDiluent: 0,
      stage: 'healed',
      density: 'medium',
      session: 3,
      light: 'd65',
      seed: 1,
      mirror: false,
    },
    ...{ treatment: 'scar', area, only: 'darkest' },
  }).pictures[0]!.picture;
  const rendered = meanIn(drawn, before.scalp);
  const real = meanIn(picture, after.scalp);
  // The two photos were taken in different light: the after's area is seen in the light of the before, by the bare skin.
  const inLight = relight(real, lab65ToLinearSrgb(bareAfter), lab65ToLinearSrgb(bareBefore));
  const untreated = linearSrgbToLab65(meanIn(picture, before.scalp));
  const [drawnLab, realLab, litLab] = [rendered, real, inLight].map(linearSrgbToLab65) as [Lab65, Lab65, Lab65];
  const [asIs, lit] = [deltaE00(drawnLab, realLab), deltaE00(drawnLab, litLab)];
  const cells = [
    name,
    `${measured.coveragePercent.toFixed(0)} % of ${hand.diameterMm.toFixed(2)} mm`.padEnd(18),
    show(measured.dotPeakLab),
    show(untreated),
    show(drawnLab),
    show(realLab),
    show(litLab),
    asIs.toFixed(1).padStart(5),
    lit.toFixed(1).padStart(6),
    deltaE00(untreated, litLab).toFixed(1).padStart(8),
  ];
  const failure =
    lit <= MOST_DELTA_E00 ? null : `${file}: drawn area is ${lit.toFixed(1)} ΔE00 from the real one in the same light`;
  return { line: cells.join(' '), failure };
}

/**
 * Real before and after: the before photo drawn with the dots measured in the after photo, against the after's own area.
 * Nothing is fitted; the pictures come from a studio's page, in two lights, and the before shows cropped hair already.
 */
export const previewSection: EvaluationSection = {
  name: 'preview',
  async run({ sharedDir }) {
    if (!sharedDir) return { lines: ['No real photos here.'], failures: [] };
    const answers = [];
    for (const pair of PAIRS) answers.push(await evaluatePair(join(sharedDir, 'photos/smp', pair.file), pair));
    return {
      lines: [
        'pair                           measured dots      dot       before    drawn     after     after in   ΔE00  same   undrawn',
        '                                                                                 the light            light  before',
        ...answers.map(({ line }) => line),
      ],
      failures: answers.map(({ failure }) => failure).filter((failure) => failure !== null),
    };
  },
};
