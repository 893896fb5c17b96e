import { type Spectrum, WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { requireRange } from './opticsInputError.ts';
import type { Application, Pigment } from './pigment.ts';
import { SCATTERING_SHAPE } from './pigmentShapes.ts';
import { PIGMENT_LAYER_MM } from './tissue.ts';

/**
 * Healed dots as the trade finds them: .30 mm, one per millimetre both ways; about a third of the pigment is lost within
 * weeks (Bäumler, Curr. Probl. Dermatol. 48, 2015). All three are defaults for a studio to replace by its own.
 */
export const DEFAULT_APPLICATION: Application = {
  partsDiluent: 0,
  densityPerCm2: 100,
  diameterMm: 0.3,
  healedFraction: 0.7,
  years: 0,
};

/** Assumed, not measured: a tenth of the pigment fades each year and dots widen by 3 % of their healed diameter. */
const KEPT_PER_YEAR = 0.9;
const WIDENING_PER_YEAR = 0.03;

/** What pigment adds to the dermis, coefficients in 1/mm at the 31 wavelengths. */
export interface DoseSpectra {
  readonly absorption: Spectrum;
  /** Reduced scattering added per absorption added. */
  readonly scatteringPerAbsorption: Spectrum;
}

/** What one dot adds to the dermis. */
export interface Dose extends DoseSpectra {
  readonly diameterMm: number;
  readonly densityPerCm2: number;
}

/** @throws OpticsInputError naming the number that cannot be */
export function checkApplication(application: Application): void {
  requireRange('partsDiluent', application.partsDiluent, 0, 1e6);
  requireRange('densityPerCm2', application.densityPerCm2, 0, 2000);
  requireRange('diameterMm', application.diameterMm, 0.01, 3);
  requireRange('healedFraction', application.healedFraction, 0, 1);
  requireRange('years', application.years, 0, 60);
}

/** Spectra whose numbers are still to come, for `doseOf`. */
export function blankDose(): DoseSpectra {
  return {
    absorption: new Float64Array(WAVELENGTHS_NM.length),
    scatteringPerAbsorption: new Float64Array(WAVELENGTHS_NM.length),
  };
}

/**
 * Pigment in one dot. Dilution 1:D leaves 1/(1 + D) of it, healing and fading take their shares, and a dot that
 * spreads keeps its pigment, so its optical depth falls with its area.
 * @param into spectra of a dose that is no longer needed
 */
export function doseOf(pigment: Pigment, application: Application, into: DoseSpectra = blankDose()): Dose {
  checkApplication(application);
  const { partsDiluent, healedFraction, years } = application;
  const widening = 1 + WIDENING_PER_YEAR * years;
  const left = (healedFraction * KEPT_PER_YEAR ** years) / widening ** 2;
  const at550 = (pigment.neatTau * left) / (1 + partsDiluent) / PIGMENT_LAYER_MM;
  const { shape, scatterRatio } = pigment;
  const { absorption, scatteringPerAbsorption } = into;
  for (let i = 0; i < shape.length; i++) {
    absorption[i] = at550 * shape[i]!;
    // A wavelength without absorption keeps its scattering through a ratio that is large but finite.
    scatteringPerAbsorption[i] = (scatterRatio * SCATTERING_SHAPE[i]!) / Math.max(shape[i]!, 1e-6);
  }
  return {
    absorption,
    scatteringPerAbsorption,
    diameterMm: application.diameterMm * widening,
    densityPerCm2: application.densityPerCm2,
  };
}
