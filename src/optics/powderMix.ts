import { type Spectrum, WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { type LeastSquaresResult, minimiseLeastSquares } from './levenbergMarquardt.ts';
import type { Pigment, PigmentBasis } from './pigment.ts';
import { POWDERS, type PowderName, SCATTERING_SHAPE } from './pigmentShapes.ts';

/** Optical depths of one neat dot. */
export interface MixDepths {
  readonly absorption: Spectrum;
  /** Reduced scattering. */
  readonly scattering: Spectrum;
}

const ORDER: readonly PowderName[] = ['carbon', 'redOxide', 'yellowOxide', 'white'];
/** Index of 550 nm. */
const REFERENCE = 15;

/**
 * What scalp pigments are usually made of: carbon in g/m² of one neat dot, the others as mass relative to carbon, all as
 * logarithms with wide spreads. A colour that needs no oxide gets little, because adding it would explain nothing.
 */
const USUAL = [0.8, 0.06, 0.06, 0.06];
const PRIOR_SD = [1.2, 1.5, 1.5, 1.5];
/** One Lab unit of misfit weighs as much as 1/.3 standard deviations. */
const PRIOR_WEIGHT = 0.3;
const LOW = 1e-5;
const HIGH = 60;
const STEP = 1e-4;

export function mixDepths(logMasses: readonly number[]): MixDepths {
  const absorption = new Float64Array(WAVELENGTHS_NM.length);
  const scattering = new Float64Array(WAVELENGTHS_NM.length);
  logMasses.forEach((logMass, k) => {
    const mass = Math.exp(logMass);
    const powder = POWDERS[ORDER[k]!];
    for (let i = 0; i < absorption.length; i++) {
      absorption[i]! += mass * powder.absorption[i]!;
      scattering[i]! += mass * powder.scattering * SCATTERING_SHAPE[i]!;
    }
  });
  return { absorption, scattering };
}

/** The mix of carbon, red and yellow iron oxide and white whose colours come closest to the measured ones. */
export function fitPowderMix(misfits: (depths: MixDepths) => number[]): LeastSquaresResult {
  const residuals = (point: readonly number[]) => [
    ...misfits(mixDepths(point)),
    ...point.map((value, i) => {
      const relative = i === 0 ? value : value - point[0]!;
      return (PRIOR_WEIGHT * (relative - Math.log(USUAL[i]!))) / PRIOR_SD[i]!;
    }),
  ];
  const linearise = (point: readonly number[]) => {
    const here = residuals(point);
    const columns = point.map((_, k) => {
      const moved = residuals(point.map((value, i) => (i === k ? value + STEP : value)));
      return moved.map((value, row) => (value - here[row]!) / STEP);
    });
    return { residuals: here, jacobian: here.map((_, row) => columns.map((column) => column[row]!)) };
  };
  const bounds = { low: ORDER.map(() => Math.log(LOW)), high: ORDER.map(() => Math.log(HIGH)) };
  // A dark and a coloured start: chroma can come from thin oxide or from thick oxide under carbon.
  const starts = [
    [0.8, 0.05, 0.05, 0.05],
    [0.1, 0.5, 0.5, 0.2],
  ].map((masses) => masses.map(Math.log));
  const results = starts.map((start) => minimiseLeastSquares({ start, ...bounds, residuals, linearise }, 1e-7));
  return results.reduce((best, next) => (next.cost < best.cost ? next : best));
}

export function pigmentOfMix(logMasses: readonly number[], basis: PigmentBasis, sigmaLogTau: number): Pigment {
  const { absorption, scattering } = mixDepths(logMasses);
  const neatTau = absorption[REFERENCE]!;
  return {
    neatTau,
    shape: absorption.map((value) => value / neatTau),
    scatterRatio: scattering[REFERENCE]! / neatTau,
    basis,
    sigmaLogTau,
  };
}
