import type { ClientTable } from './clientTable.ts';
import { dotChordMm } from './dots.ts';
import type { Dose } from './pigmentDose.ts';
import { EPIDERMIS_MM } from './tissue.ts';

/**
 * How skin blurs a dot: a narrow Gaussian from the tissue above it and a wide exponential from light that has wandered
 * (in the Fourier domain (1 + k²σ²)^−1.5). Fitted to 80 Monte Carlo radial profiles.
 */
export interface DotBlur {
  /** Standard deviation of the Gaussian, mm. */
  readonly narrowMm: number;
  /** Decay length of the exponential, mm. */
  readonly wideMm: number;
  /** Weight of the Gaussian. */
  readonly narrowShare: number;
}

export function dotBlur(exitRadiusMm: number, gapMm: number, diameterMm: number): DotBlur {
  return {
    narrowMm: 0.86 * (EPIDERMIS_MM + gapMm),
    wideMm: 0.02 + 0.75 * exitRadiusMm,
    narrowShare: 1 / (1 + Math.exp(-0.09 + 0.61 * Math.log(exitRadiusMm / diameterMm))),
  };
}

/**
 * Even-layer absorption that looks like the centre of a dot among its neighbours: the blurred shadow at the centre in
 * closed form, the neighbours taken as their mean outside the dot's own cell.
 */
export function dotPeakAbsorption(
  table: ClientTable,
  dose: Dose,
  coverage: number,
  wavelength: number,
  absorption: number,
): number {
  const { diameterMm, densityPerCm2 } = dose;
  const chord = dotChordMm(coverage, diameterMm);
  const { narrowMm, wideMm, narrowShare } = dotBlur(table.exitRadiusMm[wavelength]!, table.gapMm, diameterMm);
  const radius = diameterMm / 2;
  // Radius of the round cell with a dot's share of the area; never inside the dot itself.
  const cell = Math.max(radius, densityPerCm2 > 0 ? 10 / Math.sqrt(Math.PI * densityPerCm2) : Infinity);
  const beyond = (r: number) => {
    const far = Number.isFinite(r);
    const gaussian = far ? Math.exp((-r * r) / (2 * narrowMm * narrowMm)) : 0;
    const exponential = far ? (1 + r / wideMm) * Math.exp(-r / wideMm) : 0;
    return narrowShare * gaussian + (1 - narrowShare) * exponential;
  };
  const shadow = 1 - beyond(radius) + coverage * beyond(cell);
  return -Math.log1p(Math.min(1, shadow) * Math.expm1(-absorption * chord)) / chord;
}
