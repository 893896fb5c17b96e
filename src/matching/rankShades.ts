import { lotStatus } from '../catalog/lotStatus.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import { matchingTexts } from '../language/texts/matching.ts';
import { buildClientTable, type ClientTable } from '../optics/clientTable.ts';
import { predictAreaRatio } from '../optics/predictHealed.ts';
import { applicationOf, type Hand } from './appearance.ts';
import { byCost, type Candidate, limitsOf, makeCandidate, stockCost } from './candidate.ts';
import { assessConfidence, RANGE_PROBABILITY } from './confidence.ts';
import { adviseDensity } from './densityAdvice.ts';
import { type DrawnProbability, drawProbabilities, IMPROBABLE } from './drawProbabilities.ts';
import { explainWhy } from './explainWhy.ts';
import { goalFor } from './matchGoal.ts';
import type { MatchInput, MatchOutput, Outcome, PreparedShade } from './matchTypes.ts';
import { bestMix } from './mixShades.ts';
import {
  goalSpectrumOf,
  isDarkerThanSkin,
  type MatchContext,
  metamerismOf,
  pigmentSetMl,
  type Recipe,
  recommend,
} from './recommend.ts';
import { screenShades } from './screenShades.ts';
import { type PlannedShade, planSessions, type SessionStep } from './sessionPlan.ts';
import { dilutionRange } from './shadeCurve.ts';
import { believeTarget } from './targetBelief.ts';
import { CLOSE_DELTA_E00, NOTICEABLE_DELTA_E00, SAME_DELTA_E00 } from './words.ts';

/** At least so many shades are listed, and with them every shade of the set that holds the best one at this level. */
const RECOMMENDATIONS = 5;
const LISTED_PROBABILITY = 0.8;
/** Of a large catalog so many shades survive the quick model; it is not worth asking for a few more than that. */
const SCREENED = 24;
const SCREEN_MARGIN = 8;
/** A second shade with this share of the first one's probability is as good an answer. */
const RIVAL_SHARE = 0.75;
/** A second bottle must lower the cost by this much. */
const MIX_GAIN = 0.5;

/** The shades that could be the best by the quick model; all of a small catalog. */
function screen(context: MatchContext, shades: readonly PreparedShade[], keep: number): readonly PreparedShade[] {
  if (shades.length <= keep + SCREEN_MARGIN) return shades;
  const { today } = context.input.settings;
  const screened = shades.map((prepared) => {
    const { minParts, maxParts } = limitsOf(prepared);
    const range = dilutionRange(minParts, maxParts, prepared.shade.typicalParts);
    return { prepared, range, fixedCost: stockCost(lotStatus(prepared.shade, today)) };
  });
  return screenShades(context, screened, keep).map(({ prepared }) => prepared);
}

const DISCONTINUED_NOTES = 2;

function discontinuedNotes(
  context: MatchContext,
  shades: readonly PreparedShade[],
  best: Candidate | undefined,
): string[] {
  const { table, hand, goal, input } = context;
  return screen(context, shades, 2 * DISCONTINUED_NOTES)
    .map((prepared) => makeCandidate(table, hand, goal, prepared, input.settings.today, () => 0))
    .filter(({ solved }) => !best || solved.cost < best.solved.cost)
    .sort(byCost)
    .slice(0, DISCONTINUED_NOTES)
    .map(({ prepared: { shade } }) => {
      const instead = shade.replacement ? matchingTexts.itsReplacementIs(shade.replacement) : '';
      return matchingTexts.closeButDiscontinued(shade.code, shade.name, instead);
    });
}

/** The shades a result lists, cheapest first: the nearest ones and the likeliest ones that add up to 80 %. */
function listed(candidates: readonly Candidate[], probabilities: ReadonlyMap<string, DrawnProbability>): Candidate[] {
  const bestOf = ({ id }: Candidate) => probabilities.get(id)?.best ?? 0;
  const likely = new Set<Candidate>();
  let sum = 0;
  for (const candidate of [...candidates].sort((one, other) => bestOf(other) - bestOf(one) || byCost(one, other))) {
    if (sum >= LISTED_PROBABILITY || bestOf(candidate) === 0) break;
    likely.add(candidate);
    sum += bestOf(candidate);
  }
  return candidates.filter((candidate, i) => i < RECOMMENDATIONS || likely.has(candidate));
}

/** Whether area and dot lie within these distances of the goal. */
function isWithin({ goal }: MatchContext, { seen }: Recipe, areaDeltaE00: number, dotDeltaE00: number): boolean {
  const dot = goal.dot === null ? 0 : deltaE00(goal.dot, seen.dot);
  return deltaE00(goal.area, seen.area) <= areaDeltaE00 && dot <= dotDeltaE00;
}

/** Two recipes that heal to the same look are one answer: nobody could tell which bottle was used. */
function healAlike(one: Recipe, other: Recipe): boolean {
  return (
    deltaE00(one.seen.area, other.seen.area) <= SAME_DELTA_E00 &&
    deltaE00(one.seen.dot, other.seen.dot) <= SAME_DELTA_E00
  );
}

/** Probability that the top recipe's look is the best one, and that of the likeliest recipe with another look. */
function weighAnswers(recipes: readonly Recipe[]): { readonly own: number; readonly rival: number } {
  const probabilityOf = ({ recommendation }: Recipe) => recommendation.probability ?? 0;
  const top = recipes[0];
  if (!top) return { own: 0, rival: 0 };
  const own = recipes
    .filter((recipe) => healAlike(top, recipe))
    .reduce((sum, recipe) => sum + probabilityOf(recipe), 0);
  const rival = Math.max(0, ...recipes.filter((recipe) => !healAlike(top, recipe)).map(probabilityOf));
  return { own, rival };
}

function outcomeOf(context: MatchContext, recipes: readonly Recipe[]): Outcome {
  const [top] = recipes;
  if (!top || !isDarkerThanSkin(context) || !isWithin(context, top, CLOSE_DELTA_E00, NOTICEABLE_DELTA_E00))
    return 'noGoodMatch';
  if (top.mix) return 'match';
  const { own, rival } = weighAnswers(recipes);
  return own < RANGE_PROBABILITY || rival >= RIVAL_SHARE * own ? 'tooCloseToCall' : 'match';
}

function planned({ prepared }: Candidate, partsDiluent: number): PlannedShade {
  const { code, name } = prepared.shade;
  const limits = limitsOf(prepared);
  return { code, name, dilutable: limits.maxParts > 0, ...limits, partsDiluent };
}

/** The next lighter valid shade of the same line, for a first session with a shade that cannot be thinned. */
function lighterShade(top: Recipe, candidates: readonly Candidate[]): PlannedShade | null {
  const { shade, catalog } = top.candidate.prepared;
  const lighter = candidates
    .filter(
      ({ prepared, lot }) => prepared.catalog.id === catalog.id && prepared.shade.line === shade.line && lot === 'ok',
    )
    .filter(({ prepared, seen }) => limitsOf(prepared).maxParts === 0 && seen.dot[0] > top.seen.dot[0] + 0.5)
    .sort((one, other) => one.seen.dot[0] - other.seen.dot[0] || (one.id < other.id ? -1 : 1))[0];
  return lighter ? planned(lighter, 0) : null;
}

function sessionsFor(context: MatchContext, top: Recipe | undefined, candidates: readonly Candidate[]): SessionStep[] {
  if (!top) return [];
  const { mix } = top;
  const { settings } = context.input;
  const measures = { ...settings, pigmentDropMl: pigmentSetMl(settings.pigmentDropMl, mix) };
  const steps = planSessions(
    planned(top.candidate, top.partsDiluent),
    mix ? null : lighterShade(top, candidates),
    measures,
  );
  if (!mix) return steps;
  const [first, second] = mix.drops;
  return steps.map((step) => {
    const added = second * step.pigmentDrops;
    const note = matchingTexts.addDropsOf(step.note, added, mix.partner.shade.code);
    return { ...step, pigmentDrops: first * step.pigmentDrops, note };
  });
}

/** A two-shade mix for the top, where no single shade comes close and the mix clearly does better. */
function mixedRecipe(
  context: MatchContext,
  recipes: readonly Recipe[],
  candidates: readonly Candidate[],
): Recipe | null {
  const top = recipes[0];
  const close = top && isWithin(context, top, CLOSE_DELTA_E00, CLOSE_DELTA_E00);
  if (!top || close || !isDarkerThanSkin(context)) return null;
  const { table, hand, goal, input } = context;
  const found = bestMix(table, hand, goal, candidates, input.settings.today);
  if (!found || found.candidate.solved.cost > top.candidate.solved.cost - MIX_GAIN) return null;
  return recommend(context, found.candidate, undefined, found.mix);
}

/**
 * Shades, recipes and their certainty for one client: the one entry of page, command line and API. Deterministic: the
 * same input gives the same output, numbers unrounded, in any order of `shades`.
 * @param table the client's table, when it was built before for the same skin
 * @throws OpticsInputError when no skin can have the colour
 */
export function rankShades(input: MatchInput, table: ClientTable = buildClientTable(input.skin.lab)): MatchOutput {
  const hand: Hand = { densityPerCm2: input.settings.densityPerCm2, diameterMm: input.settings.diameterMm };
  const belief = believeTarget(table, input.skin, input.target, input.calibration);
  const goal = goalFor(table, hand, belief);
  const context: MatchContext = { table, hand, goal, goalSpectrum: goalSpectrumOf(table, goal), input };
  const active = input.shades.filter(({ shade }) => shade.status === 'active');
  const metamerismAt = (prepared: PreparedShade, x: number): number =>
    metamerismOf(context, predictAreaRatio(table, prepared.pigment, applicationOf(hand, Math.max(0, Math.expm1(x)))));
  const candidates = screen(context, active, SCREENED)
    .map((prepared) => makeCandidate(table, hand, goal, prepared, input.settings.today, metamerismAt))
    .sort(byCost);
  const probabilities = drawProbabilities(candidates, goal, table.skin, belief.spread, input.calibration);
  const singles = listed(candidates, probabilities).map((candidate) =>
    recommend(context, candidate, probabilities.get(candidate.id) ?? IMPROBABLE),
  );
  const mixed = mixedRecipe(context, singles, candidates);
  const recipes = mixed ? [mixed, ...singles] : singles;
  const outcome = outcomeOf(context, recipes);
  const top = recipes[0];
  const advice = top ? adviseDensity(context, top.recommendation.deltaE00) : null;
  const discontinued = input.shades.filter(({ shade }) => shade.status === 'discontinued');
  return {
    recommendations: recipes.map(({ recommendation }) => recommendation),
    sessions: sessionsFor(context, top, candidates),
    why: explainWhy(context, recipes, advice, discontinuedNotes(context, discontinued, candidates[0])),
    confidence: assessConfidence(input, outcome, top, weighAnswers(recipes).own),
    outcome,
    densityAdvice: advice,
  };
}
