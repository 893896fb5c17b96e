import { PIGMENT_LAYER_MM } from './tissue.ts';

/** Above this the dots are a closed layer for every purpose here. */
const FULL_COVERAGE = 0.99;

/** Share of the skin's area under dots that are spaced evenly and do not overlap. */
export function dotCoverage(densityPerCm2: number, diameterMm: number): number {
  return Math.min(FULL_COVERAGE, (densityPerCm2 * Math.PI * diameterMm * diameterMm) / 400);
}

/**
 * Effective chord of a dot in mm: 4V/S of a cylinder as high as the pigment layer, times a factor fitted once to 80
 * Monte Carlo cases (dots farther apart are hit from more sides).
 */
export function dotChordMm(coverage: number, diameterMm: number): number {
  const meanChord = (diameterMm * PIGMENT_LAYER_MM) / (PIGMENT_LAYER_MM + diameterMm / 2);
  return Math.min(1.25, Math.max(0.8, 1.25 - 0.8 * coverage)) * meanChord;
}

/**
 * Absorption of an even layer that darkens the skin as much as dots of absorption `absorption` (1/mm). A dot that lets
 * nothing through hides what is inside it, so pigment in dots counts for less than the same pigment spread out.
 */
export function spreadAbsorption(absorption: number, coverage: number, chordMm: number): number {
  const hidden = coverage * (1 - Math.exp(-absorption * chordMm));
  // Thin dots, where a·μ is the answer, need expm1 and log1p; they cost five times as much as exp and log.
  if (hidden < 1e-5) return -Math.log1p(coverage * Math.expm1(-absorption * chordMm)) / chordMm;
  // A dot that lets nothing through would give infinity; no layer needs to be darker than the dot itself.
  return Math.min(absorption, -Math.log(1 - hidden) / chordMm);
}
