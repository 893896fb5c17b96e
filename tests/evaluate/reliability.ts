import type { ItaClass } from '../../src/colour/ita.ts';
import { type Lab65, lab65 } from '../../src/colour/lab65.ts';
import { applicationOf } from '../../src/matching/appearance.ts';
import { type Candidate, makeCandidate, rangeCost } from '../../src/matching/candidate.ts';
import { BOTTLE_ERROR } from '../../src/matching/drawProbabilities.ts';
import { brownLineFibre } from '../../src/matching/hairColours.ts';
import { appearanceCost } from '../../src/matching/matchCost.ts';
import { goalFor, type MatchGoal } from '../../src/matching/matchGoal.ts';
import type { MatchInput, PreparedShade, Target } from '../../src/matching/matchTypes.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import { goalSpectrumOf, metamerismOf } from '../../src/matching/recommend.ts';
import { type SeededRandom, seededRandom } from '../../src/matching/seededRandom.ts';
import { appearanceAt } from '../../src/matching/shadeCurve.ts';
import { solveDilution } from '../../src/matching/solveDilution.ts';
import { FRESH_SHAVE, type StubbleGeometry, stubbleAppearance } from '../../src/matching/stubbleAppearance.ts';
import { buildClientTable, type ClientTable } from '../../src/optics/clientTable.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';
import type { EvaluationReport } from './section.ts';
import {
  add,
  CLASSES,
  drawSkin,
  isotropic,
  loadPalette,
  normals,
  PHOTOS,
  SKIN_L,
  STUDIO,
  sdOfMean,
} from './simulatedClients.ts';
import { mean, percent, shareOf } from './statistics.ts';

/** What a match states of one shade, and whether that is so. */
interface Stated {
  readonly probability: number;
  readonly topThree: number;
  readonly isBest: boolean;
  readonly isTopThree: boolean;
}

interface Match {
  readonly kind: ItaClass;
  readonly stated: readonly Stated[];
}

/** Simulated clients a class: enough that the share of right sets is known within 2 points. */
const CLIENTS = 90;
const FIBRES = 2;
const SEED = 2028;
const SET_LEVEL = 0.8;

/** The truly best three shades: true colours, and every bottle as strong as it really is. */
function trueOrder(
  table: ClientTable,
  goal: MatchGoal,
  shades: readonly PreparedShade[],
  strengths: readonly number[],
): string[] {
  const context = { table, goalSpectrum: goalSpectrumOf(table, goal) };
  const metamerismAt = ({ pigment }: PreparedShade, x: number): number =>
    metamerismOf(context, predictHealed(table, pigment, applicationOf(STUDIO, Math.max(0, Math.expm1(x)))).areaRatio);
  const candidates = shades.map((prepared) => makeCandidate(table, STUDIO, goal, prepared, STUDIO.today, metamerismAt));
  const costs = candidates.map(({ curve, fixedCost }: Candidate, i) => {
    const cost = (x: number) =>
      appearanceCost(goal, appearanceAt(curve, x - strengths[i]!)) + rangeCost(curve.range, x);
    return solveDilution(cost, curve.range).cost + fixedCost;
  });
  return candidates
    .map(({ id }, i) => ({ id, cost: costs[i]! }))
    .sort((one, other) => one.cost - other.cost)
    .slice(0, 3)
    .map(({ id }) => id);
}

/** Hair near the brown line, some of it redder or ashier; dark hair on dark skin; shaves of uneven length. */
function drawHair(random: SeededRandom, kind: ItaClass): { fibre: Lab65; shave: StubbleGeometry } {
  const [L, a, b] = brownLineFibre((SKIN_L[kind] < 50 ? 0.3 : 0.7) * random.uniform());
  const fibre = lab65(L, a + 2.5 * random.normal(), b + 3.5 * random.normal());
  const densityPerCm2 = 130 + 90 * random.uniform();
  return { fibre, shave: { ...FRESH_SHAVE, densityPerCm2, lengthMm: 0.5 * Math.exp(0.3 * random.normal()) } };
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
  return Array.from({ length: FIBRES }, (): Match => {
    const { fibre, shave } = drawHair(random, kind);
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
    const order = trueOrder(table, goalFor(table, STUDIO, truth), shades, strengths);
    const input: MatchInput = {
      skin: { lab: measuredSkin, covariance: isotropic(variance) },
      target,
      shades,
      settings: STUDIO,
      calibration,
      caps: [],
    };
    const { recommendations } = rankShades(input, measuredTable);
    return {
      kind,
      stated: recommendations.map(({ code, catalog, probability, probabilityTopThree }) => ({
        probability: probability ?? 0,
        topThree: probabilityTopThree ?? 0,
        isBest: order[0] === `${catalog.id}/${code}`,
        isTopThree: order.includes(`${catalog.id}/${code}`),
      })),
    };
  });
}

/** Likeliest shades until their sum is as near to 80 % as it gets. */
function credibleSet({ stated }: Match): { holds: boolean; sum: number } {
  let sum = 0;
  let holds = false;
  for (const { probability, isBest } of [...stated].sort((one, other) => other.probability - one.probability)) {
    if (sum > 0 && Math.abs(sum + probability - SET_LEVEL) > Math.abs(sum - SET_LEVEL)) break;
    sum += probability;
    holds ||= isBest;
  }
  return { holds, sum };
}

function reliabilityTable(
  name: string,
  statements: readonly { readonly stated: number; readonly right: boolean }[],
): string[] {
  return Array.from({ length: 5 }, (_, bin) => {
    const inside = statements.filter(({ stated }) => stated >= bin / 5 && (stated < (bin + 1) / 5 || bin === 4));
    const range = `  ${name} ${bin * 20}–${bin * 20 + 20} %: ${inside.length} statements`;
    if (inside.length === 0) return range;
    return `${range}, stated ${percent(mean(inside.map(({ stated }) => stated)))}, observed ${percent(shareOf(inside, ({ right }) => right))}`;
  });
}

/** One line on a group of matches, and what in it misses its target. */
function judge(name: string, group: readonly Match[], limit: number): EvaluationReport {
  const tops = group.map(({ stated }) => stated.reduce((top, one) => (one.probability > top.probability ? one : top)));
  const stated = mean(tops.map(({ probability }) => probability));
  const right = shareOf(tops, ({ isBest }) => isBest);
  const three = mean(tops.map(({ topThree }) => topThree));
  const rightThree = shareOf(tops, ({ isTopThree }) => isTopThree);
  const sets = group.map(credibleSet);
  const held = shareOf(sets, ({ holds }) => holds);
  const failures: string[] = [];
  if (Math.abs(stated - right) > limit) failures.push(`${name}: stated ${percent(stated)}, right ${percent(right)}`);
  if (Math.abs(three - rightThree) > limit)
    failures.push(`${name}: top 3 stated ${percent(three)}, right ${percent(rightThree)}`);
  if (held < 0.75 || held > 0.85) failures.push(`${name}: sets of 80 % hold the best shade in ${percent(held)}`);
  return {
    lines: [
      `  ${name.padEnd(12)} likeliest shade: best stated ${percent(stated)}, right ${percent(right)}; top 3 stated ${percent(three)}, right ${percent(rightThree)}; sets of ${percent(mean(sets.map(({ sum }) => sum)))} hold the best ${percent(held)}`,
    ],
    failures,
    figures: { bestStated: stated, bestRight: right },
  };
}

/** Do the stated probabilities mean what they say? The constants were fitted on clients of other seeds. */
export function evaluateReliability(): EvaluationReport {
  const random = seededRandom(SEED);
  const shades = [...loadPalette('demo-ash'), ...loadPalette('demo-meridian')].filter(
    ({ shade }) => shade.status === 'active',
  );
  const matches = CLASSES.flatMap((kind) =>
    Array.from({ length: CLIENTS }, (_, client) =>
      simulateClient(random, kind, shades, PHOTOS[client % PHOTOS.length]!),
    ).flat(),
  );
  const all = matches.flatMap(({ stated }) => stated);
  const reports = [
    judge('all', matches, 0.05),
    ...CLASSES.map((kind) =>
      judge(
        kind,
        matches.filter((match) => match.kind === kind),
        0.1,
      ),
    ),
  ];
  return {
    lines: [
      `Reliability: ${matches.length} simulated matches, ${shades.length} shades`,
      ...reliabilityTable(
        'P(best)',
        all.map(({ probability, isBest }) => ({ stated: probability, right: isBest })),
      ),
      ...reliabilityTable(
        'P(top 3)',
        all.map(({ topThree, isTopThree }) => ({ stated: topThree, right: isTopThree })),
      ),
      ...reports.flatMap(({ lines }) => lines),
    ],
    failures: reports.flatMap(({ failures }) => failures),
    ...(reports[0]!.figures ? { figures: reports[0]!.figures } : {}),
  };
}
