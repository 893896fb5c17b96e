import type { Lab65 } from '../colour/lab65.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import type { Application, Pigment } from '../optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { predictAreaAndDot } from '../optics/predictHealed.ts';
import { dotSeen } from './viewing.ts';

/** Density and diameter are the technician's hand: given, never solved for. */
export interface Hand {
  readonly densityPerCm2: number;
  readonly diameterMm: number;
}

/** What the cost compares with a target. */
export interface Appearance {
  readonly area: Lab65;
  /** A dot's centre as seen from half a metre. */
  readonly dot: Lab65;
}

export function applicationOf(hand: Hand, partsDiluent: number): Application {
  return { ...DEFAULT_APPLICATION, densityPerCm2: hand.densityPerCm2, diameterMm: hand.diameterMm, partsDiluent };
}

export function appearanceOf(table: ClientTable, prediction: Appearance, hand: Hand): Appearance {
  return { area: prediction.area, dot: dotSeen(table.skin, prediction.dot, hand.diameterMm, table.gapMm) };
}

/** Healed appearance of a pigment thinned to `partsDiluent`, by the full model. */
export function healedAppearance(table: ClientTable, pigment: Pigment, hand: Hand, partsDiluent: number): Appearance {
  return appearanceOf(table, predictAreaAndDot(table, pigment, applicationOf(hand, partsDiluent)), hand);
}
