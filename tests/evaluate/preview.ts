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

/** A photo of one head before and after, with boxes placed by hand on the same part of the scalp. */
interface Pair {
  readonly file: string;
  readonly before: Box;
  readonly after: Box;
  /** From the width of the head, about. */
  readonly pxPerMm: { readonly before: number; readonly after: number };
}

const PAIRS: readonly Pair[] = [
  {
    file: 'bsmp_before_after_brown.jpg',
    before: [476, 492, 90, 70],
    after: [720, 580, 200, 260],
    pxPerMm: { before: 7, after: 7 },
  },
  {
    file: 'bsmp_shaved_brown_after.jpg',
    before: [898, 1438, 60, 50],
    after: [620, 800, 200, 160],
    pxPerMm: { before: 4, after: 7 },
  },
  {
    file: 'bsmp_female_part_before_after.jpg',
    before: [275, 320, 30, 110],
    after: [940, 190, 30, 160],
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
  coveragePercent: number,
  pxPerMm: number,
  darkness: number,
): { hand: Hand; pigment: Pigment } {
  const diameterMm = Math.min(0.6, Math.max(0.12, measured.diameterPx / pxPerMm));
  const densityPerCm2 = Math.min(600, (4 * coveragePercent) / (Math.PI * diameterMm * diameterMm));
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

/** Skin between the marks of a box, and the marks. */
function measure(raster: RasterPhoto, box: Box, pxPerMm: number) {
  const area = { boxes: [box] };
  const skin = sampleColour(raster, area, { surface: 'skin' }).lab;
  return { skin, marks: measureStubble(raster, area, lab65ToLinearSrgb(skin), { pxPerMm }) };
}

async function evaluatePair(
  path: string,
  { before, after, pxPerMm, file }: Pair,
): Promise<{ line: string; failure: string | null }> {
  const { raster } = await decodePhoto(path);
  const picture: Picture = { ...(await shownPixels(raster, 1e5)), channels: 3 };
  const start = measure(raster, before, pxPerMm.before);
  const end = measure(raster, after, pxPerMm.after);
  const name = file.replace('.jpg', '').padEnd(30);
  if (!end.marks || end.marks.coveragePercent < 0.5 || Number.isNaN(end.marks.dotPeakLab[0])) {
    return {
      line: `${name} no dots can be told apart in the after photo`,
      failure: `${file}: no dots can be measured`,
    };
  }
  const table = buildClientTable(start.skin);
  const darkness = luminance(end.marks.dotPeakLab) / luminance(end.skin);
  // What the before shows already stays: the rest makes up the after's coverage.
  const added = Math.max(0, end.marks.coveragePercent - (start.marks?.coveragePercent ?? 0));
  const { hand, pigment } = dotsLike(table, end.marks, added, pxPerMm.after, darkness);
  const area = boxArea(before, picture, 14 * pxPerMm.before);
  const previewer = createPreviewer({ picture, regions: null, pxPerMm: pxPerMm.before, table, hand });
  const drawn = previewer.render({
    ...{ pigment, partsDiluent: 0, stage: 'healed', density: 'medium', session: 3, light: 'd65', seed: 1 },
    ...{ treatment: 'shaved', area, mirror: false },
  }).pictures[0]!.picture;
  const rendered = meanIn(drawn, before);
  const real = meanIn(picture, after);
  // The two were taken in different light: the after's area is put in the light of the before by the skin between the dots.
  const skinOf = (of: Picture) => measure({ ...raster, data: Uint8Array.from(of.data) }, before, pxPerMm.before).skin;
  const inLight = relight(real, lab65ToLinearSrgb(end.skin), lab65ToLinearSrgb(skinOf(drawn)));
  const untreated = linearSrgbToLab65(meanIn(picture, before));
  const [drawnLab, realLab, litLab] = [rendered, real, inLight].map(linearSrgbToLab65) as [Lab65, Lab65, Lab65];
  const [asIs, lit] = [deltaE00(drawnLab, realLab), deltaE00(drawnLab, litLab)];
  const cells = [
    name,
    `${end.marks.coveragePercent.toFixed(0)} (${added.toFixed(0)} new) % of ${hand.diameterMm.toFixed(2)} mm`.padEnd(
      24,
    ),
    show(end.marks.dotPeakLab),
    show(untreated),
    show(drawnLab),
    show(realLab),
    show(litLab),
    asIs.toFixed(1).padStart(5),
    lit.toFixed(1).padStart(6),
  ];
  const sentence = `${file}: drawn area is ${lit.toFixed(1)} ΔE00 from the real one in the same light`;
  return { line: cells.join(' '), failure: lit <= MOST_DELTA_E00 ? null : sentence };
}

/**
 * Real before and after: the before photo drawn with the dots measured in the after photo, against the after's own area.
 * Nothing is fitted. The pictures come from a studio's page, in two lights; the boxes of
 * the before lie where it shows the fewest marks, and those it shows count towards the after's coverage.
 */
export const previewSection: EvaluationSection = {
  name: 'preview',
  async run({ sharedDir }) {
    if (!sharedDir) return { lines: ['No real photos here.'], failures: [] };
    const answers = [];
    for (const pair of PAIRS) answers.push(await evaluatePair(join(sharedDir, 'photos/smp', pair.file), pair));
    return {
      lines: [
        'Drawn with the dots measured in the after, against its area: as it is, and in the light of the before.',
        'pair                           measured dots            dot       before    drawn     after     relit     ΔE00  relit',
        ...answers.map(({ line }) => line),
      ],
      failures: answers.map(({ failure }) => failure).filter((failure) => failure !== null),
    };
  },
};
