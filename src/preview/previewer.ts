import type { LabelMask } from '../masks/label.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import type { Pigment } from '../optics/pigment.ts';
import { doseOf } from '../optics/pigmentDose.ts';
import { burnLabel } from './burnLabel.ts';
import { castRows, castShadows, type DotShadows } from './castShadows.ts';
import type { DotPlan } from './chooseDots.ts';
import { colourShadows, startColouring } from './colourShadows.ts';
import { densityMap } from './densityMap.ts';
import { type DotKernel, makeDotKernel } from './dotKernel.ts';
import { drawShapes } from './drawShapes.ts';
import { type BareSkin, findBareSkin } from './findBareSkin.ts';
import { mirrorPicture, type Picture } from './picture.ts';
import { boxAround, type PictureBox, wholeBox } from './pictureBox.ts';
import { type DotTile, makeDotTile } from './placeDots.ts';
import { presetArea } from './presetAreas.ts';
import { previewGrid } from './previewGrid.ts';
import {
  DENSITY_FACTOR,
  type Density,
  type Hand,
  LIGHT_SPECTRUM,
  type Light,
  type Look,
  looksOf,
  SESSION_SHARE,
  type Session,
  type Stage,
  type Treatment,
} from './previewLooks.ts';
import { NO_AREA, NOT_PAINTED, previewSentences } from './previewSentences.ts';
import { makeToneCurves, type ShadowSpread, spreadOf, type ToneCurves } from './toneCurves.ts';
import { type TreatedArea, writeArea } from './treatedArea.ts';

/** One client's photo, ready for any number of previews. */
export interface PreviewPhoto {
  readonly picture: Picture;
  readonly regions: LabelMask | null;
  readonly pxPerMm: number;
  /** Standard deviation of the photo's own blur, pixels. */
  readonly blurPx?: number;
  readonly table: ClientTable;
  readonly hand: Hand;
  /**
   * One request is all that follows: each picture is drawn while its dots are cast and none are kept, the last one on the
   * photo's own pixels where that can be. Less memory and time.
   */
  readonly isDrawnOnce?: boolean;
}

export interface PreviewRequest {
  readonly pigment: Pigment;
  readonly partsDiluent: number;
  readonly stage: Stage;
  readonly density: Density;
  readonly session: Session;
  readonly light: Light;
  readonly treatment: Treatment;
  readonly area: TreatedArea;
  readonly seed: number;
  readonly mirror: boolean;
  /** Of a range, draw this end only. */
  readonly only?: Look['name'];
}

export interface PreviewPicture {
  /** `lightest` and `darkest` of a range; null for a single picture. */
  readonly name: Look['name'];
  readonly picture: Picture;
}

export interface Preview {
  readonly pictures: readonly PreviewPicture[];
  /** What has to be said with the pictures, in order of weight. */
  readonly sentences: readonly string[];
  /** Dots drawn, and how densely where the area is fully treated. */
  readonly dots: number;
  readonly densityPerCm2: number;
}

export interface Previewer {
  /** @throws OpticsInputError when a number cannot be */
  render(request: PreviewRequest): Preview;
}

/** Sharpness of a display picture that was made smaller. */
const USUAL_BLUR_PX = 0.6;
const PATCH_MM = 14;
const PATCH_LEAST_PX = 72;
const PATCH_MOST_PX = 280;
const RIM_MM = 1.5;
/** Farther from a dot its shadow is nothing. */
const SHADOW_REACH_MM = 3;

interface PreparedArea {
  readonly share: NonNullable<DotPlan['share']>;
  /** The part of the picture that the area and the shadows at its edges take. */
  readonly box: PictureBox;
  readonly bareSkin: BareSkin;
}

interface PreparedDots {
  readonly tile: DotTile;
  readonly kernel: DotKernel;
  readonly plan: DotPlan;
  readonly spread: ShadowSpread;
  /** Null where the picture is drawn at once. */
  readonly shadows: DotShadows | null;
}

/** Tiles belong to no client: every previewer shares them. */
const tiles = remember<DotTile>(4);
const tileOf = (seed: number): DotTile => tiles(String(seed), () => makeDotTile(seed));

/** Kernels belong to a client's skin: whoever previews it again, in another shade or stage, finds them. */
const kernelsOf = new WeakMap<ClientTable, ReturnType<typeof remember<DotKernel>>>();

function keptKernels(table: ClientTable): ReturnType<typeof remember<DotKernel>> {
  const kept = kernelsOf.get(table) ?? remember<DotKernel>(4);
  kernelsOf.set(table, kept);
  return kept;
}

/** Remembers the last few answers of a function by key. */
function remember<T>(most: number): (key: string, make: () => T) => T {
  const kept = new Map<string, T>();
  return (key, make) => {
    const value = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return value;
  };
}

function drawDots(
  picture: Picture,
  { tile, kernel, plan, shadows }: PreparedDots,
  curves: ToneCurves,
  mayOverwrite: boolean,
) {
  if (shadows) return { picture: colourShadows(picture, shadows, curves), dots: shadows.dots };
  const { picture: drawn, colourRow } = startColouring(picture, plan.box, curves, mayOverwrite);
  return { picture: drawn, dots: castRows(tile, kernel, plan, colourRow) };
}

/**
 * Draws previews of one photo. What a change leaves as it was is not worked out again: another shade or light only
 * colours the dots that are there.
 */
export function createPreviewer(photo: PreviewPhoto): Previewer {
  const { picture, regions, pxPerMm, table, hand, blurPx = USUAL_BLUR_PX, isDrawnOnce = false } = photo;
  const seen = previewGrid(picture, regions, pxPerMm);
  const { size, labels, scalp } = seen;
  const areas = remember<PreparedArea>(2);
  const fields = remember<PreparedDots>(3);
  const kernels = keptKernels(table);

  const prepareArea = (area: TreatedArea, treatment: Treatment, seed: number): PreparedArea =>
    areas(`${writeArea(area)} ${treatment} ${seed}`, () => {
      const whole = area.preset === 'auto' && treatment === 'density' ? scalp.spanned : null;
      const preset = treatment === 'scar' && area.preset === 'auto' ? 'none' : area.preset;
      const grid = (whole ?? presetArea(preset, labels, scalp, size)).slice();
      drawShapes(grid, size.widthPx, size.heightPx, area.shapes);
      const values = densityMap(grid, labels, size, treatment, seed);
      const box = boxAround(values, size, picture, SHADOW_REACH_MM * pxPerMm);
      const bareSkin = findBareSkin(picture, regions, treatment, box);
      return { share: { widthPx: size.widthPx, heightPx: size.heightPx, values }, box, bareSkin };
    });

  const prepareDots = (
    area: PreparedArea,
    look: Look,
    request: PreviewRequest,
    densityPerCm2: number,
  ): PreparedDots => {
    const { seed } = request;
    // Ageing widens dots: the dose knows by how much.
    const { diameterMm } = doseOf(request.pigment, look.application);
    const tile = tileOf(seed);
    const kernel = kernels(`${diameterMm.toFixed(4)} ${pxPerMm} ${blurPx}`, () =>
      makeDotKernel(table, diameterMm, pxPerMm, blurPx),
    );
    const plan: DotPlan = {
      widthPx: picture.widthPx,
      heightPx: picture.heightPx,
      box: area.box,
      pxPerMm,
      share: area.share,
      bareSkin: area.bareSkin,
      fullDensityPerCm2: hand.densityPerCm2 * DENSITY_FACTOR.full,
      densityPerCm2,
      diameterMm,
      patchiness: look.patchiness,
      seed,
    };
    const side = Math.round(Math.min(PATCH_MOST_PX, Math.max(PATCH_LEAST_PX, PATCH_MM * pxPerMm)));
    const patchSize = { widthPx: side, heightPx: side };
    const patch = { ...plan, ...patchSize, box: wholeBox(patchSize), share: null, bareSkin: null, patchiness: 0 };
    const rim = Math.min(Math.floor(side / 4), Math.ceil(RIM_MM * pxPerMm));
    const spread = spreadOf(castShadows(tile, kernel, patch), rim);
    return { tile, kernel, plan, spread, shadows: isDrawnOnce ? null : castShadows(tile, kernel, plan) };
  };

  return {
    render(request) {
      const { pigment, stage, treatment, light, mirror } = request;
      const area = prepareArea(request.area, treatment, request.seed);
      const densityPerCm2 = hand.densityPerCm2 * DENSITY_FACTOR[request.density] * SESSION_SHARE[request.session];
      const areaKey = `${writeArea(request.area)} ${treatment} ${request.seed} ${densityPerCm2}`;
      let dots = 0;
      const looks = looksOf(stage, treatment, request.partsDiluent, hand);
      const asked = looks.filter((look) => !request.only || look.name === null || look.name === request.only);
      const pictures = asked.map((look, k) => {
        const { diameterMm, years } = look.application;
        const key = `${areaKey} ${diameterMm} ${years} ${look.patchiness}`;
        const prepared = fields(key, () => prepareDots(area, look, request, densityPerCm2));
        const application = { ...look.application, densityPerCm2 };
        const tone = { illuminant: LIGHT_SPECTRUM[light], redness: look.redness };
        const curves = makeToneCurves(table, pigment, application, prepared.spread, tone);
        const drawn = drawDots(picture, prepared, curves, isDrawnOnce && k === asked.length - 1);
        const shown = mirror ? mirrorPicture(drawn.picture) : drawn.picture;
        burnLabel(shown);
        dots = drawn.dots.length / 2;
        return { name: look.name, picture: shown };
      });
      const said = previewSentences(seen, request, hand.diameterMm * pxPerMm);
      const sentences = dots > 0 || said.includes(NOT_PAINTED) ? said : [NO_AREA, ...said];
      return { pictures, sentences, dots, densityPerCm2 };
    },
  };
}
