import { invertCovariance } from './invertCovariance.ts';
import { type Lab65, type LabCovariance, lab65 } from './lab65.ts';

export interface PooledColour {
  readonly lab: Lab65;
  readonly covariance: LabCovariance;
  /** Places in the list of the colours left out, the farthest off first. */
  readonly outliers: readonly number[];
  /** False where two colours are farther apart than both state, and nothing tells which of them is wrong. */
  readonly agree: boolean;
}

interface Colour {
  readonly lab: Lab65;
  readonly covariance: LabCovariance;
}

/**
 * Share of a stated variance that measurements of one client have in common: the same card and camera, the same
 * reference colours, the same model of skin. It does not average away.
 */
const SHARED = 0.5;
/** Squared distance that one measurement in a hundred is farther off than, in three dimensions. */
const CHI_SQUARE_99 = 11.34;

/**
 * One colour from several measurements of it: the mean weighted by inverse variance. With three or more, one that is
 * farther from the others than both could err is left out and named, and so on while two remain. What is left is stated
 * no surer than its shared error allows, and less sure where the measurements scatter more than they state.
 */
export function poolColours(colours: readonly Colour[]): PooledColour {
  const kept = colours.map((_, i) => i);
  const outliers: number[] = [];
  while (kept.length > 2) {
    const distances = kept.map((i) => {
      const others = combine(kept.filter((k) => k !== i).map((k) => colours[k]!));
      return squaredDistance(colours[i]!, { lab: others.lab, covariance: others.own });
    });
    const worst = distances.indexOf(Math.max(...distances));
    if (distances[worst]! <= CHI_SQUARE_99) break;
    outliers.push(...kept.splice(worst, 1));
  }
  const used = kept.map((k) => colours[k]!);
  const { lab, own, shared } = combine(used);
  const isPair = used.length === 2;
  const apart = isPair
    ? squaredDistance(used[0]!, { lab: used[1]!.lab, covariance: scale(used[1]!.covariance, 1 - SHARED) })
    : 0;
  const scatter = used.length > 1 ? scatterOf(used, lab) : 1;
  const covariance = own.map((value, i) => Math.max(1, scatter) * value + shared[i]!) as unknown as LabCovariance;
  return { lab, covariance, outliers, agree: apart <= CHI_SQUARE_99 };
}

const scale = (covariance: LabCovariance, by: number) =>
  covariance.map((value) => by * value) as unknown as LabCovariance;

/** Squared Mahalanobis distance; the first colour's shared error is in the other too. */
function squaredDistance(one: Colour, other: Colour): number {
  const both = one.covariance.map(
    (value, i) => (1 - SHARED) * value + other.covariance[i]!,
  ) as unknown as LabCovariance;
  const inverse = invertCovariance(both);
  const apart = [0, 1, 2].map((i) => one.lab[i]! - other.lab[i]!);
  return apart.reduce((sum, a, i) => sum + apart.reduce((part, b, j) => part + a * inverse[3 * i + j]! * b, 0), 0);
}

/** Weighted mean, the part of its covariance that averages away with the number of colours, and the part that does not. */
function combine(colours: readonly Colour[]): { lab: Lab65; own: LabCovariance; shared: LabCovariance } {
  const total = new Float64Array(9);
  const right = [0, 0, 0];
  for (const { lab, covariance } of colours) {
    const weight = invertCovariance(covariance);
    for (let i = 0; i < 9; i++) total[i]! += weight[i]!;
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) right[i]! += weight[3 * i + j]! * lab[j]!;
  }
  const mean = invertCovariance(Array.from(total) as unknown as LabCovariance);
  const at = (i: number) => mean[3 * i]! * right[0]! + mean[3 * i + 1]! * right[1]! + mean[3 * i + 2]! * right[2]!;
  return {
    lab: lab65(at(0), at(1), at(2)),
    own: scale(mean, 1 - SHARED),
    shared: scale(mean, SHARED * colours.length),
  };
}

/** Mean squared distance from the mean for each degree of freedom: above 1, the stated errors are too small (Birge 1932). */
function scatterOf(colours: readonly Colour[], mean: Lab65): number {
  const nothing = [0, 0, 0, 0, 0, 0, 0, 0, 0] as LabCovariance;
  const sum = colours.reduce((total, colour) => total + squaredDistance(colour, { lab: mean, covariance: nothing }), 0);
  return sum / (3 * (colours.length - 1));
}
