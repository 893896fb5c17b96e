import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, catalogSchema } from '../../src/catalog/shade.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import type { ItaClass } from '../../src/colour/ita.ts';
import { type Lab65, lab65 } from '../../src/colour/lab65.ts';
import { type Appearance, applicationOf, healedAppearance } from '../../src/matching/appearance.ts';
import { type Candidate, makeCandidate, rangeCost } from '../../src/matching/candidate.ts';
import { BOTTLE_ERROR } from '../../src/matching/drawProbabilities.ts';
import { brownLineFibre } from '../../src/matching/hairColours.ts';
import { appearanceCost } from '../../src/matching/matchCost.ts';
import { goalFor, type MatchGoal } from '../../src/matching/matchGoal.ts';
import type { MatchInput, PreparedShade, Target } from '../../src/matching/matchTypes.ts';
import { preparePalette } from '../../src/matching/preparePalette.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import { goalSpectrumOf, metamerismOf } from '../../src/matching/recommend.ts';
import { type SeededRandom, seededRandom } from '../../src/matching/seededRandom.ts';
import { appearanceAt, dilutionRange, makeShadeCurve } from '../../src/matching/shadeCurve.ts';
import { solveDilution } from '../../src/matching/solveDilution.ts';
import { FRESH_SHAVE, stubbleAppearance } from '../../src/matching/stubbleAppearance.ts';
import { buildClientTable, type ClientTable } from '../../src/optics/clientTable.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import type { EvaluationReport, EvaluationSection } from './section.ts';
import { add, drawSkin, isotropic, normals, PHOTOS, SKIN_L, STUDIO, sdOfMean } from './simulatedClients.ts';

const CLASSES = Object.keys(SKIN_L) as ItaClass[];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const median = (values: readonly number[]): number => [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)]!;

function loadPalette(id: string): PreparedShade[] {
  const text = readFileSync(join(projectRoot, 'palettes', id, 'catalog.json'), 'utf8');
  const catalog: Catalog = catalogSchema.parse(JSON.parse(text));
  return preparePalette(catalog);
}

// ---- inversion ------------------------------------------------------------------------------------------------------

/** Large, dense dots: the case in which a healed photo can be read back at all. */
const HAND = { densityPerCm2: 150, diameterMm: 0.45 };
const SPACING_DELTA_E00 = 4;
const MOST_SHADES = 14;
const NOISE_SD = [0.25, 0.5, 1];

function randomPigment(random: SeededRandom): Pigment {
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
  /** How many shades look closer than the true one. */
  readonly rank: number;
}

const RANGE = dilutionRange(1, 40);

function invert(table: ClientTable, recipes: readonly Rendered[], random: SeededRandom, sd: number): InversionCase[] {
  return recipes.flatMap((truth) => {
    const curve = makeShadeCurve(table, truth.pigment, HAND, RANGE);
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
      return { rank, ratioError: Math.abs(Math.expm1(solved.x) / truth.parts - 1) };
    });
  });
}

function evaluateInversion(): EvaluationReport {
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
  for (const sd of NOISE_SD) {
    const cases = clients.flatMap(({ table, recipes }) => invert(table, recipes, random, sd));
    const first = cases.filter(({ rank }) => rank === 0).length / cases.length;
    const three = cases.filter(({ rank }) => rank < 3).length / cases.length;
    const errors = cases.map(({ ratioError }) => ratioError);
    pooled.push(...errors);
    lines.push(
      `  sd ${sd} Lab: ${cases.length} cases, top-1 ${percent(first)}, top-3 ${percent(three)}, ratio error median ${percent(median(errors))}`,
    );
    if (first < 0.9) failures.push(`top-1 ${percent(first)} at sd ${sd}, wanted 90 %`);
    if (three < 0.99) failures.push(`top-3 ${percent(three)} at sd ${sd}, wanted 99 %`);
  }
  // A least-squares bound for the ratio itself at sd 1 is 11–19 %, so the target holds over all noise up to 1.
  const ratio = median(pooled);
  lines.push(`  ratio error over all noise up to sd 1: median ${percent(ratio)}`);
  if (ratio > 0.1) failures.push(`ratio error ${percent(ratio)}, wanted 10 %`);
  return { lines, failures };
}

// ---- reliability ----------------------------------------------------------------------------------------------------

interface Stated {
  readonly kind: ItaClass;
  readonly probability: number;
  readonly isBest: boolean;
}

interface CredibleSet {
  readonly kind: ItaClass;
  readonly holds: boolean;
  readonly sum: number;
}

/** The truly best shade: true colours, and every bottle as strong as it really is. */
function trueBest(
  table: ClientTable,
  goal: MatchGoal,
  shades: readonly PreparedShade[],
  strengths: readonly number[],
): string {
  const context = { table, goalSpectrum: goalSpectrumOf(table, goal) };
  const metamerismAt = ({ pigment }: PreparedShade, x: number): number =>
    metamerismOf(context, predictHealed(table, pigment, applicationOf(STUDIO, Math.max(0, Math.expm1(x)))).areaRatio);
  const candidates = shades.map((prepared) => makeCandidate(table, STUDIO, goal, prepared, STUDIO.today, metamerismAt));
  const costs = candidates.map(({ curve, fixedCost }: Candidate, i) => {
    const cost = (x: number) =>
      appearanceCost(goal, appearanceAt(curve, x - strengths[i]!)) + rangeCost(curve.range, x);
    return solveDilution(cost, curve.range).cost + fixedCost;
  });
  return candidates[costs.indexOf(Math.min(...costs))]!.id;
}

function simulateClient(
  random: SeededRandom,
  kind: ItaClass,
  shades: readonly PreparedShade[],
  photo: (typeof PHOTOS)[number],
) {
  const { calibration, contrastSd, ownSd } = photo;
  const skin = drawSkin(random, kind);
  const table = buildClientTable(skin);
  const common = normals(random, sdOfMean(calibration.expectedDeltaE00));
  const measuredSkin = add(skin, common, normals(random, ownSd));
  const measuredTable = buildClientTable(measuredSkin);
  const variance = sdOfMean(calibration.expectedDeltaE00) ** 2 + ownSd ** 2;
  return Array.from({ length: 4 }, () => {
    const fibre = brownLineFibre((SKIN_L[kind] < 50 ? 0.3 : 0.6) * random.uniform());
    const shave = { ...FRESH_SHAVE, densityPerCm2: 130 + 90 * random.uniform() };
    const stubble = stubbleAppearance(table, fibre, shave);
    const measure = (colour: Lab65): Lab65 => {
      const contrast = contrastSd * random.normal();
      const stretched = [0, 1, 2].map((i) => contrast * (colour[i]! - skin[i]!)) as [number, number, number];
      return add(colour, common, stretched, normals(random, ownSd));
    };
    const target: Target = {
      area: measure(stubble.area),
      dot: measure(stubble.dot),
      why: 'simulated',
      basis: 'stubble',
      covariance: isotropic(variance),
    };
    const truth: Target = { ...target, area: stubble.area, dot: stubble.dot };
    const strengths = shades.map(({ pigment }) => random.normal() * BOTTLE_ERROR[pigment.basis]);
    const best = trueBest(table, goalFor(table, STUDIO, truth), shades, strengths);
    const input: MatchInput = {
      skin: { lab: measuredSkin, covariance: isotropic(variance) },
      target,
      shades,
      settings: STUDIO,
      calibration,
      caps: [],
    };
    const { recommendations } = rankShades(input, measuredTable);
    return recommendations.map(({ code, catalog, probability }) => ({
      kind,
      probability: probability ?? 0,
      isBest: `${catalog.id}/${code}` === best,
    }));
  });
}

function credibleSet(stated: readonly Stated[], level: number): CredibleSet {
  const ordered = [...stated].sort((one, other) => other.probability - one.probability);
  let sum = 0;
  let holds = false;
  for (const { probability, isBest } of ordered) {
    if (sum >= level) break;
    sum += probability;
    holds ||= isBest;
  }
  return { kind: stated[0]!.kind, holds, sum };
}

function evaluateReliability(): EvaluationReport {
  const random = seededRandom(97);
  const shades = [...loadPalette('demo-ash'), ...loadPalette('demo-meridian')].filter(
    ({ shade }) => shade.status === 'active',
  );
  const matches: Stated[][] = [];
  for (const kind of CLASSES) {
    for (let client = 0; client < 12; client++)
      matches.push(...simulateClient(random, kind, shades, PHOTOS[client % PHOTOS.length]!));
  }
  const all = matches.flat();
  const lines = [
    `Reliability of P(best): ${matches.length} simulated matches, ${shades.length} shades; stated -> observed`,
  ];
  const failures: string[] = [];
  for (let bin = 0; bin < 5; bin++) {
    const inside = all.filter(
      ({ probability }) => probability >= bin / 5 && (probability < (bin + 1) / 5 || bin === 4),
    );
    if (inside.length === 0) continue;
    const stated = inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length;
    const observed = inside.filter(({ isBest }) => isBest).length / inside.length;
    lines.push(
      `  ${bin * 20}–${bin * 20 + 20} %: ${inside.length} statements, stated ${percent(stated)}, observed ${percent(observed)}`,
    );
  }
  const gap = (group: readonly Stated[][]) => {
    const tops = group.map((stated) => [...stated].sort((one, other) => other.probability - one.probability)[0]!);
    const stated = tops.reduce((sum, { probability }) => sum + probability, 0) / tops.length;
    const observed = tops.filter(({ isBest }) => isBest).length / tops.length;
    const sets = group.map((match) => credibleSet(match, 0.8));
    const held = sets.filter(({ holds }) => holds).length / sets.length;
    const sum = sets.reduce((total, set) => total + set.sum, 0) / sets.length;
    return { stated, observed, held, sum };
  };
  const report = (name: string, group: readonly Stated[][], limit: number) => {
    const { stated, observed, held, sum } = gap(group);
    lines.push(
      `  ${name.padEnd(12)} top shade stated ${percent(stated)}, right ${percent(observed)}; sets of 80 % or more sum to ${percent(sum)}, hold the best ${percent(held)}`,
    );
    if (Math.abs(stated - observed) > limit)
      failures.push(`${name}: stated ${percent(stated)}, right ${percent(observed)}`);
  };
  report('all', matches, 0.05);
  for (const kind of CLASSES)
    report(
      kind,
      matches.filter(([first]) => first!.kind === kind),
      0.1,
    );
  return { lines, failures };
}

// ---- time -----------------------------------------------------------------------------------------------------------

function thousandShades(): PreparedShade[] {
  const random = seededRandom(7);
  const base = loadPalette('demo-ash')[0]!;
  return Array.from({ length: 1000 }, (_, i) => ({
    ...base,
    shade: { ...base.shade, code: `X-${i}` },
    pigment: randomPigment(random),
  }));
}

function evaluateTime(): EvaluationReport {
  const skin = lab65(60, 11, 16);
  const table = buildClientTable(skin);
  const stubble = stubbleAppearance(table, brownLineFibre(0.2), FRESH_SHAVE);
  const target: Target = { ...stubble, why: 'timing', basis: 'stubble', covariance: isotropic(0.5) };
  const input: MatchInput = {
    skin: { lab: skin, covariance: isotropic(0.5) },
    target,
    shades: thousandShades(),
    settings: STUDIO,
    calibration: { method: 'card', expectedDeltaE00: 1.5 },
    caps: [],
  };
  const small = { ...input, shades: loadPalette('demo-ash') };
  const time = (run: () => void): number => {
    run();
    const started = performance.now();
    for (let i = 0; i < 3; i++) run();
    return (performance.now() - started) / 3;
  };
  const pair = (): void => {
    for (let i = 0; i < 100_000; i++) deltaE00(skin, lab65(60 + (i % 7), 11, 16));
  };
  const perPair = time(pair) / 100_000;
  const thousand = time(() => rankShades(input, table));
  const dozen = time(() => rankShades(small, table));
  const lines = [
    `Time: culori CIEDE2000 ${(1000 * perPair).toFixed(2)} µs a pair in this run`,
    `  whole match, 12 shades ${dozen.toFixed(0)} ms (${Math.round(dozen / perPair)} pairs); 1,000 shades ${thousand.toFixed(0)} ms (${Math.round(thousand / perPair)} pairs)`,
  ];
  return { lines, failures: [] };
}

/** Does the ranking find what was rendered, and do its probabilities mean what they say? */
export const matchingSection: EvaluationSection = {
  name: 'matching',
  async run() {
    const reports = [evaluateInversion(), evaluateReliability(), evaluateTime()];
    return { lines: reports.flatMap(({ lines }) => lines), failures: reports.flatMap(({ failures }) => failures) };
  },
};
