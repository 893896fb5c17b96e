import { xyzToLab65 } from '../colour/xyzLab.ts';
import { type ClientTable, pigmentedRatio } from '../optics/clientTable.ts';
import { shadowAtCentre } from '../optics/dotPeak.ts';
import { dotChordMm, dotCoverage, spreadAbsorption } from '../optics/dots.ts';
import type { Pigment } from '../optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { PIGMENT_LAYER_MM } from '../optics/tissue.ts';
import type { Hand } from './appearance.ts';
import type { AppearanceRow } from './matchCost.ts';
import { discShare } from './viewing.ts';

/**
 * A cheap stand-in for the full model, to sort out the shades of a large catalog that cannot be the best: nine bands
 * instead of 31 wavelengths, tabulated in absorption and scattering. Within .4 ΔE00 of the model; never shown.
 */
const BAND_STARTS = [0, 4, 7, 10, 14, 17, 19, 22, 26, 31];
const BANDS = BAND_STARTS.length - 1;
/** Absorption in even steps of its logarithm, so that thinning is a shift; below the first node nothing is seen. */
const ABSORPTION_NODES = 30;
const FIRST_LOG = Math.log(0.01);
const ABSORPTION_STEP = (Math.log(80) - FIRST_LOG) / (ABSORPTION_NODES - 1);
const SCATTER_SCALE = 0.1;
const SCATTER_NODES = 6;
const SCATTER_STEP = Math.log1p(20 / SCATTER_SCALE) / (SCATTER_NODES - 1);

export interface QuickModel {
  /** Places of each band on the tables' axes, absorption of the neat pigment and scattering: 2 × 9 numbers. */
  prepare(pigment: Pigment): Float64Array;
  /** Appearance of a prepared pigment at x = ln(1 + N); the row is used again by the next call. */
  at(prepared: Float64Array, x: number): AppearanceRow;
}

/** Builds the tables for one client and one hand (about 2,000 evaluations). */
export function makeQuickModel(table: ClientTable, hand: Hand): QuickModel {
  const { weights } = table;
  const coverage = dotCoverage(hand.densityPerCm2, hand.diameterMm);
  const chord = dotChordMm(coverage, hand.diameterMm);
  const shadow = shadowAtCentre(table.exitRadiusMm, table.gapMm, { ...hand, coverage });
  const bandWeights = new Float64Array(BANDS * 3);
  const centres = new Int32Array(BANDS);
  for (let band = 0; band < BANDS; band++) {
    let total = 0;
    let moment = 0;
    for (let i = BAND_STARTS[band]!; i < BAND_STARTS[band + 1]!; i++) {
      const all = weights.x[i]! + weights.y[i]! + weights.z[i]!;
      total += all;
      moment += all * i;
      bandWeights[3 * band]! += weights.x[i]!;
      bandWeights[3 * band + 1]! += weights.y[i]!;
      bandWeights[3 * band + 2]! += weights.z[i]!;
    }
    centres[band] = Math.round(moment / total);
  }
  const plane = ABSORPTION_NODES * SCATTER_NODES;
  const areas = new Float64Array(BANDS * plane);
  const dots = new Float64Array(BANDS * plane);
  for (let band = 0; band < BANDS; band++) {
    const wavelength = centres[band]!;
    for (let m = 0; m < ABSORPTION_NODES; m++) {
      const absorption = Math.exp(FIRST_LOG + m * ABSORPTION_STEP);
      const spread = spreadAbsorption(absorption, coverage, chord);
      const peak = spreadAbsorption(absorption, shadow[wavelength]!, chord);
      for (let s = 0; s < SCATTER_NODES; s++) {
        const scatter = SCATTER_SCALE * Math.expm1(s * SCATTER_STEP);
        const at = band * plane + s * ABSORPTION_NODES + m;
        areas[at] = pigmentedRatio(table, wavelength, spread, spread * scatter);
        dots[at] = pigmentedRatio(table, wavelength, peak, peak * scatter);
      }
    }
  }
  const share = discShare(hand.diameterMm, table.gapMm);
  const bare = [0, 1, 2].map((k) => weights[(['x', 'y', 'z'] as const)[k]!].reduce((sum, w) => sum + w, 0));

  const prepare = (pigment: Pigment): Float64Array => {
    const prepared = new Float64Array(BANDS * 2);
    const neat = (pigment.neatTau * DEFAULT_APPLICATION.healedFraction) / PIGMENT_LAYER_MM;
    for (let band = 0; band < BANDS; band++) {
      let shape = 0;
      let total = 0;
      for (let i = BAND_STARTS[band]!; i < BAND_STARTS[band + 1]!; i++) {
        const weight = weights.x[i]! + weights.y[i]! + weights.z[i]!;
        shape += weight * pigment.shape[i]!;
        total += weight;
      }
      shape /= total;
      prepared[2 * band] = (Math.log(Math.max(1e-9, neat * shape)) - FIRST_LOG) / ABSORPTION_STEP;
      const fall = (550 / (400 + 10 * centres[band]!)) ** 0.5;
      const scatter = (pigment.scatterRatio * fall) / Math.max(shape, 1e-6);
      prepared[2 * band + 1] = Math.min(SCATTER_NODES - 1.000001, Math.log1p(scatter / SCATTER_SCALE) / SCATTER_STEP);
    }
    return prepared;
  };

  const row = new Float64Array(6);
  const at = (prepared: Float64Array, x: number): AppearanceRow => {
    const thinned = x / ABSORPTION_STEP;
    let areaX = 0;
    let areaY = 0;
    let areaZ = 0;
    let dotX = 0;
    let dotY = 0;
    let dotZ = 0;
    for (let band = 0; band < BANDS; band++) {
      const position = Math.min(ABSORPTION_NODES - 1.000001, Math.max(0, prepared[2 * band]! - thinned));
      const m = Math.floor(position);
      const u = position - m;
      const s = Math.floor(prepared[2 * band + 1]!);
      const v = prepared[2 * band + 1]! - s;
      const index = band * plane + s * ABSORPTION_NODES + m;
      const up = index + ABSORPTION_NODES;
      const w00 = (1 - u) * (1 - v);
      const w10 = u * (1 - v);
      const w01 = (1 - u) * v;
      const w11 = u * v;
      const area = w00 * areas[index]! + w10 * areas[index + 1]! + w01 * areas[up]! + w11 * areas[up + 1]!;
      const peak = w00 * dots[index]! + w10 * dots[index + 1]! + w01 * dots[up]! + w11 * dots[up + 1]!;
      areaX += bandWeights[3 * band]! * area;
      areaY += bandWeights[3 * band + 1]! * area;
      areaZ += bandWeights[3 * band + 2]! * area;
      dotX += bandWeights[3 * band]! * peak;
      dotY += bandWeights[3 * band + 1]! * peak;
      dotZ += bandWeights[3 * band + 2]! * peak;
    }
    const rest = 1 - share;
    row.set(xyzToLab65([areaX, areaY, areaZ]), 0);
    row.set(
      xyzToLab65([rest * bare[0]! + share * dotX, rest * bare[1]! + share * dotY, rest * bare[2]! + share * dotZ]),
      3,
    );
    return row;
  };
  return { prepare, at };
}
