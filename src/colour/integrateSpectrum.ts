import { COLOUR_MATCHING_2, ILLUMINANT_POWER, type Illuminant } from './cieTables.ts';
import type { Lab65 } from './lab65.ts';
import { lab65 } from './lab65.ts';
import { type Spectrum, WAVELENGTHS_NM } from './spectrum.ts';
import { D50_WHITE, D65_WHITE, type Xyz, xyzToLab } from './xyzLab.ts';

export type { Illuminant } from './cieTables.ts';

/** Illuminants with emission lines: sampled every 10 nm they alias, so each 5 nm band goes to its two neighbours. */
const LINE_ILLUMINANTS: ReadonlySet<Illuminant> = new Set(['FL2', 'FL11', 'LED-B3']);
/** Standardised whites win over the sum of a table cut at 400 and 700 nm (same values as `xyzLab.ts`). */
const STANDARD_WHITE: Partial<Record<Illuminant, Xyz>> = { D65: D65_WHITE, D50: D50_WHITE };

/** Weights per wavelength: XYZ = Σ weight × reflectance. */
export interface ColourWeights {
  readonly x: Spectrum;
  readonly y: Spectrum;
  readonly z: Spectrum;
  /** XYZ of the perfect reflector, Y = 1. */
  readonly white: Xyz;
}

const cache = new Map<Illuminant, ColourWeights>();

function weigh(power: readonly number[], matching: readonly number[], spread: boolean): Spectrum {
  return Float64Array.from(WAVELENGTHS_NM, (_, i) => {
    const at = (k: number) => (power[k] ?? 0) * (matching[k] ?? 0);
    return spread ? at(2 * i) + (at(2 * i - 1) + at(2 * i + 1)) / 2 : at(2 * i);
  });
}

const sum = (values: Spectrum): number => values.reduce((total, value) => total + value, 0);

/**
 * Tristimulus weights of an illuminant for the 2° observer at the 31 wavelengths, normalised so that the perfect
 * reflector has Y = 1 and, under D65 and D50, exactly the standard white (CIE 15:2018, §7.1 and §8.2).
 */
export function colourWeights(illuminant: Illuminant): ColourWeights {
  const known = cache.get(illuminant);
  if (known) return known;
  const spread = LINE_ILLUMINANTS.has(illuminant);
  const power = ILLUMINANT_POWER[illuminant];
  const raw = [COLOUR_MATCHING_2.x, COLOUR_MATCHING_2.y, COLOUR_MATCHING_2.z].map((m) => weigh(power, m, spread));
  const [x, y, z] = raw as [Spectrum, Spectrum, Spectrum];
  const luminance = sum(y);
  const white = STANDARD_WHITE[illuminant] ?? ([sum(x) / luminance, 1, sum(z) / luminance] as const);
  const scale = (values: Spectrum, total: number) => values.map((value) => (value * total) / sum(values));
  const weights = { x: scale(x, white[0]), y: scale(y, white[1]), z: scale(z, white[2]), white };
  cache.set(illuminant, weights);
  return weights;
}

/** XYZ of a reflectance (31 values) under an illuminant, 2° observer; Y = 1 for the perfect white. */
export function spectrumToXyz(reflectance: Spectrum, illuminant: Illuminant): Xyz {
  const { x, y, z } = colourWeights(illuminant);
  let X = 0;
  let Y = 0;
  let Z = 0;
  for (let i = 0; i < reflectance.length; i++) {
    const value = reflectance[i]!;
    X += x[i]! * value;
    Y += y[i]! * value;
    Z += z[i]! * value;
  }
  return [X, Y, Z];
}

/** CIELAB under the illuminant itself, relative to its own white; not a Lab65 unless the illuminant is D65. */
export function spectrumToLab(reflectance: Spectrum, illuminant: Illuminant): [number, number, number] {
  return xyzToLab(spectrumToXyz(reflectance, illuminant), colourWeights(illuminant).white);
}

/** CIELAB D65/2° of a reflectance; the perfect reflector is (100, 0, 0). */
export function spectrumToLab65(reflectance: Spectrum): Lab65 {
  return lab65(...spectrumToLab(reflectance, 'D65'));
}
