import type { Spectrum } from '../colour/spectrum.ts';
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
    narrowShare: 1 / (1 + Math.exp(-0.09) * (exitRadiusMm / diameterMm) ** 0.61),
  };
}

export interface DotGrid {
  readonly diameterMm: number;
  readonly densityPerCm2: number;
  /** Share of the area under dots. */
  readonly coverage: number;
}

/**
 * Depth of the blurred shadow at a dot's centre, 0–1 at the 31 wavelengths: the dot's own share in closed form, its
 * neighbours as their mean outside the dot's own round cell.
 */
export function shadowAtCentre(
  exitRadiiMm: Spectrum,
  gapMm: number,
  { diameterMm, densityPerCm2, coverage }: DotGrid,
): Spectrum {
  const radius = diameterMm / 2;
  // Without neighbours the cell is so wide that nothing arrives from beyond it.
  const cell = Math.max(radius, 10 / Math.sqrt(Math.PI * Math.max(densityPerCm2, 1e-6)));
  const { narrowMm } = dotBlur(1, gapMm, diameterMm);
  const narrowBeyond = (r: number) => Math.exp((-r * r) / (2 * narrowMm * narrowMm));
  const narrowMiss = narrowBeyond(radius) - coverage * narrowBeyond(cell);
  const shadow = new Float64Array(exitRadiiMm.length);
  for (let i = 0; i < shadow.length; i++) {
    const { wideMm, narrowShare } = dotBlur(exitRadiiMm[i]!, gapMm, diameterMm);
    const near = radius / wideMm;
    const far = cell / wideMm;
    const wideMiss = (1 + near) * Math.exp(-near) - coverage * (1 + far) * Math.exp(-far);
    shadow[i] = Math.min(1, 1 - narrowShare * narrowMiss - (1 - narrowShare) * wideMiss);
  }
  return shadow;
}
