import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { type Appearance, healedAppearance } from '../../src/matching/appearance.ts';
import { appearanceCost } from '../../src/matching/matchCost.ts';
import type { MatchGoal } from '../../src/matching/matchGoal.ts';
import { type SeededRandom, seededRandom } from '../../src/matching/seededRandom.ts';
import { appearanceAt, dilutionRange, makeShadeCurve } from '../../src/matching/shadeCurve.ts';
import { solveDilution } from '../../src/matching/solveDilution.ts';
import { buildClientTable, type ClientTable } from '../../src/optics/clientTable.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import type { EvaluationReport } from './section.ts';
import { add, CLASSES, drawSkin, normals } from './simulatedClients.ts';
import { median, percent } from './statistics.ts';

/** Large, dense dots: the case in which a healed photo can be read back at all. */
const HAND = { densityPerCm2: 150, diameterMm: 0.45 };
const SPACING_DELTA_E00 = 4;
const MOST_SHADES = 14;
const NOISE_SD = [0.25, 0.5, 1];
/**
 * Least squares has to come this near to the bound. The recommender's own cost may lie farther off: it forgives hue as the
 * eye does and leans to the weaker mix, because it is to find the best mix and not to read one back.
 */
const NEAR_BOUND = { leastSquares: 1.2, cost: 1.5 };

export function randomPigment(random: SeededRandom): Pigment {
  const slope = 3 * random.uniform() - 1;
  const band = 1.5 * random.uniform();
  const shape = Float64Array.from({ length: 31 }, (_, i) => {
    const nm = 400 + 10 * i;
    return ((550 / nm) ** (1 + slope) + band / (1 + Math.exp((nm - 585) / 18))) / (1 + band / (1 + Math.exp(-35 / 18)));
  });
  const scatterRatio = 0.05 + 0.5 * random.uniform();
  return { neatTau: 12 * Math.exp(0.4 * random.normal()), shape, scatterRatio, basis: 'spectral', sigmaLogTau: 0 };
}

interface Rendered {
  readonly pigment: Pigment;
  readonly parts: number;
  readonly seen: Appearance;
}

const apart = (one: Appearance, other: Appearance): number =>
  Math.max(deltaE00(one.area, other.area), deltaE00(one.dot, other.dot));

/** Recipes packed as close as 4 ΔE00 (in area or dot, whichever differs more) on one skin. */
function spacedRecipes(table: ClientTable, random: SeededRandom): Rendered[] {
  const kept: Rendered[] = [];
  for (let trial = 0; trial < 120 && kept.length < MOST_SHADES; trial++) {
    const pigment = randomPigment(random);
    const parts = Math.expm1(Math.log(3) + random.uniform() * Math.log(16 / 3));
    const seen = healedAppearance(table, pigment, HAND, parts);
    if (kept.every((other) => apart(seen, other.seen) >= SPACING_DELTA_E00)) kept.push({ pigment, parts, seen });
  }
  return kept;
}

interface InversionCase {
  readonly ratioError: number;
  /** The same by least squares of the six Lab numbers: what they say, whatever the eye forgives. */
  readonly fitError: number;
  /** Least median ratio error that any unbiased solver can reach on this case (Cramér–Rao). */
  readonly leastError: number;
  /** How many shades look closer than the true one. */
  readonly rank: number;
}

const RANGE = dilutionRange(1, 40);
/** Median of |z| of a standard normal. */
const MEDIAN_OF_NORMAL = 0.6745;

/**
 * Cramér–Rao bound of the ratio with everything else known: six Lab numbers of equal, independent error `sd` say of
 * x = ln(1 + N) what their slopes say, so its standard deviation is at least sd / |slopes|; the ratio N follows by
 * dN/N = (1 + 1/N) dx.
 */
function leastRatioError(table: ClientTable, { pigment, parts }: Rendered, sd: number): number {
  const step = 1e-3;
  const look = (x: number): number[] => {
    const { area, dot } = healedAppearance(table, pigment, HAND, Math.expm1(x));
    return [...area, ...dot];
  };
  const [below, above] = [look(Math.log1p(parts) - step), look(Math.log1p(parts) + step)];
  const slopes = above.map((value, i) => (value - below[i]!) / (2 * step));
  return (MEDIAN_OF_NORMAL * sd * (1 + 1 / parts)) / Math.hypot(...slopes);
}

function squaredDistance(goal: MatchGoal, { area, dot }: Appearance): number {
  const squares = [0, 1, 2].map((i) => (goal.area[i]! - area[i]!) ** 2 + (goal.dot![i]! - dot[i]!) ** 2);
  return squares.reduce((sum, value) => sum + value, 0);
}

function invert(table: ClientTable, recipes: readonly Rendered[], random: SeededRandom, sd: number): InversionCase[] {
  return recipes.flatMap((truth) => {
    const curve = makeShadeCurve(table, truth.pigment, HAND, RANGE);
    const leastError = leastRatioError(table, truth, sd);
    return Array.from({ length: 3 }, () => {
      const area = add(truth.seen.area, normals(random, sd));
      const goal: MatchGoal = {
        area,
        dot: add(truth.seen.dot, normals(random, sd)),
        reach: 1,
        dotDarkening: Number.POSITIVE_INFINITY,
      };
      const own = appearanceCost(goal, truth.seen);
      const rank = recipes.filter(({ seen }) => appearanceCost(goal, seen) < own).length;
      const solved = solveDilution((x) => appearanceCost(goal, appearanceAt(curve, x)), RANGE);
      const fitted = solveDilution((x) => squaredDistance(goal, appearanceAt(curve, x)), RANGE);
      const fitError = Math.abs(Math.expm1(fitted.x) / truth.parts - 1);
      return { rank, leastError, fitError, ratioError: Math.abs(Math.expm1(solved.x) / truth.parts - 1) };
    });
  });
}

export function evaluateInversion(): EvaluationReport {
  const random = seededRandom(41);
  const clients = CLASSES.map((kind) => {
    const table = buildClientTable(drawSkin(random, kind));
    return { table, recipes: spacedRecipes(table, random) };
  });
  const shades = clients.map(({ recipes }) => recipes.length).join(', ');
  const lines = [
    `Inversion: ${CLASSES.length} skins with ${shades} shades 4 ΔE00 apart, 150 dots/cm² of .45 mm, noise on area and dot`,
  ];
  const failures: string[] = [];
  const pooled: number[] = [];
  // Of the last and largest noise.
  let figures = {};
  for (const sd of NOISE_SD) {
    const cases = clients.flatMap(({ table, recipes }) => invert(table, recipes, random, sd));
    const first = cases.filter(({ rank }) => rank === 0).length / cases.length;
    const three = cases.filter(({ rank }) => rank < 3).length / cases.length;
    const errors = median(cases.map(({ ratioError }) => ratioError));
    const fits = median(cases.map(({ fitError }) => fitError));
    const least = median(cases.map(({ leastError }) => leastError));
    figures = { shadesFound: first, ratioError: errors };
    pooled.push(...cases.map(({ ratioError }) => ratioError));
    lines.push(
      `  sd ${sd} Lab: ${cases.length} cases, top-1 ${percent(first)}, top-3 ${percent(three)}, ratio error median ${percent(errors)}, by least squares ${percent(fits)}; least possible ${percent(least)} (Cramér–Rao)`,
    );
    if (first < 0.9) failures.push(`top-1 ${percent(first)} at sd ${sd}, wanted 90 %`);
    if (three < 0.99) failures.push(`top-3 ${percent(three)} at sd ${sd}, wanted 99 %`);
    // Where six numbers of this noise cannot say 10 %, the solvers must come near to what they say.
    const demand = (name: string, reached: number, factor: number) => {
      const wanted = Math.max(0.1, factor * least);
      if (reached > wanted)
        failures.push(`ratio error ${percent(reached)} (${name}) at sd ${sd}, wanted ${percent(wanted)}`);
    };
    demand('cost', errors, NEAR_BOUND.cost);
    demand('least squares', fits, NEAR_BOUND.leastSquares);
  }
  const ratio = median(pooled);
  lines.push(`  ratio error over all noise up to sd 1: median ${percent(ratio)}`);
  if (ratio > 0.1) failures.push(`ratio error ${percent(ratio)}, wanted 10 %`);
  return { lines, failures, figures };
}
