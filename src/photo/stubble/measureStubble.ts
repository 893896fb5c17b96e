import { type Lab65, lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import type { PixelCorrection } from '../sampling/pixelCorrection.ts';
import type { SampleArea } from '../sampling/samplePixels.ts';
import { type LevelledPatch, levelSkin } from './levelSkin.ts';
import { type Patch, readPatches } from './readPatches.ts';
import { type Fibre, segmentFibres } from './segmentFibres.ts';

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
  readonly densityPerMegapixel: number;
  /** Null without a scale. */
  readonly densityPerCm2: number | null;
  readonly densitySd: number;
  /** Share of fibres clearly lighter than the rest. */
  readonly greyPercent: number;
  readonly greySd: number;
  /** 0–1: how much the marks look like pigment dots (round, alike) rather than cut hair. */
  readonly dotLikeness: number;
  /** False where single fibres cannot be told apart; colours of fibres are then a guess. */
  readonly resolved: boolean;
}

export interface StubbleOptions {
  readonly pxPerMm?: number;
  readonly correction?: PixelCorrection;
}

/** Healthy terminal hair, mm; the spread enters the uncertainty. */
const FIBRE_MM = 0.08;
/** Blur of a phone's lens, demosaicing and compression on a round head, and of the pixel itself, px (one sigma). */
const SIGMA_PX = Math.sqrt(1 + 1 / 12);
/** A shaft darkens a little more than its own width: its shadow lies beside it and neighbours cross it. */
const SHADOW_PX = 1.1;
/** Share of a shaft's depth that its shadow on the skin hardly reaches. */
const SHADOW_SHARE = 0.5;
/** Part of the light missing at shafts that their shadows and roots take, not the shafts; from rendered scenes with known coverage. */
const SHADOW_LIGHT = 0.28;
/** Luminance of the blackest hair, L* 17 (published black hair: L* 18.4, Library of SCC 51/25). */
const BLACK_HAIR_Y = 0.023;
/** Luminance of white hair. */
const WHITE_HAIR_Y = 0.58;
const LEAST_FIBRES = 12;

/** Abramowitz & Stegun 7.1.26, error below 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}

function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((p, r) => p - r);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

const median = (values: readonly number[]) => quantile(values, 0.5);

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, values.length - 1));
}

/**
 * Mean ratio to the skin between the hairs in each quarter of a patch. As a ratio it is free of the light's gradient
 * between the stubble and the bare skin elsewhere.
 */
function quarterRatios({ widthPx, heightPx, ratio }: LevelledPatch, clipped: Uint8Array): LinearRgb[] {
  const sums = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let i = 0; i < clipped.length; i++) {
    if (clipped[i]) continue;
    const quarter = (i % widthPx < widthPx / 2 ? 0 : 1) + (Math.floor(i / widthPx) < heightPx / 2 ? 0 : 2);
    const s = sums[quarter]!;
    s[3]!++;
    for (let c = 0; c < 3; c++) s[c]! += ratio[c]![i]!;
  }
  return sums.filter((s) => s[3]! > 0).map((s) => [s[0]! / s[3]!, s[1]! / s[3]!, s[2]! / s[3]!]);
}

function meanColour(colours: readonly LinearRgb[]): LinearRgb {
  const sum = [0, 0, 0];
  for (const colour of colours) for (let c = 0; c < 3; c++) sum[c]! += colour[c]! / colours.length;
  return sum as unknown as LinearRgb;
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
 * Ratio to skin of pure fibre, given that of its middle and the share `filled` of that middle it really fills; no darker
 * than hair is.
 */
function unmix(core: Triple, filled: number, skinY: number): Triple {
  const ratio = core.map((v) => Math.max(0.01, (v - (1 - filled)) / filled)) as unknown as Triple;
  const blackest = BLACK_HAIR_Y / Math.max(BLACK_HAIR_Y, skinY);
  const y = luminanceOf(ratio);
  // Where so little light is left its colour is noise: black hair is nearly neutral, as a ratio a little cooler than skin.
  return y >= blackest ? ratio : [0.85 * blackest, 1.03 * blackest, 1.2 * blackest];
}

/**
 * Hair colour without red pigment is mainly L* with b* following it (2,057 heads, IJCS 39:101), and chroma is what a phone
 * blurs most: the less of a shaft's middle is shaft, the more its hue is taken from its lightness.
 */
function drawToHairLocus(lab: Lab65, filled: number): Lab65 {
  const own = Math.min(1, Math.max(0.25, (filled - 0.6) / 0.4));
  const above = Math.max(0, lab[0] - 14);
  const a = Math.min(5, 0.15 * above);
  const b = Math.min(17, 0.5 * above);
  return lab65(lab[0], own * lab[1] + (1 - own) * a, own * lab[2] + (1 - own) * b);
}

interface Counted {
  readonly dark: readonly Fibre[];
  readonly light: readonly Fibre[];
  readonly pixels: number;
  readonly separability: number;
}

function countFibres(levelled: readonly LevelledPatch[], skinY: number, filled: number): Counted {
  const dark = levelled.map((patch) => segmentFibres(patch, false));
  // Grain and gloss are lighter than skin too: a white hair must reach a fair part of what white would give.
  const leastLight = Math.max(0.06, 0.35 * filled * (WHITE_HAIR_Y / Math.max(0.01, skinY) - 1));
  const light = levelled.map((patch) => segmentFibres(patch, true, leastLight));
  return {
    dark: dark.flatMap((s) => s.fibres),
    light: light.flatMap((s) => s.fibres),
    pixels: levelled.reduce((sum, p) => sum + p.widthPx * p.heightPx, 0),
    separability: median(dark.map((s) => s.separability)),
  };
}

const areaOf = (fibres: readonly Fibre[]) => fibres.reduce((sum, f) => sum + f.areaPx, 0);

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
  const patches = readPatches(raster, area, options.correction);
  if (patches.length === 0) return null;
  const { pxPerMm } = options;
  const levelled = patches.map((patch) => levelSkin(patch, levelRadius(patch, pxPerMm)));
  const lit = (ratio: Triple): LinearRgb => [ratio[0] * skin[0], ratio[1] * skin[1], ratio[2] * skin[2]];
  const quarters = levelled.flatMap((patch, k) => quarterRatios(patch, patches[k]!.clipped)).map((r) => lit(r));
  if (quarters.length === 0) return null;
  const apparent = meanColour(quarters);
  const skinY = 0.2126 * skin[0] + 0.7152 * skin[1] + 0.0722 * skin[2];
  const expected = fillOf(pxPerMm ? FIBRE_MM * pxPerMm : 1.5);
  const counted = countFibres(levelled, skinY, expected);
  const mainlyLight =
    areaOf(counted.light) > 5 * areaOf(counted.dark) && counted.light.length > 3 * counted.dark.length;
  const main = mainlyLight ? counted.light : counted.dark;
  const width = median(main.filter((f) => f.lengthPx > 2).map((f) => f.widthPx));
  const resolved = main.length >= LEAST_FIBRES && (pxPerMm === undefined || pxPerMm >= 8);
  const diameterPx = pxPerMm ? FIBRE_MM * pxPerMm : Math.sqrt(Math.max(0.5, width ** 2 - (2 * SIGMA_PX) ** 2));
  const filled = fillOf(diameterPx);
  const core: Triple = [0, 1, 2].map((c) =>
    quantile(
      main.map((f) => f.core[c as 0 | 1 | 2]),
      mainlyLight ? 0.5 : 0.4,
    ),
  ) as unknown as Triple;
  const pure = unmix(core, filled, skinY);
  const light = counted.light.length;
  const grey = mainlyLight ? 0 : light / Math.max(1, light + counted.dark.length);
  const missing = patchCoverage(
    levelled,
    luminanceOf(core),
    luminanceOf(pure),
    grey > 0.05 ? WHITE_HAIR_Y / Math.max(0.01, skinY) : null,
  );
  const coverage = Math.min(1, Math.max(0, missing.reduce((sum, v) => sum + v, 0) / Math.max(1, missing.length)));
  const photographed = main.length > 0 ? linearSrgbToLab65(lit(pure)) : lab65(Number.NaN, Number.NaN, Number.NaN);
  const fibreLab = mainlyLight ? photographed : drawToHairLocus(photographed, filled);
  const thinner = linearSrgbToLab65(lit(unmix(core, 0.85 * filled, skinY)));
  const perMegapixel = (1e6 * main.length) / counted.pixels;
  return {
    apparentLab: linearSrgbToLab65(apparent),
    apparentSd: sdOfMean(quarters),
    fibreLab,
    fibreSd: [0, 1, 2].map(
      (c) => 1 + Math.abs(fibreLab[c as 0 | 1 | 2] - thinner[c as 0 | 1 | 2]),
    ) as unknown as Triple,
    dotPeakLab: linearSrgbToLab65(lit(core)),
    dotPeakSd: sdOfMean(main.slice(0, 400).map((f) => lit(f.core))),
    coveragePercent: 100 * coverage,
    coverageSd: 100 * (spread(missing) / Math.sqrt(Math.max(1, missing.length)) + 0.15 * coverage),
    diameterPx,
    diameterSd: 0.2 * diameterPx,
    densityPerMegapixel: perMegapixel,
    densityPerCm2: pxPerMm ? (perMegapixel * (10 * pxPerMm) ** 2) / 1e6 : null,
    densitySd: perMegapixel / Math.sqrt(Math.max(1, main.length)),
    greyPercent: 100 * grey,
    greySd: 100 * Math.sqrt(0.01 + (grey * (1 - grey)) / Math.max(1, main.length)),
    dotLikeness: dotLikeness(main),
    resolved,
  };
}

/** Share of the middle of a blurred shaft that the shaft itself fills (COLOUR.md §2: c = erf(D / (2√2 σ))). */
function fillOf(diameterPx: number): number {
  return Math.max(0.2, erf((diameterPx + SHADOW_PX) / (2 * Math.SQRT2 * SIGMA_PX)));
}

function luminanceOf(ratio: Triple): number {
  return 0.2126 * ratio[0] + 0.7152 * ratio[1] + 0.0722 * ratio[2];
}

/**
 * Share of fibre in each patch: the light missing where a shaft lies, over what pure fibre would take. The soft shadow
 * beside a shaft stays below `SHADOW_SHARE` of the middle's depth and is left out. With white hairs among dark ones
 * (`white`: their ratio to skin) both sides are summed.
 */
function patchCoverage(levelled: readonly LevelledPatch[], core: number, pure: number, white: number | null): number[] {
  if (Math.abs(1 - pure) < 0.05) return [];
  const least = SHADOW_SHARE * (1 - core);
  const leastWhite = white === null ? Number.POSITIVE_INFINITY : SHADOW_SHARE * 0.5 * (white - 1);
  return levelled.map(({ ratioY }) => {
    let main = 0;
    let lighter = 0;
    for (let i = 0; i < ratioY.length; i++) {
      const missing = 1 - ratioY[i]!;
      if (least > 0 ? missing > least : missing < least) main += missing;
      else if (-missing > leastWhite) lighter -= missing;
    }
    const whiteShare = white !== null && white > 1.1 ? lighter / (white - 1) : 0;
    return ((1 - SHADOW_LIGHT) * (main / (1 - pure) + whiteShare)) / ratioY.length;
  });
}

/** Round and alike in size: 1; long or of all sizes: 0. */
function dotLikeness(fibres: readonly Fibre[]): number {
  if (fibres.length < LEAST_FIBRES) return 0;
  const round = median(fibres.map((f) => Math.min(1, (1.1 * f.widthPx) / Math.max(1, f.lengthPx))));
  const areas = fibres.map((f) => Math.sqrt(f.areaPx));
  const alike = Math.max(0, 1 - spread(areas) / Math.max(1e-6, median(areas)));
  return Math.max(0, Math.min(1, (round - 0.35) / 0.4)) * alike;
}
