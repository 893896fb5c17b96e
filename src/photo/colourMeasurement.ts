import type { Lab65, LabCovariance } from '../colour/lab65.ts';

/** The colour of one region with its uncertainty. */
export interface ColourMeasurement {
  readonly lab: Lab65;
  /** One standard deviation of the measured centre in L*, a*, b*, all causes together. */
  readonly sd: readonly [number, number, number];
  readonly covariance: LabCovariance;
  /** Pixels accepted into the estimate. */
  readonly pixels: number;
}
