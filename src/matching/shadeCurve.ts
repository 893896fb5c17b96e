import { lab65 } from '../colour/lab65.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import type { Pigment } from '../optics/pigment.ts';
import { type Appearance, type Hand, healedAppearance } from './appearance.ts';
import type { AppearanceRow } from './matchCost.ts';

/** Dilutions are measured on the axis x = ln(1 + N): equal steps change the strength by equal factors. */
export interface DilutionRange {
  readonly strongest: number;
  readonly weakest: number;
  /** The maker's everyday mix; the middle of the range where none is named. */
  readonly usual: number;
}

export function dilutionRange(minParts: number, maxParts: number, typicalParts?: number): DilutionRange {
  const strongest = Math.log1p(minParts);
  const weakest = Math.log1p(maxParts);
  const usual = typicalParts === undefined ? (strongest + weakest) / 2 : Math.log1p(typicalParts);
  return { strongest, weakest, usual: Math.min(weakest, Math.max(strongest, usual)) };
}

/** Healed appearance of one pigment on one client over its whole range of dilution, from exact knots. */
export interface ShadeCurve {
  readonly range: DilutionRange;
  readonly from: number;
  readonly step: number;
  /** Six numbers a knot: area L*, a*, b*, dot L*, a*, b*. */
  readonly knots: Float64Array;
}

/** Knots no farther apart than a third of a doubling-and-a-bit: the cubic between them is within .05 ΔE00. */
const LARGEST_STEP = 0.35;
/** The curve goes on beyond the limits, to see what the limits cost and how a wrong strength would act. */
const MARGIN = 0.7;
const VALUES = 6;

export function makeShadeCurve(table: ClientTable, pigment: Pigment, hand: Hand, range: DilutionRange): ShadeCurve {
  const from = range.strongest - MARGIN;
  const span = range.weakest + MARGIN - from;
  const intervals = Math.ceil(span / LARGEST_STEP);
  const step = span / intervals;
  const knots = new Float64Array((intervals + 1) * VALUES);
  for (let i = 0; i <= intervals; i++) {
    const thinned = { ...pigment, neatTau: pigment.neatTau * Math.exp(-(from + i * step)) };
    const { area, dot } = healedAppearance(table, thinned, hand, 0);
    knots.set([...area, ...dot], i * VALUES);
  }
  return { range, from, step, knots };
}

/** Catmull–Rom at the first number of `x`, into `row`; beyond the ends the curve stays as it is there. */
export function sampleCurve({ from, step, knots }: ShadeCurve, x: Float64Array, row: AppearanceRow): AppearanceRow {
  const last = knots.length / VALUES - 1;
  const position = Math.min(last, Math.max(0, (x[0]! - from) / step));
  const i = Math.min(last - 1, Math.floor(position));
  const t = position - i;
  const t2 = t * t;
  const t3 = t2 * t;
  const w0 = 0.5 * (2 * t2 - t - t3);
  const w1 = 0.5 * (2 - 5 * t2 + 3 * t3);
  const w2 = 0.5 * (t + 4 * t2 - 3 * t3);
  const w3 = 0.5 * (t3 - t2);
  const before = Math.max(0, i - 1) * VALUES;
  const at = i * VALUES;
  const after = Math.min(last, i + 2) * VALUES;
  for (let k = 0; k < VALUES; k++) {
    row[k] = w0 * knots[before + k]! + w1 * knots[at + k]! + w2 * knots[at + VALUES + k]! + w3 * knots[after + k]!;
  }
  return row;
}

const place = new Float64Array(1);
const sample = new Float64Array(VALUES);

/** Appearance at x = ln(1 + N). */
export function appearanceAt(curve: ShadeCurve, x: number): Appearance {
  place[0] = x;
  sampleCurve(curve, place, sample);
  return { area: lab65(sample[0]!, sample[1]!, sample[2]!), dot: lab65(sample[3]!, sample[4]!, sample[5]!) };
}
