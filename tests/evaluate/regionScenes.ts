import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { type LinearRgb, lab65ToLinearSrgb } from '../../src/colour/xyzLab.ts';
import type { RasterPhoto } from '../../src/photo/rasterPhoto.ts';
import { LABEL, type LabelMap, labelAt } from '../../src/photo/regions/labelMap.ts';
import { proposeRegions, type RegionProposal } from '../../src/photo/regions/proposeRegions.ts';
import { sampleColour } from '../../src/photo/sampling/sampleColour.ts';
import { measureStubble } from '../../src/photo/stubble/measureStubble.ts';
import { reducePhoto } from '../../src/photo/workingImage.ts';
import { coverMask } from '../fixtures/scenes/drawCover.ts';
import { renderScene } from '../fixtures/scenes/renderScene.ts';
import { faultAt, sceneSet } from '../fixtures/scenes/sceneSet.ts';
import type { CoverSpec, RenderedScene, SceneSpec } from '../fixtures/scenes/sceneSpec.ts';
import type { EvaluationReport } from './section.ts';

// Not the seed the constants were looked at with.
const SEED = 21;
const SCENES = 12;
const FAULT_SCENES = 12;
/** A label on less of the picture than this is no region to be found. */
const LEAST_SHARE = 0.01;
/** Grid of the true labels, px of the scene. */
const GRID_PX = 4;

function rasterOf(scene: RenderedScene): RasterPhoto {
  const table = SRGB8_TO_LINEAR;
  const { widthPx, heightPx } = scene;
  return { widthPx, heightPx, data: scene.rgb, toLinear: [table, table, table], toSrgb: null };
}

function propose(scene: RenderedScene): RegionProposal {
  const raster = rasterOf(scene);
  const card = scene.truth.cards[0]?.corners;
  return proposeRegions(reducePhoto(raster, 1024), raster, card ? { card } : {});
}

/** Intersection over union with the true label; null where it hardly occurs. */
function overlap(
  { widthPx, heightPx, truth }: RenderedScene,
  { widthPx: w, scale, labels }: LabelMap,
  wanted: number,
): number | null {
  let [both, either, wantedPixels] = [0, 0, 0];
  for (let y = 0; y < heightPx; y += GRID_PX)
    for (let x = 0; x < widthPx; x += GRID_PX) {
      const is = truth.labels[y * widthPx + x];
      if (is === LABEL.avoid) continue;
      const column = Math.min(w - 1, Math.floor(x * scale));
      const found = labels[Math.min(labels.length / w - 1, Math.floor(y * scale)) * w + column];
      if (is === wanted) wantedPixels++;
      if (is === wanted && found === wanted) both++;
      if (is === wanted || found === wanted) either++;
    }
  return wantedPixels < (LEAST_SHARE * widthPx * heightPx) / GRID_PX ** 2 ? null : both / either;
}

/** The true labels well inside their areas, so that measuring is judged apart from finding. */
function innerLabels({ widthPx, heightPx, truth }: RenderedScene): LabelMap {
  const w = Math.floor(widthPx / GRID_PX);
  const h = Math.floor(heightPx / GRID_PX);
  const at = (x: number, y: number) => truth.labels[y * GRID_PX * widthPx + x * GRID_PX]!;
  const labels = new Uint8Array(w * h);
  for (let y = 3; y < h - 3; y++)
    for (let x = 3; x < w - 3; x++) {
      const own = at(x, y);
      const alike = at(x - 3, y) === own && at(x + 3, y) === own && at(x, y - 3) === own && at(x, y + 3) === own;
      labels[y * w + x] = alike ? own : LABEL.other;
    }
  return { widthPx: w, heightPx: h, scale: 1 / GRID_PX, labels };
}

interface StubbleErrors {
  readonly apparent: number;
  readonly fibre: number;
  readonly coverage: number;
  readonly grey: number;
}

/** Errors against truth with the true areas and the camera's cast taken out by the true skin colour. */
function stubbleErrors(scene: RenderedScene): StubbleErrors | null {
  const { truth } = scene;
  const fibre = truth.pigmentedFibreLab ?? truth.hairFibreLab;
  if (!truth.skinLab || !truth.apparentStubbleLab || !fibre) return null;
  const raster = rasterOf(scene);
  const map = innerLabels(scene);
  const photographed = lab65ToLinearSrgb(sampleColour(raster, { map, label: LABEL.skin }, { surface: 'skin' }).lab);
  const skin = lab65ToLinearSrgb(truth.skinLab);
  const gain = skin.map((v, c) => v / photographed[c]!) as unknown as LinearRgb;
  const stubble = measureStubble(raster, { map, label: LABEL.hair }, skin, {
    pxPerMm: truth.pxPerMm,
    correction: (rgb) => {
      for (let i = 0; i < rgb.length; i++) rgb[i]! *= gain[i % 3]!;
    },
  });
  if (!stubble) return null;
  return {
    apparent: deltaE00(stubble.apparentLab, truth.apparentStubbleLab),
    fibre: deltaE00(stubble.fibreLab, fibre),
    coverage: Math.abs(stubble.coveragePercent - truth.coveragePercent),
    grey: Math.abs(stubble.greyPercent - truth.greyPercent),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((p, q) => p - q)[values.length >> 1] ?? Number.NaN;
}

function describe(spec: SceneSpec): string {
  return `${spec.name.padEnd(16)} ${(spec.hair?.colour ?? '-').padEnd(11)} ${spec.background.padEnd(6)} ${spec.light.kind.padEnd(7)}`;
}

function judgeStubbleScenes(): EvaluationReport {
  const lines = [
    'scene            hair        ground light   IoU skin  hair  | ΔE00 apparent  fibre  coverage pt  grey pt',
  ];
  const overlaps: number[] = [];
  const errors: StubbleErrors[] = [];
  for (const spec of sceneSet('skin-card', SCENES, SEED)) {
    const scene = renderScene(spec);
    const { labels } = propose(scene);
    const [skin, hair] = [overlap(scene, labels, LABEL.skin), overlap(scene, labels, LABEL.hair)];
    for (const value of [skin, hair]) if (value !== null) overlaps.push(value);
    const error = stubbleErrors(scene);
    if (error) errors.push(error);
    const shown = error
      ? [error.apparent, error.fibre, error.coverage, error.grey].map((v) => v.toFixed(1).padStart(8))
      : [];
    lines.push(`${describe(spec)} ${skin?.toFixed(2) ?? '-'}      ${hair?.toFixed(2) ?? '-'}  |${shown.join('   ')}`);
  }
  const medianOf = (name: keyof StubbleErrors) => median(errors.map((error) => error[name]));
  const targets = [
    { name: 'region IoU', value: median(overlaps), target: 0.8, atLeast: true },
    { name: 'apparent stubble ΔE00', value: medianOf('apparent'), target: 2.5, atLeast: false },
    { name: 'fibre ΔE00', value: medianOf('fibre'), target: 4, atLeast: false },
    { name: 'coverage, points', value: medianOf('coverage'), target: 3, atLeast: false },
    { name: 'grey share, points', value: medianOf('grey'), target: 10, atLeast: false },
  ];
  for (const { name, value, target, atLeast } of targets)
    lines.push(`median ${name}: ${value.toFixed(2)} (target ${atLeast ? '≥' : '≤'} ${target})`);
  const missed = targets.filter(({ value, target, atLeast }) => !(atLeast ? value >= target : value <= target));
  return {
    lines,
    failures: missed.map(({ name, value, target }) => `median ${name} is ${value.toFixed(2)} (${target})`),
    figures: {
      stubbleApparent: medianOf('apparent'),
      stubbleFibre: medianOf('fibre'),
      stubbleCoverage: medianOf('coverage'),
    },
  };
}

function judgeFaultScenes(): EvaluationReport {
  const lines: string[] = [];
  const failures: string[] = [];
  for (const [index, spec] of sceneSet('faults', FAULT_SCENES, SEED).entries()) {
    const fault = faultAt(index);
    if (fault !== 'noHair' && fault !== 'noSkin' && fault !== 'notAScalp') continue;
    const { notes, found } = propose(renderScene(spec));
    const named = notes.filter((note) => note.level === 'fail').map((note) => note.check);
    lines.push(
      `${describe(spec)} ${fault.padEnd(10)} ${named.join(', ') || 'not named'} (found ${JSON.stringify(found)})`,
    );
    if (named.length === 0) failures.push(`${spec.name}: ${fault} is not named`);
  }
  return { lines, failures };
}

/** Things that lie over close-ups at half size: a gloved finger from below and from the side, cloth along a border. */
const FINGER = { from: [1.1, 0.75], to: [0.45, 0.55], widthMm: 17, gloss: 1 } as const;
const EDGE = { from: [-0.1, 1.03], to: [1.1, 1.03], widthMm: 35, gloss: 0 } as const;
const COVERS: readonly (readonly [string, CoverSpec])[] = [
  ['black glove', { ...FINGER, reflectance: 0.03 }],
  ['black glove', { ...FINGER, from: [0.3, 1.2], to: [0.4, 0.6], reflectance: 0.04 }],
  ['white towel', { ...EDGE, reflectance: 0.8 }],
  ['black shirt', { ...EDGE, reflectance: 0.05 }],
  ['white glove', { ...FINGER, from: [1.1, 0.2], to: [0.5, 0.3], reflectance: 0.75 }],
  ['grey cape', { ...EDGE, from: [-0.1, -0.03], to: [1.1, -0.02], reflectance: 0.25 }],
];
/** Share of a grey thing that may be taken for skin or hair: its blurred rim. */
const MOST_MISTAKEN = 0.15;

function judgeCovers(): EvaluationReport {
  const lines: string[] = [];
  const failures: string[] = [];
  const specs = sceneSet('skin-nocard', COVERS.length, SEED + 20);
  for (const [index, [name, cover]] of COVERS.entries()) {
    const shrink = 1000 / specs[index]!.widthPx;
    const { widthPx, heightPx, pxPerMm } = specs[index]!;
    const size = { widthPx: widthPx * shrink, heightPx: heightPx * shrink, pxPerMm: pxPerMm * shrink };
    const spec: SceneSpec = { ...specs[index]!, ...size, covers: [cover] };
    const { labels } = propose(renderScene(spec));
    const mask = coverMask(cover, spec);
    let [mistaken, all] = [0, 0];
    for (let i = 0; i < mask.length; i += 3) {
      if (!mask[i]) continue;
      all++;
      const label = labelAt(labels, i % spec.widthPx, Math.floor(i / spec.widthPx));
      if (label === LABEL.skin || label === LABEL.hair) mistaken++;
    }
    lines.push(`${describe(spec)} ${name}: ${((100 * mistaken) / all).toFixed(0)} % of it taken for skin or hair`);
    if (mistaken > MOST_MISTAKEN * all) failures.push(`${spec.name}: a ${name} is taken for skin or hair`);
  }
  return { lines, failures };
}

/** Regions and stubble on rendered scenes with exact truth, and faults that must be named. */
export function evaluateScenes(): EvaluationReport {
  const reports = [judgeStubbleScenes(), judgeFaultScenes(), judgeCovers()];
  return {
    lines: reports.flatMap((r) => r.lines),
    failures: reports.flatMap((r) => r.failures),
    figures: Object.assign({}, ...reports.map((r) => r.figures)),
  };
}
