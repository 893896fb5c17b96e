import { WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { pigmentInputTexts } from '../language/texts/opticsInput.ts';
import { type FilmGround, filmGround, filmReflectance } from './filmReflectance.ts';
import { OpticsInputError } from './opticsInputError.ts';
import type { Pigment } from './pigment.ts';
import type { PigmentReading } from './pigmentData.ts';
import { SCATTERING_SHAPE } from './pigmentShapes.ts';

/** Readings are trusted to .002 of reflectance plus 2 %. */
const noise = (reflectance: number): number => 0.002 + 0.02 * reflectance;
const LOWEST_DEPTH = 1e-4;
const HIGHEST_DEPTH = 300;
/** A film of this optical depth changes the card's reflectance by less than the instrument repeats. */
const LEAST_VISIBLE = 2e-3;
/** Index of 550 nm. */
const REFERENCE = 15;
/** A card and a film in skin are different things: strength from drawdowns is good to a quarter. */
const SIGMA_LOG_TAU = 0.25;

interface Film {
  readonly ground: FilmGround;
  /** Pigment in the film relative to one neat dot. */
  readonly strength: number;
  readonly reflectance: ArrayLike<number>;
}

/** Squared misfit in noise units at one wavelength. */
function misfit(films: readonly Film[], at: number, absorption: number, scattering: number): number {
  let total = 0;
  for (const { ground, strength, reflectance } of films) {
    const wanted = reflectance[at]!;
    const error = (filmReflectance(absorption * strength, scattering * strength, ground) - wanted) / noise(wanted);
    total += error * error;
  }
  return total;
}

/** Smallest value of a function of ln x: coarse scan against side valleys, then golden section. */
function minimiseLog(
  low: number,
  high: number,
  scan: number,
  steps: number,
  f: (x: number) => number,
): [number, number] {
  const width = Math.log(high / low) / scan;
  let best = 0;
  let least = Infinity;
  for (let i = 0; i <= scan; i++) {
    const value = f(low * Math.exp(i * width));
    if (value < least) {
      least = value;
      best = i;
    }
  }
  let from = Math.log(low) + Math.max(0, best - 1) * width;
  let to = Math.log(low) + Math.min(scan, best + 1) * width;
  const ratio = (Math.sqrt(5) - 1) / 2;
  let left = to - ratio * (to - from);
  let right = from + ratio * (to - from);
  let atLeft = f(Math.exp(left));
  let atRight = f(Math.exp(right));
  for (let step = 0; step < steps; step++) {
    if (atLeft < atRight) {
      to = right;
      right = left;
      atRight = atLeft;
      left = to - ratio * (to - from);
      atLeft = f(Math.exp(left));
    } else {
      from = left;
      left = right;
      atLeft = atRight;
      right = from + ratio * (to - from);
      atRight = f(Math.exp(right));
    }
  }
  return atLeft < atRight ? [Math.exp(left), atLeft] : [Math.exp(right), atRight];
}

/**
 * Absorption spectrum and scattering of the neat pigment from spectra of drawdowns: several dilutions, or the same
 * film over white and over black. Absorption is free at every wavelength, scattering follows λ^−½, so that the masstone
 * (all scattering) and the let-downs (all absorption) each tell what they know.
 * @throws OpticsInputError when the films show no pigment at all
 */
export function pigmentFromDrawdown(readings: readonly PigmentReading[]): Pigment {
  const films = readings.map(({ ground, gloss, partsDiluent, spectrum }): Film => {
    const film = filmGround(ground, gloss);
    return { ground: film, strength: film.films / (1 + partsDiluent), reflectance: spectrum! };
  });
  const absorptionFor = (scattering: number, scan: number, steps: number) =>
    WAVELENGTHS_NM.map((_, i) => {
      const here = scattering * SCATTERING_SHAPE[i]!;
      return minimiseLog(LOWEST_DEPTH, HIGHEST_DEPTH, scan, steps, (depth) => misfit(films, i, depth, here));
    });
  const [scattering] = minimiseLog(1e-3, HIGHEST_DEPTH, 10, 12, (depth) =>
    absorptionFor(depth, 12, 8).reduce((total, [, cost]) => total + cost, 0),
  );
  const absorption = absorptionFor(scattering, 24, 30).map(([depth]) => depth);
  const neatTau = absorption[REFERENCE]!;
  if (neatTau < LEAST_VISIBLE) {
    throw new OpticsInputError(readings[0]!.field, pigmentInputTexts.expectedVisiblePigment(readings[0]!.field));
  }
  return {
    neatTau,
    shape: Float64Array.from(absorption, (depth) => depth / neatTau),
    scatterRatio: scattering / neatTau,
    basis: 'spectral',
    sigmaLogTau: SIGMA_LOG_TAU,
  };
}
