import type { Spectrum } from '../colour/spectrum.ts';

/** How well a pigment is known: measured spectra, a dilution ladder in Lab, or a single swatch (COLOUR.md §3.7). */
export type PigmentBasis = 'spectral' | 'ladder' | 'swatch';

/** A pigment as the model sees it. */
export interface Pigment {
  /** Single-pass absorption optical depth at 550 nm of one fresh dot of the liquid as bottled. */
  readonly neatTau: number;
  /** Absorption relative to 550 nm. */
  readonly shape: Spectrum;
  /** Reduced scattering over absorption at 550 nm. */
  readonly scatterRatio: number;
  readonly basis: PigmentBasis;
  /** Standard deviation of ln(neatTau): how uncertain the strength is before studio calibration. */
  readonly sigmaLogTau: number;
}

/** How the pigment is set into the skin. */
export interface Application {
  /** Parts of diluent to one part of pigment as bottled; 0 is neat. */
  readonly partsDiluent: number;
  readonly densityPerCm2: number;
  /** Diameter of the healed dot. */
  readonly diameterMm: number;
  /** Fraction of pigment left after healing; 1 is fresh, default .70. */
  readonly healedFraction: number;
  /** Years since healing: fading .9^y and 3 %/y wider dots. */
  readonly years: number;
}
