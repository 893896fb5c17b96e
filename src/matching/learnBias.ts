import { choleskyFactor, type SquareMatrix, solveLower } from '../colour/cholesky.ts';

/** One healed result: by what factor its pigment really acted, and under what it was set. */
export interface BiasCase {
  /** Catalog and code. */
  readonly shade: string;
  /** Null where no lot was recorded. */
  readonly lot: string | null;
  readonly technician: string;
  /** ln of the strength that explains the healed colour over the strength that was predicted with. */
  readonly logStrength: number;
  /** Standard error of `logStrength` from the photo alone. */
  readonly sd: number;
}

/** What is to be predicted: null where it is not known or not asked. */
export interface BiasQuestion {
  readonly shade: string | null;
  readonly lot: string | null;
  readonly technician: string | null;
}

export interface BiasEstimate {
  /** ln of the factor to predict with, drawn towards zero as far as the cases leave doubt. */
  readonly logStrength: number;
  readonly sd: number;
}

/**
 * Standard deviations of ln(strength) that are considered for each cause. That a cause plays no part (0) weighs as much
 * beforehand as all its other values together, so that a studio without a bias of its own is left alone.
 */
const STUDIO_SD = [0, 0.08, 0.15, 0.25, 0.4, 0.6];
const SHADE_SD = [0, 0.1, 0.2, 0.35];
const LOT_SD = [0, 0.1, 0.2];
const TECHNICIAN_SD = [0, 0.1, 0.2, 0.35];
/** From client to client with the same bottle and hand. */
const CLIENT_SD = [0.1, 0.2, 0.35];
/** Groups of one shade, lot and technician that are looked at, newest first; the work grows with their cube. */
const MOST_GROUPS = 40;

interface Group {
  readonly key: BiasQuestion;
  readonly cases: readonly BiasCase[];
}

interface Spread {
  readonly studio: number;
  readonly shade: number;
  readonly lot: number;
  readonly technician: number;
  readonly client: number;
  /** Weight before any case was seen. */
  readonly weight: number;
}

/** The posterior of one choice of spreads: weights of the groups' means, and how likely the choice is. */
interface Fitted {
  readonly spread: Spread;
  readonly logLikelihood: number;
  readonly cholesky: SquareMatrix;
  readonly weighted: Float64Array;
}

export interface BiasModel {
  /** Posterior mean and spread of ln(strength) for a shade, lot and technician. */
  estimate(question: BiasQuestion): BiasEstimate;
}

function groupCases(cases: readonly BiasCase[]): Group[] {
  const groups = new Map<string, BiasCase[]>();
  for (const one of cases) {
    const key = JSON.stringify([one.shade, one.lot, one.technician]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].slice(-MOST_GROUPS).map((group) => {
    const { shade, lot, technician } = group[0]!;
    return { key: { shade, lot, technician }, cases: group };
  });
}

/** Covariance of two groups' true strengths: what they have in common. */
function shared(one: BiasQuestion, other: BiasQuestion, spread: Spread): number {
  const same = (a: string | null, b: string | null): number => (a !== null && a === b ? 1 : 0);
  return (
    spread.studio ** 2 +
    same(one.shade, other.shade) * spread.shade ** 2 +
    same(one.lot, other.lot) * spread.lot ** 2 +
    same(one.technician, other.technician) * spread.technician ** 2
  );
}

/**
 * Cases of one group share everything, so their precision-weighted mean says all they say about it; what they say about
 * the scatter between clients is the likelihood of the differences within the group, which is added.
 */
function fitSpread(groups: readonly Group[], spread: Spread): Fitted {
  let within = 0;
  const means = new Float64Array(groups.length);
  const variances = groups.map(({ cases }, i) => {
    let precision = 0;
    let sum = 0;
    for (const { logStrength, sd } of cases) {
      const weight = 1 / (spread.client ** 2 + sd ** 2);
      precision += weight;
      sum += weight * logStrength;
      within += Math.log(weight);
    }
    const mean = sum / precision;
    means[i] = mean;
    within -= Math.log(precision);
    for (const { logStrength, sd } of cases) within -= (logStrength - mean) ** 2 / (spread.client ** 2 + sd ** 2);
    return 1 / precision;
  });
  const n = groups.length;
  const covariance = groups.flatMap((one, i) =>
    groups.map((other, j) => shared(one.key, other.key, spread) + (i === j ? variances[i]! : 0)),
  );
  const cholesky = choleskyFactor(covariance, n);
  const weighted = solveLower(cholesky, n, means);
  let between = 0;
  for (let i = 0; i < n; i++) between -= weighted[i]! ** 2 + 2 * Math.log(cholesky[i * n + i]!);
  return { spread, logLikelihood: 0.5 * (within + between), cholesky, weighted };
}

const weightOf = (values: readonly number[], value: number): number => (value === 0 ? 0.5 : 0.5 / (values.length - 1));

/** Spreads worth asking about: a cause that never varied cannot be told from the studio as a whole. */
function spreadsFor(groups: readonly Group[]): Spread[] {
  const varied = (read: (key: BiasQuestion) => string | null) =>
    new Set(groups.map(({ key }) => read(key)).filter((value) => value !== null)).size > 1;
  const shades = varied(({ shade }) => shade) ? SHADE_SD : [0];
  const lots = varied(({ lot }) => lot) ? LOT_SD : [0];
  const technicians = varied(({ technician }) => technician) ? TECHNICIAN_SD : [0];
  return STUDIO_SD.flatMap((studio) =>
    shades.flatMap((shade) =>
      lots.flatMap((lot) =>
        technicians.flatMap((technician) => {
          const weight =
            weightOf(STUDIO_SD, studio) *
            weightOf(shades, shade) *
            weightOf(lots, lot) *
            weightOf(technicians, technician);
          return CLIENT_SD.map((client) => ({ studio, shade, lot, technician, client, weight }));
        }),
      ),
    ),
  );
}

/**
 * Learns by how much a studio's pigments act stronger or weaker than predicted: a normal model with effects of studio,
 * shade, lot and technician, each with mean zero (best linear unbiased prediction; Robinson, Statistical Science 6, 1991).
 * The spreads of the effects are not fixed but averaged over, each combination weighing as much as the cases make it
 * likely (empirical Bayes in the sense of Morris, JASA 78, 1983, with the spreads' own doubt kept in). Few or scattered
 * cases therefore give a correction close to none. Deterministic; the order of the cases does not matter up to rounding.
 */
export function learnBias(cases: readonly BiasCase[]): BiasModel {
  const groups = groupCases(cases);
  if (groups.length === 0) return { estimate: () => ({ logStrength: 0, sd: STUDIO_SD.at(-1)! }) };
  const fits = spreadsFor(groups).map((spread) => fitSpread(groups, spread));
  const likeliest = Math.max(...fits.map(({ logLikelihood }) => logLikelihood));
  const weights = fits.map(({ spread, logLikelihood }) => spread.weight * Math.exp(logLikelihood - likeliest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    estimate(question) {
      let mean = 0;
      let square = 0;
      fits.forEach(({ spread, cholesky, weighted }, at) => {
        const common = solveLower(
          cholesky,
          groups.length,
          groups.map(({ key }) => shared(key, question, spread)),
        );
        let own = 0;
        let known = 0;
        for (let i = 0; i < groups.length; i++) {
          own += common[i]! * weighted[i]!;
          known += common[i]! ** 2;
        }
        const before = spread.studio ** 2 + spread.shade ** 2 + spread.lot ** 2 + spread.technician ** 2;
        const weight = weights[at]! / total;
        mean += weight * own;
        square += weight * (Math.max(0, before - known) + own ** 2);
      });
      return { logStrength: mean, sd: Math.sqrt(Math.max(0, square - mean ** 2)) };
    },
  };
}
