import sharp from 'sharp';
import type { Figures } from '../../src/app/accuracy/figures.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { itaClass } from '../../src/colour/ita.ts';
import type { Lab65 } from '../../src/colour/lab65.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { calibrateCard } from '../../src/photo/calibration/calibrateCard.ts';
import { calibrateWhite } from '../../src/photo/calibration/calibrateWhite.ts';
import { type Correction, IDENTITY_CORRECTION } from '../../src/photo/calibration/correction.ts';
import { predictLab } from '../../src/photo/calibration/crossValidate.ts';
import { estimateIlluminant, meanSkin } from '../../src/photo/calibration/estimateIlluminant.ts';
import { settleOnSkin } from '../../src/photo/calibration/settleOnSkin.ts';
import { detectCard } from '../../src/photo/card/detectCard.ts';
import type { RasterPhoto } from '../../src/photo/rasterPhoto.ts';
import { LABEL } from '../../src/photo/regions/labelMap.ts';
import { reducePhoto } from '../../src/photo/workingImage.ts';
import { renderScene } from '../fixtures/scenes/renderScene.ts';
import { encodeScene } from '../fixtures/scenes/sceneJpeg.ts';
import { FACTORIAL_SCENES, sceneSet } from '../fixtures/scenes/sceneSet.ts';
import type { RenderedScene, SceneSpec } from '../fixtures/scenes/sceneSpec.ts';
import type { EvaluationReport } from './section.ts';
import { mean, quantile } from './statistics.ts';

const DETECTION_SCENES = 30;
const SEED = 23;
/** Rendered at half the size: four times as many poses, lights and cameras in the same time. */
const SHRINK = 2;

/** Synthetic scenes with known truth: cards in any pose, then skin beside a card by every method. */
export async function evaluateCardScenes(): Promise<EvaluationReport> {
  const lines: string[] = [];
  const failures: string[] = [];
  const cards = await judgeDetection(lines, failures);
  const skin = await judgeSkin(lines, failures);
  return { lines, failures, figures: { ...cards, ...skin } };
}

function shrink(spec: SceneSpec): SceneSpec {
  return {
    ...spec,
    widthPx: spec.widthPx / SHRINK,
    heightPx: spec.heightPx / SHRINK,
    pxPerMm: spec.pxPerMm / SHRINK,
    cards: spec.cards.map((card) => ({ ...card, lengthPx: card.lengthPx / SHRINK })),
  };
}

/** Skin and stubble in the card's plane and without shine: what is left is the calibration's own error. */
function flatten(spec: SceneSpec): SceneSpec {
  return {
    ...shrink(spec),
    head: { centre: [0.3, 0.5], radiiMm: [4000, 5000] },
    light: { ...spec.light, gloss: 0 },
  };
}

async function photograph(spec: SceneSpec): Promise<{ scene: RenderedScene; raster: RasterPhoto }> {
  const scene = renderScene(spec);
  const jpeg = await encodeScene(scene, spec.camera.jpegQuality);
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const toLinear = [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR] as const;
  return { scene, raster: { widthPx: info.width, heightPx: info.height, data, toLinear, toSrgb: null } };
}

async function judgeDetection(lines: string[], failures: string[]): Promise<Partial<Figures>> {
  let whole = 0;
  let found = 0;
  let wrong = 0;
  const offsets: number[] = [];
  const refusals: string[] = [];
  for (const spec of sceneSet('card-detection', DETECTION_SCENES, SEED)) {
    const { scene, raster } = await photograph(shrink(spec));
    const cards = scene.truth.cards;
    const visible = cards.some((card) => card.wholeInPicture);
    const detection = detectCard(raster);
    if (visible) whole++;
    if (!detection.found) {
      refusals.push(`${spec.name}: ${detection.reason}`);
      continue;
    }
    const { corners, pitchPx } = detection.card;
    const worst = cards.map((card) =>
      Math.max(...card.corners.map(([x, y], i) => Math.hypot(x - corners[i]![0], y - corners[i]![1]))),
    );
    const nearest = Math.min(...worst);
    if (nearest > 0.4 * pitchPx) wrong++;
    else {
      if (visible) found++;
      offsets.push((100 * nearest) / Math.hypot(raster.widthPx, raster.heightPx));
    }
  }
  const worstOffset = Math.max(...offsets);
  lines.push(
    `Synthetic cards, all poses: found ${found} of ${whole} wholly visible (≥ 97 %), wrong way round ${wrong} (0), corner error median ${quantile(offsets, 0.5).toFixed(3)}, worst ${worstOffset.toFixed(3)} % of the diagonal (≤ 0.5)`,
    `refused: ${refusals.join(', ') || 'none'}`,
  );
  if (found < 0.97 * whole) failures.push(`only ${found} of ${whole} synthetic cards are found`);
  if (wrong > 0) failures.push(`${wrong} synthetic cards are read the wrong way round`);
  if (!(worstOffset <= 0.5)) failures.push(`a card's corner is off by ${worstOffset.toFixed(2)} % of the diagonal`);
  return { cardsVisible: whole, cardsFound: found, cardsWrongWay: wrong, cornerWorst: worstOffset };
}

const METHODS = ['none', 'estimated', 'white', 'card'] as const;
type Method = (typeof METHODS)[number];

async function judgeSkin(lines: string[], failures: string[]): Promise<Partial<Figures>> {
  const errors: Record<Method, number[]> = { none: [], estimated: [], white: [], card: [] };
  const hairErrors: number[] = [];
  const byClass = new Map<string, number[]>();
  const expected: number[] = [];
  for (const spec of sceneSet('skin-factorial', FACTORIAL_SCENES, SEED)) {
    const { scene, raster } = await photograph(flatten(spec));
    const truth = scene.truth.skinLab!;
    for (const { method, correction, hairCorrection, stated } of corrections(scene, raster)) {
      const error = deltaE00(measureMean(scene, raster, LABEL.skin, correction), truth);
      errors[method].push(error);
      if (method !== 'card') continue;
      const hair = measureMean(scene, raster, LABEL.hair, hairCorrection);
      hairErrors.push(deltaE00(hair, scene.truth.apparentStubbleLab!));
      const name = itaClass(scene.truth.itaDeg!);
      byClass.set(name, [...(byClass.get(name) ?? []), error]);
      expected.push(stated);
    }
  }
  lines.push('', 'Skin in the plane of the card, CIEDE2000', 'method       scenes  median   mean    p90');
  for (const method of METHODS) {
    const list = errors[method];
    const numbers = [quantile(list, 0.5), mean(list), quantile(list, 0.9)].map((v) => v.toFixed(2).padStart(6));
    lines.push(`${method.padEnd(12)} ${String(list.length).padStart(6)}  ${numbers.join('  ')}`);
  }
  lines.push(`card: expected ${mean(expected).toFixed(2)} on average, found ${mean(errors.card).toFixed(2)}`);
  const hairMedian = quantile(hairErrors, 0.5);
  lines.push(
    `card: hair (stubble as it looks) median ${hairMedian.toFixed(2)}, p90 ${quantile(hairErrors, 0.9).toFixed(2)}`,
  );
  const medians = [...byClass].map(([name, list]) => [name, quantile(list, 0.5)] as const);
  lines.push(`card by ITA class: ${medians.map(([name, value]) => `${name} ${value.toFixed(2)}`).join(', ')}`);
  const median = (method: Method) => quantile(errors[method], 0.5);
  const limit = (text: string, value: number, most: number) => {
    if (!(value <= most)) failures.push(`${text} is ${value.toFixed(2)}, not at most ${most.toFixed(2)}`);
  };
  limit('skin median with card', median('card'), 1.5);
  limit('skin p90 with card', quantile(errors.card, 0.9), 3);
  limit('hair median with card', hairMedian, 2);
  limit('skin median with white reference', median('white'), 3);
  limit('skin median without reference', median('estimated'), 5);
  limit('skin mean without reference against no correction', mean(errors.estimated), mean(errors.none));
  const values = medians.map(([, value]) => value);
  limit('worst ITA class against 1.5 × the best', Math.max(...values), 1.5 * Math.min(...values));
  return {
    skinCard: median('card'),
    hairCard: hairMedian,
    skinWhite: median('white'),
    skinEstimated: median('estimated'),
    skinUncorrected: median('none'),
  };
}

interface Tried {
  readonly method: Method;
  readonly correction: Correction;
  readonly hairCorrection: Correction;
  /** Expected ΔE00 as the method states it; NaN where it states none. */
  readonly stated: number;
}

function forBoth(method: Method, correction: Correction, stated: number): Tried {
  return { method, correction, hairCorrection: correction, stated };
}

/** Corrections by every method that this photo allows, with the stated error. */
function* corrections(scene: RenderedScene, raster: RasterPhoto): Generator<Tried> {
  yield forBoth('none', IDENTITY_CORRECTION, Number.NaN);
  const working = reducePhoto(raster, 512);
  const isSkin = Uint8Array.from({ length: working.widthPx * working.heightPx }, (_, i) => {
    const x = Math.floor(((i % working.widthPx) + 0.5) * working.scale);
    const y = Math.floor((Math.floor(i / working.widthPx) + 0.5) * working.scale);
    return scene.truth.labels[y * scene.widthPx + x] === LABEL.skin ? 1 : 0;
  });
  const estimate = estimateIlluminant(working, isSkin);
  yield forBoth('estimated', estimate.correction, estimate.expectedDeltaE00);
  const detection = detectCard(raster);
  if (!detection.found) return;
  const white = calibrateWhite(raster, detection.card.patches[18]!.centre, 'white');
  const seen = meanSkin(working, isSkin);
  if (white.usable) yield forBoth('white', settleOnSkin(white.correction, seen!), white.expectedDeltaE00);
  const card = calibrateCard(detection.card.patches, { diagonalPx: Math.hypot(raster.widthPx, raster.heightPx) });
  if (!card) return;
  const { skinCorrection, correction, expectedDeltaE00 } = card;
  yield { method: 'card', correction: skinCorrection, hairCorrection: correction, stated: expectedDeltaE00 };
}

/** Mean of every seventh pixel of a label in linear light, corrected. */
function measureMean(scene: RenderedScene, raster: RasterPhoto, label: number, correction: Correction): Lab65 {
  const sum: [number, number, number] = [0, 0, 0];
  let pixels = 0;
  for (let i = 0; i < scene.truth.labels.length; i += 7) {
    if (scene.truth.labels[i] !== label) continue;
    for (let c = 0; c < 3; c++) sum[c]! += SRGB8_TO_LINEAR[raster.data[3 * i + c]!]!;
    pixels++;
  }
  return predictLab(correction, [sum[0] / pixels, sum[1] / pixels, sum[2] / pixels]);
}
