import { type Lab65, lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import { giveBack, kernels, markRoom } from '../kernels.ts';
import { quantile } from '../quality/quantile.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import type { PixelCorrection } from '../sampling/pixelCorrection.ts';
import type { SampleArea } from '../sampling/samplePixels.ts';
import { findLightShafts } from './findLightShafts.ts';
import { type FibreFit, fillOf, fitFibre } from './fitFibre.ts';
import { type LevelledPatch, levelSkin } from './levelSkin.ts';
import { type Patch, readPatches } from './readPatches.ts';
import { type Fibre, responseOf, segmentFibres } from './segmentFibres.ts';
import { ShaftCuts } from './shaftCuts.ts';
import { mean, median, spread } from './statistics.ts';
import { traceShafts } from './traceShafts.ts';

type Triple = readonly [number, number, number];

export interface StubbleMeasurement {
  /** Mean of the whole area in linear light: what the eye sees at half a metre. */
  readonly apparentLab: Lab65;
  readonly apparentSd: Triple;
  /** Colour of the fibres by themselves, skin un-mixed. */
  readonly fibreLab: Lab65;
  readonly fibreSd: Triple;
  /** Mean of the middles of shafts or dots as photographed, not un-mixed. */
  readonly dotPeakLab: Lab65;
  readonly dotPeakSd: Triple;
  readonly coveragePercent: number;
  readonly coverageSd: number;
  /** Width of a shaft or dot without the camera's blur. */
  readonly diameterPx: number;
  readonly diameterSd: number;
  /** Null where too few hairs stand by themselves to tell how long one is. */
  readonly densityPerMegapixel: number | null;
  /** Null without a scale. */
  readonly densityPerCm2: number | null;
  readonly densitySd: number | null;
  /** Share of fibres clearly lighter than the rest. */
  readonly greyPercent: number;
  readonly greySd: number;
  /** 0–1: how much the marks look like pigment dots (round, alike) rather than cut hair. */
  readonly dotLikeness: number;
  /** L* by which the area is darker than stubble so measured would be in the skin's light: shade, or hair that hides the skin. */
  readonly shadeL: number;
  /** Pixels that were looked at. */
  readonly pixels: number;
  /** False where single fibres cannot be told apart; colours of fibres are then a guess. */
  readonly resolved: boolean;
}

export interface StubbleOptions {
  readonly pxPerMm?: number;
  readonly correction?: PixelCorrection;
}

/** Share of a shaft's depth that its shadow on the skin hardly reaches. */
const SHADOW_SHARE = 0.5;
/** Part of the light missing at shafts that their shadows and roots take, not the shafts; from rendered scenes with known coverage. */
const SHADOW_LIGHT = 0.28;
/** Luminance of white hair as phones show it between dark hairs. */
const WHITE_HAIR_Y = 0.54;
/** Fewer marks or cuts across them are no measurement of hair. */
const LEAST_FIBRES = 12;
const LEAST_CUTS = 20;
/** Grain and gloss are lighter than skin too: a white hair must reach this part of what white would give. */
const LIGHT_SHARE = 0.2;
/** A shaft's middle is at least this much darker than skin. */
const LEAST_DEPTH = 0.1;
/** Slender parts are often two hairs in line or with their roots: single ones are among the shorter; blur lengthens both ends. */
const SINGLE_QUANTILE = 0.3;
/** A cut hair's mean width over that at its root. */
const TAPER = 0.9;
/** Round marks alike in size and broader than so many hairs are pigment dots: their width is their own. */
const DOTS_FROM = 0.7;
const MOST_HAIRS_WIDTH = 1.6;
/** Shadows of hairs on skin are no deeper than this. */
const SHADOW_DEPTH = 0.3;
/** Hair's width and a phone's blur where shafts are too few to tell. */
const USUAL_DIAMETER_PX = 1.5;
const USUAL_FIBRE_MM = 0.08;
const USUAL_BLUR_PX = 1;

function meanColour(colours: readonly LinearRgb[]): LinearRgb {
  const sum = [0, 0, 0];
  for (const colour of colours) for (let c = 0; c < 3; c++) sum[c]! += colour[c]! / colours.length;
  return sum as unknown as LinearRgb;
}

/** Lightness of all pixels together as they are lit. */
function meanLightness(levelled: readonly LevelledPatch[], pixels: number): number {
  const Y = levelled.reduce((sum, patch) => sum + patch.light * patch.widthPx * patch.heightPx, 0) / pixels;
  return linearSrgbToLab65([Y, Y, Y])[0];
}

/** Standard deviation of the mean of colours, in Lab. */
function sdOfMean(colours: readonly LinearRgb[]): Triple {
  const labs = colours.map(linearSrgbToLab65);
  return [0, 1, 2].map(
    (c) => spread(labs.map((lab) => lab[c as 0 | 1 | 2])) / Math.sqrt(Math.max(1, labs.length)),
  ) as unknown as Triple;
}

/** Radius over which the skin's level is sought: a few hairs. */
function levelRadius(patch: Patch, pxPerMm: number | undefined): number {
  const wanted = pxPerMm ? 1.2 * pxPerMm : 12;
  return Math.max(5, Math.min(Math.round(wanted), Math.floor(patch.widthPx / 4)));
}

/**
 * Hair colour without red pigment is mainly L* with b* following it (2,057 heads, IJCS 39:101), and chroma is what a phone
 * blurs most: the less of a shaft's middle is shaft, the more its hue is taken from its lightness.
 */
function drawToHairLocus([L, a, b]: Triple, filled: number): Lab65 {
  // Little light is left in dark hair to tell a hue from.
  const own = Math.min(1, Math.max(0.25, (filled - 0.6) / 0.4)) * Math.min(1, Math.max(0, (L - 15) / 25));
  const above = Math.max(0, L - 14);
  return lab65(L, own * a + (1 - own) * Math.min(5, 0.15 * above), own * b + (1 - own) * Math.min(17, 0.5 * above));
}

function luminanceOf([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

interface Fibres {
  readonly core: Triple;
  readonly ratio: Triple;
  readonly lab: Lab65;
  readonly lightnessSd: number;
  readonly diameterPx: number;
  readonly diameterSd: number;
}

/** Dark fibres: lightness and width from the fit; hue from the deepest cuts, which are most nearly pure fibre. */
function describeDark(cuts: ShaftCuts, fit: FibreFit, skin: LinearRgb): Fibres {
  const { depth, depthRgb: columns } = cuts;
  const from = quantile(depth, 0.6);
  const depthRgb = columns.map((column) => meanWhereDeep(column, depth, from)) as unknown as Triple;
  const core = columns.map((column) => 1 - median(column)) as unknown as Triple;
  const scale = (1 - fit.ratio) / Math.max(0.02, luminanceOf(depthRgb));
  const ratio = depthRgb.map((depth) => Math.max(0.01, 1 - scale * depth)) as unknown as Triple;
  const [, a, b] = linearSrgbToLab65([ratio[0] * skin[0], ratio[1] * skin[1], ratio[2] * skin[2]]);
  const lab = drawToHairLocus([fit.lightness, a, b], 1 / Math.max(1, scale));
  const { lightnessSd, diameterPx, diameterSd } = fit;
  return { core, ratio, lab, lightnessSd, diameterPx, diameterSd };
}

/** Mean of a column over the cuts of at least this depth. */
function meanWhereDeep(column: Float32Array, depth: Float32Array, from: number): number {
  let sum = 0;
  let count = 0;
  for (let k = 0; k < column.length; k++) {
    if (depth[k]! < from) continue;
    sum += column[k]!;
    count++;
  }
  return sum / Math.max(1, count);
}

/** Hairs lighter than the skin, or too few for a fit: skin un-mixed with the usual width. */
function describeOthers(marks: readonly Fibre[], diameterPx: number, skin: LinearRgb): Fibres {
  const core = [0, 1, 2].map((c) => median(marks.map((f) => f.core[c as 0 | 1 | 2]))) as unknown as Triple;
  const unmix = (filled: number): Triple =>
    core.map((v) => Math.max(0.01, (v - (1 - filled)) / filled)) as unknown as Triple;
  const lit = (ratio: Triple) => linearSrgbToLab65([ratio[0] * skin[0], ratio[1] * skin[1], ratio[2] * skin[2]]);
  const filled = Math.max(0.2, fillOf(diameterPx + USUAL_BLUR_PX, USUAL_BLUR_PX));
  const ratio = unmix(filled);
  const lab = lit(ratio);
  const lightnessSd = 1 + Math.abs(lab[0] - lit(unmix(0.85 * filled))[0]);
  return { core, ratio, lab, lightnessSd, diameterPx, diameterSd: 0.3 * diameterPx };
}

/**
 * Measures cut hair or pigment dots on skin at full resolution: levels out the shading, segments the marks, and un-mixes
 * skin from them in linear light with a blurred-rod model of a fibre (design: COLOUR.md §2). `skin` is the bare skin's
 * linear sRGB under the same correction.
 */
export function measureStubble(
  raster: RasterPhoto,
  area: SampleArea,
  skin: LinearRgb,
  options: StubbleOptions = {},
): StubbleMeasurement | null {
  const mark = markRoom();
  try {
    return measurePatches(raster, area, skin, options);
  } finally {
    giveBack(mark);
  }
}

/** Takes room for the patches and what is found of them. */
function measurePatches(
  raster: RasterPhoto,
  area: SampleArea,
  skin: LinearRgb,
  options: StubbleOptions,
): StubbleMeasurement | null {
  const patches = readPatches(raster, area, options.correction);
  if (patches.length === 0) return null;
  const { pxPerMm } = options;
  const levelled = patches.map((patch) => levelSkin(patch, levelRadius(patch, pxPerMm)));
  const lit = (ratio: Triple): LinearRgb => [ratio[0] * skin[0], ratio[1] * skin[1], ratio[2] * skin[2]];
  // As ratios these are free of the light's gradient between the stubble and the bare skin elsewhere.
  const quarters = levelled.flatMap((patch) => patch.quarters).map((ratio) => lit(ratio));
  if (quarters.length === 0) return null;
  const apparent = meanColour(quarters);
  const skinY = Math.max(0.01, luminanceOf(skin));
  const responses = levelled.map((patch) => responseOf(patch));
  const dark = levelled.flatMap((patch, k) => segmentFibres(patch, responses[k]!));
  const cuts = new ShaftCuts();
  for (let k = 0; k < levelled.length; k++)
    traceShafts(levelled[k]!, responses[k]!, Math.max(LEAST_DEPTH, 2 * levelled[k]!.noise), cuts);
  const fit = cuts.count >= LEAST_CUTS ? fitFibre(cuts, skinY, pxPerMm) : null;
  const usualPx = pxPerMm ? USUAL_FIBRE_MM * pxPerMm : USUAL_DIAMETER_PX;
  const filled = fit ? fillOf(fit.diameterPx, fit.blurPx) : fillOf(usualPx, USUAL_BLUR_PX);
  const white = WHITE_HAIR_Y / skinY;
  const darkDepth = fit ? (1 - fit.ratio) * filled : LEAST_DEPTH;
  const light = levelled.flatMap((patch, k) =>
    findLightShafts(patch, responses[k]!, Math.max(0.06, LIGHT_SHARE * filled * (white - 1)), darkDepth),
  );
  const pixels = levelled.reduce((sum, p) => sum + p.widthPx * p.heightPx, 0);
  const missing = (fibres: readonly Fibre[]) => fibres.reduce((sum, f) => sum + f.missing, 0);
  const lightPx = missing(light) / Math.max(0.1, white - 1);
  // White hairs cast shadows: shallow dark marks beside light ones are those.
  const shallow = !(median(dark.map((f) => 1 - luminanceOf(f.core))) > SHADOW_DEPTH);
  const mainlyLight = lightPx > (shallow ? 0.2 : 20) * (missing(dark) / (fit ? 1 - fit.ratio : 1));
  const main = mainlyLight ? light : dark;
  const dots = dotLikeness(main);
  const dotPx = median(main.map((f) => 2 * Math.sqrt(f.areaPx / Math.PI)));
  const isDots = light.length === 0 && dots > DOTS_FROM && dotPx > MOST_HAIRS_WIDTH * usualPx;
  const fibres =
    fit && !mainlyLight && !isDots
      ? describeDark(cuts, fit, skin)
      : describeOthers(main, isDots ? dotPx : usualPx, skin);
  const shares = darkShares(levelled, luminanceOf(fibres.core), luminanceOf(fibres.ratio));
  const lightShare = mainlyLight ? 0 : lightPx / pixels;
  const coverage = main.length === 0 ? 0 : Math.min(1, Math.max(0, (1 - SHADOW_LIGHT) * mean(shares) + lightShare));
  const grey = coverage > 0 ? lightShare / Math.max(lightShare, coverage) : 0;
  const perMegapixel = densityPerMegapixel(main, coverage, fibres.diameterPx, fit?.blurPx ?? USUAL_BLUR_PX);
  const hueSd = 1 + 0.15 * fibres.lightnessSd;
  return {
    apparentLab: linearSrgbToLab65(apparent),
    apparentSd: sdOfMean(quarters),
    fibreLab: fibres.lab,
    fibreSd: [1 + fibres.lightnessSd, hueSd, 1 + 0.3 * fibres.lightnessSd],
    dotPeakLab: linearSrgbToLab65(lit(fibres.core)),
    dotPeakSd: sdOfMean(main.slice(0, 400).map((f) => lit(f.core))),
    coveragePercent: 100 * coverage,
    coverageSd: 100 * (spread(shares) / Math.sqrt(Math.max(1, shares.length)) + 0.15 * coverage),
    diameterPx: fibres.diameterPx,
    diameterSd: fibres.diameterSd,
    densityPerMegapixel: perMegapixel,
    densityPerCm2: pxPerMm && perMegapixel !== null ? (perMegapixel * (10 * pxPerMm) ** 2) / 1e6 : null,
    densitySd: perMegapixel === null ? null : 0.3 * perMegapixel,
    greyPercent: 100 * grey,
    greySd: 100 * Math.sqrt(0.01 + (grey * (1 - grey)) / Math.max(1, main.length)),
    dotLikeness: dots,
    pixels,
    shadeL: linearSrgbToLab65(apparent)[0] - meanLightness(levelled, pixels),
    resolved: main.length >= LEAST_FIBRES && (pxPerMm === undefined || pxPerMm >= 8),
  };
}

/**
 * Share of dark fibre in each patch: the light missing where a shaft lies, over what pure fibre would take. The soft shadow
 * beside a shaft stays below `SHADOW_SHARE` of the middle's depth and is left out.
 */
function darkShares(levelled: readonly LevelledPatch[], core: number, pure: number): number[] {
  if (Math.abs(1 - pure) < 0.05) return [];
  const least = SHADOW_SHARE * (1 - core);
  return levelled.map(({ ratioY, widthPx, heightPx }) => {
    const pixels = widthPx * heightPx;
    return kernels.sumMissing(ratioY, pixels, least) / (1 - pure) / pixels;
  });
}

/**
 * Hairs by the area they cover over that of one of them: shafts that touch or cross count in full. The usual shaft's length
 * is that of the slender parts. Null where none stands by itself.
 */
function densityPerMegapixel(
  marks: readonly Fibre[],
  coverage: number,
  diameterPx: number,
  blurPx: number,
): number | null {
  const single = marks.filter((f) => f.lengthPx >= 2.5 * f.widthPx);
  if (single.length < LEAST_FIBRES) return null;
  const lengths = single.map((f) => f.lengthPx);
  const shaftPx = Math.max(2, quantile(lengths, SINGLE_QUANTILE) - 2 * blurPx);
  return (1e6 * coverage) / (TAPER * diameterPx * shaftPx);
}

/** Round and alike in size: 1; long or of all sizes: 0. */
function dotLikeness(fibres: readonly Fibre[]): number {
  if (fibres.length < LEAST_FIBRES) return 0;
  const round = median(fibres.map((f) => Math.min(1, (1.1 * f.widthPx) / Math.max(1, f.lengthPx))));
  const areas = fibres.map((f) => Math.sqrt(f.areaPx));
  const alike = Math.max(0, 1 - spread(areas) / Math.max(1e-6, median(areas)));
  return Math.max(0, Math.min(1, (round - 0.35) / 0.4)) * alike;
}
