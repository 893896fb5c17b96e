import { adaptBradford } from '../colour/adaptBradford.ts';
import { colourWeights, type Illuminant } from '../colour/integrateSpectrum.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { D65_WHITE, type LinearRgb, linearSrgbToXyz, type Xyz, xyzToLinearSrgb } from '../colour/xyzLab.ts';
import { type ClientTable, pigmentedRatio } from '../optics/clientTable.ts';
import { dotChordMm, dotCoverage, spreadAbsorption } from '../optics/dots.ts';
import type { Application, Pigment } from '../optics/pigment.ts';
import { doseOf } from '../optics/pigmentDose.ts';
import { skinReflectance } from '../optics/skinReflectance.ts';
import { type DotShadows, SHADOW_LEVELS } from './castShadows.ts';

/** Bits of the whole numbers that curves are given in: 1 is `1 << CURVE_BITS`, and none reaches 2. */
export const CURVE_BITS = 14;

/** What each channel is multiplied by, in linear light. */
export interface ToneCurves {
  /** Against the depth of shadow, 0…`SHADOW_LEVELS`, for red, green, blue. */
  readonly curves: readonly [Int32Array, Int32Array, Int32Array];
  /** The light's own tint, on the whole picture. */
  readonly gain: LinearRgb;
}

/** How shadows are spread over the pixels of an evenly treated patch: the same whatever the pigment. */
export interface ShadowSpread {
  readonly counts: readonly [Float64Array, Float64Array, Float64Array];
  readonly pixels: number;
}

/** Knots of a curve, at squares: thin shadows matter most. */
const KNOTS = 48;
/** Share of the eye's adaptation to a lamp: the rest is what makes a warm room look warm. */
const ADAPTED = 0.8;
/** Blood in freshly treated skin over its usual amount: assumed, it fades within a week. */
const FRESH_BLOOD = 1.8;

/** Counts the depths of a patch without its rim, where dots from outside are missing. */
export function spreadOf({ box: { widthPx, heightPx }, depth }: DotShadows, rimPx: number): ShadowSpread {
  const counts = [0, 1, 2].map(() => new Float64Array(SHADOW_LEVELS + 1)) as unknown as ShadowSpread['counts'];
  const [red, green, blue] = counts;
  let pixels = 0;
  for (let y = rimPx; y < heightPx - rimPx; y++)
    for (let x = rimPx; x < widthPx - rimPx; x++, pixels++) {
      const at = 3 * (y * widthPx + x);
      red[depth[at]!]!++;
      green[depth[at + 1]!]!++;
      blue[depth[at + 2]!]!++;
    }
  return { counts, pixels };
}

type ToRgb = (reflectance: (i: number) => number) => LinearRgb;

/** Linear sRGB of reflectances as an eye in this light sees them. */
function seenIn(illuminant: Illuminant): ToRgb {
  const { x, y, z, white } = colourWeights(illuminant);
  return (reflectance) => {
    let [X, Y, Z] = [0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const value = reflectance(i);
      X += x[i]! * value;
      Y += y[i]! * value;
      Z += z[i]! * value;
    }
    if (illuminant === 'D65') return xyzToLinearSrgb([X, Y, Z]);
    const full = adaptBradford([X, Y, Z], white, D65_WHITE);
    const seen = full.map((v, k) => ADAPTED * v + (1 - ADAPTED) * [X, Y, Z][k]!) as unknown as Xyz;
    return xyzToLinearSrgb(seen);
  };
}

const divide = (one: LinearRgb, other: LinearRgb): LinearRgb =>
  one.map((value, c) => Math.max(0, value) / Math.max(1e-4, other[c]!)) as unknown as LinearRgb;

/** Fresh skin over the same skin at rest, 31 values. */
function freshness(table: ClientTable): Spectrum {
  const { parameters, reflectance } = table.fit;
  const fresh = skinReflectance({ ...parameters, bloodFraction: parameters.bloodFraction * FRESH_BLOOD }, table.gloss);
  return fresh.map((value, i) => value / reflectance[i]!);
}

/** Value of a curve given at knots `k²/KNOTS²`. */
function between(knots: Float64Array, s: number): number {
  const k = Math.min(KNOTS - 1, Math.floor(Math.sqrt(Math.min(1, s)) * KNOTS));
  const t = (s * KNOTS * KNOTS - k * k) / (2 * k + 1);
  return knots[k]! + t * (knots[k + 1]! - knots[k]!);
}

/**
 * What a pigment does to the picture: the skin's reflectance with a layer as deep as the shadow over that without, in the
 * bands of a picture. The contrast is then scaled, a few per cent, so that an evenly treated patch has exactly the area
 * colour that the recommendation promises (`predictHealed`).
 * @throws OpticsInputError naming the number of the application that cannot be
 */
export function makeToneCurves(
  table: ClientTable,
  pigment: Pigment,
  application: Application,
  spread: ShadowSpread,
  { illuminant, redness }: { readonly illuminant: Illuminant; readonly redness: number },
): ToneCurves {
  const dose = doseOf(pigment, application);
  const coverage = dotCoverage(dose.densityPerCm2, dose.diameterMm);
  const chord = dotChordMm(coverage, dose.diameterMm);
  const toRgb = seenIn(illuminant);
  const bare = toRgb((i) => table.bare[i]!);
  const knots = Array.from({ length: KNOTS + 1 }, (_, k) => {
    const shadow = (k / KNOTS) ** 2;
    const rgb = toRgb((i) => {
      const absorption = spreadAbsorption(dose.absorption[i]!, shadow, chord);
      return table.bare[i]! * pigmentedRatio(table, i, absorption, absorption * dose.scatteringPerAbsorption[i]!);
    });
    return divide(rgb, bare);
  });
  const fresh = redness > 0 ? freshness(table) : null;
  const blush = fresh
    ? divide(
        toRgb((i) => table.bare[i]! * fresh[i]!),
        bare,
      )
    : null;
  const curves = ([0, 1, 2] as const).map((c) => {
    const ofChannel = Float64Array.from(knots, (rgb) => rgb[c]);
    const counts = spread.counts[c];
    let [sum, depth] = [0, 0];
    for (let level = 0; level <= SHADOW_LEVELS; level++) {
      const s = level / SHADOW_LEVELS;
      sum += counts[level]! * (1 - between(ofChannel, s));
      depth += counts[level]! * s;
    }
    const wanted = 1 - between(ofChannel, depth / Math.max(1, spread.pixels));
    const scale = sum > 0 ? Math.min(1.5, Math.max(0.6, (wanted * spread.pixels) / sum)) : 1;
    const curve = new Int32Array(SHADOW_LEVELS + 1);
    for (let level = 0; level <= SHADOW_LEVELS; level++) {
      const s = level / SHADOW_LEVELS;
      const pigmented = Math.max(0, 1 - scale * (1 - between(ofChannel, s)));
      // Redness surrounds the dots and fills the skin between them where they are dense; under pigment it is not seen.
      const red = blush ? (redness * s * (1 - s) * (1 - s)) / (s + 0.6 * coverage) : 0;
      const left = blush ? pigmented * (1 - red * (1 - blush[c])) : pigmented;
      curve[level] = Math.round(Math.min(1.99, left) * (1 << CURVE_BITS));
    }
    return curve;
  }) as unknown as ToneCurves['curves'];
  const daylight = seenIn('D65')((i) => table.bare[i]!);
  // A camera exposes for the skin: a lamp changes its colour, not how light it is.
  const exposure = linearSrgbToXyz(daylight)[1] / linearSrgbToXyz(bare)[1];
  return { curves, gain: divide(bare.map((value) => exposure * value) as unknown as LinearRgb, daylight) };
}
