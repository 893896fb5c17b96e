import { type Lab65, type LabCovariance, lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import { colourCardTexts } from '../../language/texts/colourCard.ts';
import { openLinearReader } from '../card/readLinear.ts';
import type { Box, Point, RasterPhoto } from '../rasterPhoto.ts';
import type { Correction } from './correction.ts';
import { evaluateCurve, type MonotoneCurve, makeMonotoneCurve } from './monotoneCurve.ts';

export type WhiteKind = 'white' | 'grey' | 'paper';

export type WhiteCalibration =
  | {
      readonly usable: true;
      readonly method: 'white';
      readonly correction: Correction;
      readonly expectedDeltaE00: number;
      /** Of skin after settleOnSkin and of hair, both of L* 50; see scaleToLightness. */
      readonly skinCovarianceAt50: LabCovariance;
      readonly hairCovarianceAt50: LabCovariance;
      /** Linear sRGB of the reference as photographed. */
      readonly seen: LinearRgb;
    }
  | { readonly usable: false; readonly reason: WhiteProblem; readonly message: string };

export type WhiteProblem = 'outside' | 'clipped' | 'dark' | 'uneven' | 'coloured';

/** What the reference is taken to be: a coated white card, an 18 % grey card, office paper with its brightener. */
const REFERENCE: Readonly<Record<WhiteKind, Lab65>> = {
  white: lab65(95.5, -0.5, 1.5),
  grey: lab65(49.5, 0, 0),
  paper: lab65(94, 0.8, -3),
};

/**
 * Expected skin error and Lab covariances at L* 50, of skin after settleOnSkin and of hair. One patch cannot tell the tone
 * curve nor the camera's mixing of colours, and a round head is lit otherwise than the card; from rendered heads of all
 * skin tones. Paper's brightener and unknown white add to it.
 */
const EXPECTED: Readonly<Record<WhiteKind, { deltaE00: number; skin: LabCovariance; hair: LabCovariance }>> = {
  white: { deltaE00: 3.2, skin: [8, 0, 0, 0, 2.8, 0, 0, 0, 4.8], hair: [10, 0, 0, 0, 5.5, 0, 0, 0, 8] },
  grey: { deltaE00: 3.2, skin: [8, 0, 0, 0, 2.8, 0, 0, 0, 4.8], hair: [10, 0, 0, 0, 5.5, 0, 0, 0, 8] },
  paper: { deltaE00: 3.8, skin: [11, 0, 0, 0, 3.5, 0, 0, 0, 7], hair: [13, 0, 0, 0, 6.5, 0, 0, 0, 13] },
};

const MESSAGES: Readonly<Record<WhiteProblem, string>> = {
  outside: colourCardTexts.spotOutside,
  clipped: colourCardTexts.spotOverexposed,
  dark: colourCardTexts.spotTooDark,
  uneven: colourCardTexts.spotUneven,
  coloured: colourCardTexts.spotTooColourful,
};

/**
 * What phones usually make of greys, white = 1: reflectance against linear value in the file, from the grey rows of two
 * phone photos of a chart. Deeper shadows and a lifted upper middle; taken out of every photo with one reference only.
 */
const USUAL_TONES: readonly (readonly [seen: number, real: number])[] = [
  [0, 0],
  [0.022, 0.036],
  [0.083, 0.098],
  [0.215, 0.215],
  [0.46, 0.41],
  [0.725, 0.66],
  [1, 1],
];
const ROOTS = USUAL_TONES.map(([seen, real]) => [Math.sqrt(seen), Math.sqrt(real)] as const);
const USUAL_SEEN = makeMonotoneCurve(
  ROOTS.map((root) => root[1]),
  ROOTS.map((root) => root[0]),
);
/** Reflectance that the usual curve calls white. */
const WHITE_REFLECTANCE = 0.89;

/** Half side of the square read around a tap, as a share of the photo's shorter side. */
const TAP_SHARE = 0.006;
const MAX_CLIPPED = 0.02;
const MIN_LUMINANCE: Readonly<Record<WhiteKind, number>> = { white: 0.12, grey: 0.025, paper: 0.12 };
const MAX_RELATIVE_SD = 0.12;
/** Ratio of the strongest to the weakest channel; incandescent light without white balance stays below it. */
const MAX_CHANNEL_RATIO = 3.2;
const MAX_SAMPLES_A_SIDE = 64;

/** Exposure, balance and the usual tones of phones from one spot of known colour: `at` is a tap (a small square about it) or a box. */
export function calibrateWhite(raster: RasterPhoto, at: Point | Box, kind: WhiteKind): WhiteCalibration {
  const read = readSpot(raster, at);
  if (!read) return refuse('outside');
  const { rgb, relativeSd, clippedShare } = read;
  const luminance = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  if (clippedShare > MAX_CLIPPED) return refuse('clipped');
  if (luminance < MIN_LUMINANCE[kind]) return refuse('dark');
  if (relativeSd > MAX_RELATIVE_SD) return refuse('uneven');
  if (Math.max(...rgb) > MAX_CHANNEL_RATIO * Math.min(...rgb)) return refuse('coloured');
  const target = lab65ToLinearSrgb(REFERENCE[kind]);
  return {
    usable: true,
    method: 'white',
    correction: {
      curves: [0, 1, 2].map((c) => usualCurve(rgb[c]!, target[c]!)) as unknown as Curves,
      matrix: IDENTITY,
    },
    expectedDeltaE00: EXPECTED[kind].deltaE00,
    skinCovarianceAt50: EXPECTED[kind].skin,
    hairCovarianceAt50: EXPECTED[kind].hair,
    seen: rgb,
  };
}

type Curves = readonly [MonotoneCurve, MonotoneCurve, MonotoneCurve];
const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The usual tones, stretched so that `seen` becomes `target`. */
function usualCurve(seen: number, target: number): MonotoneCurve {
  const scaleX = Math.sqrt(seen) / evaluateCurve(USUAL_SEEN, Math.sqrt(target / WHITE_REFLECTANCE));
  const scaleY = Math.sqrt(WHITE_REFLECTANCE);
  return makeMonotoneCurve(
    ROOTS.map((root) => root[0] * scaleX),
    ROOTS.map((root) => root[1] * scaleY),
  );
}

function refuse(reason: WhiteProblem): WhiteCalibration {
  return { usable: false, reason, message: MESSAGES[reason] };
}

interface Spot {
  readonly rgb: [number, number, number];
  readonly relativeSd: number;
  readonly clippedShare: number;
}

/** Mean without the darkest and brightest tenth. */
function readSpot(raster: RasterPhoto, at: Point | Box): Spot | null {
  const reader = openLinearReader(raster);
  const half = Math.max(2, TAP_SHARE * Math.min(raster.widthPx, raster.heightPx));
  const [left, top, width, height] = at.length === 4 ? at : [at[0] - half, at[1] - half, 2 * half, 2 * half];
  const columns = Math.max(1, Math.min(MAX_SAMPLES_A_SIDE, Math.round(width)));
  const rows = Math.max(1, Math.min(MAX_SAMPLES_A_SIDE, Math.round(height)));
  const samples: { rgb: [number, number, number]; luminance: number }[] = [];
  const out = new Float64Array(3);
  let clipped = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = left + ((column + 0.5) * width) / columns;
      const y = top + ((row + 0.5) * height) / rows;
      if (!reader.read(x, y, out, 0)) continue;
      if (reader.isClipped(x, y)) clipped++;
      const [r, g, b] = [out[0]!, out[1]!, out[2]!];
      samples.push({ rgb: [r, g, b], luminance: 0.2126 * r + 0.7152 * g + 0.0722 * b });
    }
  }
  if (samples.length === 0) return null;
  samples.sort((a, b) => a.luminance - b.luminance);
  const cut = Math.floor(samples.length / 10);
  const kept = samples.slice(cut, samples.length - cut);
  const rgb: [number, number, number] = [0, 0, 0];
  for (const sample of kept) for (let c = 0; c < 3; c++) rgb[c]! += sample.rgb[c]! / kept.length;
  const mean = kept.reduce((sum, sample) => sum + sample.luminance, 0) / kept.length;
  const variance = kept.reduce((sum, sample) => sum + (sample.luminance - mean) ** 2, 0) / kept.length;
  return { rgb, relativeSd: Math.sqrt(variance) / Math.max(mean, 1e-4), clippedShare: clipped / samples.length };
}
