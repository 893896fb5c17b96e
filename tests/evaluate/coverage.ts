import sharp from 'sharp';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { type MeasuredArea, measurePhoto } from '../../src/app/measurePhoto.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { type ItaClass, itaClass } from '../../src/colour/ita.ts';
import type { Lab65 } from '../../src/colour/lab65.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { solveLinear } from '../../src/photo/calibration/solveLinear.ts';
import { detectCard } from '../../src/photo/card/detectCard.ts';
import type { DecodedPhoto } from '../../src/photo/decode/decodePhoto.ts';
import { LABEL } from '../../src/photo/regions/labelMap.ts';
import { renderScene } from '../fixtures/scenes/renderScene.ts';
import { encodeScene } from '../fixtures/scenes/sceneJpeg.ts';
import { sceneSet } from '../fixtures/scenes/sceneSet.ts';
import type { RenderedScene, SceneSpec } from '../fixtures/scenes/sceneSpec.ts';
import type { EvaluationSection } from './section.ts';
import { quantile } from './statistics.ts';

/** Not the seeds the stated uncertainty was set on (301 and 303), nor one looked at on the way (302). */
const SEED = 305;
const SCENES = 60;
/** Rendered at half the size, as the card's scenes are. */
const SHRINK = 2;
/** Squared distance that 80 % of a normal error in three dimensions stay within. */
const CHI_SQUARE_80 = 4.642;
const LOW = 0.75;
const HIGH = 0.85;
/** Boxes of which less than this truly is skin, or hair, are a mistake of another kind (see the regions section). */
const LEAST_RIGHT = 0.6;

interface Reading {
  readonly what: 'skin' | 'hair';
  readonly method: string;
  readonly kind: ItaClass;
  readonly isInside: boolean;
  readonly error: number;
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

/** Squared Mahalanobis distance of the truth from what was measured. */
function squaredDistance({ lab, covariance }: MeasuredArea, truth: Lab65): number {
  const miss = Float64Array.from(lab, (value, i) => value - truth[i]!);
  const weighted = solveLinear(Float64Array.from(covariance), miss.slice(), 3)!;
  return miss.reduce((sum, value, i) => sum + value * weighted[i]!, 0);
}

/** Share of the boxes' pixels that truly has the label. */
function shareRight({ widthPx, truth }: RenderedScene, boxes: readonly (readonly number[])[], label: number): number {
  let [right, all] = [0, 0];
  for (const [left, top, width, height] of boxes as readonly (readonly [number, number, number, number])[]) {
    for (let y = top; y < top + height; y += 3) {
      for (let x = left; x < left + width; x += 3) {
        all++;
        if (truth.labels[y * widthPx + x] === label) right++;
      }
    }
  }
  return all > 0 ? right / all : 0;
}

async function photograph(scene: RenderedScene, quality: number): Promise<DecodedPhoto> {
  const { data, info } = await sharp(await encodeScene(scene, quality))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const toLinear = [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR] as const;
  return {
    raster: { widthPx: info.width, heightPx: info.height, data, toLinear, toSrgb: null },
    format: 'jpeg',
    profile: 'sRGB',
    orientationApplied: false,
    notes: [],
  };
}

/** What a person could do with this photo: use its card, tap the card's white patch, or use neither. */
function waysToCalibrate({ raster }: DecodedPhoto): readonly object[] {
  const detection = detectCard(raster);
  const white = detection.found ? detection.card.patches[18]!.centre.map(Math.round).join(',') : null;
  return [{}, ...(white ? [{ white }] : []), { card: 'none' }];
}

async function readScene(
  scene: RenderedScene,
  photo: DecodedPhoto,
): Promise<{ readings: Reading[]; wrongRegions: number }> {
  const readings: Reading[] = [];
  let wrongRegions = 0;
  const { skinLab, apparentStubbleLab, itaDeg } = scene.truth;
  const kind = itaClass(itaDeg!);
  for (const options of waysToCalibrate(photo)) {
    const { measurement } = await measurePhoto(photo, '', parseMatchOptions(options), () => {});
    const { skin, hair, regions, calibration } = measurement;
    const judged = [
      ['skin', skin, skinLab, shareRight(scene, regions.skin, LABEL.skin)],
      ['hair', hair.apparent, apparentStubbleLab, shareRight(scene, regions.hair, LABEL.hair)],
    ] as const;
    for (const [what, area, truth, right] of judged) {
      if (!area || !truth) continue;
      if (right < LEAST_RIGHT) wrongRegions++;
      else {
        const isInside = squaredDistance(area, truth) <= CHI_SQUARE_80;
        readings.push({ what, method: calibration.method, kind, isInside, error: deltaE00(area.lab, truth) });
      }
    }
  }
  return { readings, wrongRegions };
}

/** Wilson's interval (1927) of a share, 95 %. */
function interval(hits: number, n: number): [low: number, high: number] {
  const z = 1.96;
  const middle = (hits + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((hits * (n - hits)) / n + (z * z) / 4);
  return [middle - half, middle + half];
}

const percent = (share: number) => `${(100 * share).toFixed(0)}`.padStart(3);

/**
 * Whether the stated sd is true: how often the stated 80 % ellipsoid of skin and of hair holds the true colour, on whole
 * heads with shading and shine, by method and by ITA class. A share is held against 75–85 % only as far as the number of
 * scenes allows: it is missed when its 95 % interval lies outside.
 */
export const coverageSection: EvaluationSection = {
  name: 'stated uncertainty',
  async run() {
    const readings: Reading[] = [];
    let wrongRegions = 0;
    for (const full of sceneSet('skin-card', SCENES, SEED)) {
      const spec = shrink(full);
      const scene = renderScene(spec);
      const one = await readScene(scene, await photograph(scene, spec.camera.jpegQuality));
      readings.push(...one.readings);
      wrongRegions += one.wrongRegions;
    }
    const lines = [
      `${SCENES} scenes by card, white and neither; ${wrongRegions} areas left out because their regions are wrong`,
    ];
    for (const method of ['card', 'white', 'estimated']) {
      const medianOf = (what: Reading['what']) => {
        const errors = readings.filter((r) => r.what === what && r.method === method).map((r) => r.error);
        return quantile(errors, 0.5).toFixed(2);
      };
      lines.push(
        `regions and shading included, ${method}: median ΔE00 skin ${medianOf('skin')}, hair ${medianOf('hair')}`,
      );
    }
    lines.push('', 'truth inside the stated 80 % ellipsoid            n    share   95 % interval');
    const failures: string[] = [];
    const judge = (name: string, some: readonly Reading[]) => {
      if (some.length === 0) return Number.NaN;
      const hits = some.filter(({ isInside }) => isInside).length;
      const [low, high] = interval(hits, some.length);
      lines.push(
        `${name.padEnd(46)} ${String(some.length).padStart(4)}   ${percent(hits / some.length)} %   ${percent(low)}–${percent(high)} %`,
      );
      if (high < LOW || low > HIGH) failures.push(`coverage of ${name} is ${percent(hits / some.length).trim()} %`);
      return hits / some.length;
    };
    const held = { skin: 0, hair: 0 };
    let leastSkin = 1;
    for (const what of ['skin', 'hair'] as const) {
      const area = readings.filter((reading) => reading.what === what);
      held[what] = judge(what, area);
      for (const method of ['card', 'white', 'estimated']) {
        judge(
          `${what}, ${method}`,
          area.filter((reading) => reading.method === method),
        );
      }
      for (const kind of ['very light', 'light', 'intermediate', 'tan', 'brown', 'dark'] as const) {
        const ofKind = area.filter((reading) => reading.kind === kind);
        const share = judge(`${what}, ITA class ${kind}`, ofKind);
        if (what === 'skin' && share < leastSkin) leastSkin = share;
      }
    }
    return { lines, failures, figures: { skinHeld: held.skin, hairHeld: held.hair, skinHeldLeast: leastSkin } };
  },
};
