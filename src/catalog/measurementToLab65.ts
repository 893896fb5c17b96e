import { adaptLabToLab65 } from '../colour/adaptBradford.ts';
import { spectrumToLab65 } from '../colour/integrateSpectrum.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { D50_WHITE, D65_WHITE, type Xyz } from '../colour/xyzLab.ts';
import { StippleError } from '../errors.ts';
import type { Measurement } from './shade.ts';

export type CatalogIlluminant = Measurement['illuminant'];

/** 2° white points, Y = 1 (ASTM E308-18, Table 5; D50 and D65 from their standard chromaticities). */
export const WHITE_2_DEGREE: Readonly<Record<CatalogIlluminant, Xyz>> = {
  D65: D65_WHITE,
  D50: D50_WHITE,
  A: [1.0985, 1, 0.35585],
  C: [0.98074, 1, 1.18232],
  F2: [0.99186, 1, 0.67393],
  F11: [1.00962, 1, 0.6435],
};

/** A Lab of the 10° observer without a spectrum: no exact path leads from it to the 2° observer. */
export function needsSpectrum(measurement: Measurement): boolean {
  return measurement.spectrum === undefined && measurement.observer === '10';
}

/**
 * The colour of a measurement for D65/2°: from its spectrum where there is one (exact under any illuminant and
 * observer), else its Lab adapted from the stated illuminant.
 * @throws StippleError SMP_MEASUREMENT_OBSERVER for a Lab of the 10° observer alone.
 */
export function measurementToLab65(measurement: Measurement): Lab65 {
  if (measurement.spectrum !== undefined) return spectrumToLab65(Float64Array.from(measurement.spectrum));
  if (measurement.lab === undefined || measurement.observer === '10')
    throw new StippleError('SMP_MEASUREMENT_OBSERVER');
  return adaptLabToLab65(measurement.lab, WHITE_2_DEGREE[measurement.illuminant]);
}
