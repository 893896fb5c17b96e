import { deltaE00 } from '../colour/deltaE00.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import { measurementToLab65 } from './measurementToLab65.ts';
import type { Shade } from './shade.ts';

/**
 * Measured colour of a shade at a dilution, linear between its steps on the scale of ln(1 + parts), on which thinning
 * goes in even steps. Undefined beyond the weakest step.
 */
export function ladderColourAt(shade: Pick<Shade, 'masstone' | 'letDowns'>, partsDiluent: number): Lab65 | undefined {
  const steps = [
    { at: 0, measurement: shade.masstone },
    ...shade.letDowns.map((step) => ({ at: Math.log1p(step.partsDiluent), measurement: step.measurement })),
  ].sort((one, other) => one.at - other.at);
  const at = Math.log1p(partsDiluent);
  const above = steps.findIndex((step) => step.at >= at - 1e-9);
  if (above === -1) return undefined;
  const upper = measurementToLab65(steps[above]!.measurement);
  if (above === 0 || Math.abs(steps[above]!.at - at) < 1e-9) return upper;
  const below = steps[above - 1]!;
  const lower = measurementToLab65(below.measurement);
  const share = (at - below.at) / (steps[above]!.at - below.at);
  const [L, a, b] = lower.map((value, axis) => value + share * (upper[axis]! - value)) as [number, number, number];
  return lab65(L, a, b);
}

/** Dilutions at which two shades are held side by side. */
const COMPARED_PARTS = [0, 5, 10, 20, 40, 80, 160];

/** A shade's colours at the compared dilutions, worked out once. */
export type LadderColours = readonly (Lab65 | undefined)[];

export function ladderColours(shade: Pick<Shade, 'masstone' | 'letDowns'>): LadderColours {
  return COMPARED_PARTS.map((parts) => ladderColourAt(shade, parts));
}

/** SL of CIEDE2000 is at most this, so lightness alone tells a least distance without the whole formula. */
const MOST_SL = 1.76;

/**
 * The largest CIEDE2000 between two shades at any dilution that both were measured at; the masstone always is.
 * @param enough a distance beyond this need not be exact: Infinity stands for it
 */
export function ladderDistance(
  one: LadderColours,
  other: LadderColours,
  enough: number = Number.POSITIVE_INFINITY,
): number {
  for (let at = 0; at < one.length; at++) {
    const [colour, beside] = [one[at], other[at]];
    if (colour === undefined || beside === undefined) continue;
    if (Math.abs(colour[0] - beside[0]) > enough * MOST_SL) return Number.POSITIVE_INFINITY;
  }
  let largest = 0;
  // The weakest dilutions tell most shades apart: they come first.
  for (let at = one.length - 1; at >= 0; at--) {
    const [colour, beside] = [one[at], other[at]];
    if (colour === undefined || beside === undefined) continue;
    largest = Math.max(largest, deltaE00(colour, beside));
    if (largest > enough) return Number.POSITIVE_INFINITY;
  }
  return largest;
}
