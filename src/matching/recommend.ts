import { adjustSpectrumToLab65 } from '../colour/adjustSpectrum.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { AGED_YEARS, agedApplication } from '../optics/ageing.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import { metamerismIndex } from '../optics/metamerism.ts';
import { predictAreaLab, predictHealed } from '../optics/predictHealed.ts';
import { type Appearance, appearanceOf, applicationOf, type Hand } from './appearance.ts';
import { type Candidate, candidateCost, limitsOf, lookCost } from './candidate.ts';
import type { DrawnProbability } from './drawProbabilities.ts';
import { dropsForRatio } from './drops.ts';
import { flagRecipe } from './flags.ts';
import type { MatchGoal } from './matchGoal.ts';
import type { MatchInput, MatchRecommendation, PreparedShade } from './matchTypes.ts';
import { solveDilution, tradeRatioFor } from './solveDilution.ts';
import { matchWords } from './words.ts';

/** Everything about one client that all recipes share. */
export interface MatchContext {
  readonly table: ClientTable;
  readonly hand: Hand;
  readonly goal: MatchGoal;
  /** Reflectance of the goal's area: this skin, shifted to its colour. Null where no surface has it. */
  readonly goalSpectrum: Spectrum | null;
  readonly input: MatchInput;
}

export function goalSpectrumOf(table: ClientTable, goal: MatchGoal): Spectrum | null {
  return adjustSpectrumToLab65(table.bare, goal.area);
}

/** Pigment only darkens: hair as light as the skin, or lighter, cannot be imitated. */
export function isDarkerThanSkin({ goal, table }: MatchContext): boolean {
  return goal.area[0] < table.skin[0] + 0.5 && (goal.dot === null || goal.dot[0] < table.skin[0]);
}

/** Mean ΔE00 between recipe and goal under tungsten, office tube and LED, once equal in daylight. */
export function metamerismOf(
  { table, goalSpectrum }: Pick<MatchContext, 'table' | 'goalSpectrum'>,
  areaRatio: Spectrum,
): number {
  if (!goalSpectrum) return 0;
  const healed = table.bare.map((value, i) => value * areaRatio[i]!);
  return metamerismIndex(healed, goalSpectrum) ?? 0;
}

/** How far beyond the shade's limits the unlimited best mix is looked for, on the axis ln(1 + N). */
const LOOK_BEYOND = 0.65;

/** A recommendation with what the ranking still needs of it. */
export interface Recipe {
  readonly recommendation: MatchRecommendation;
  readonly candidate: Candidate;
  readonly seen: Appearance;
  readonly partsDiluent: number;
  readonly mix: Mix | null;
}

/** A second shade of the same line: drops of the first and of the second in the smallest whole mix. */
export interface Mix {
  readonly partner: PreparedShade;
  readonly drops: readonly [number, number];
}

/** Volume of the smallest whole amount of pigment: one drop, or one drop set of a mix. */
export function pigmentSetMl(pigmentDropMl: number, mix: Mix | null): number {
  return mix ? pigmentDropMl * (mix.drops[0] + mix.drops[1]) : pigmentDropMl;
}

function mixWords({ partner: { shade }, drops }: Mix, sets: number): { code: string; name: string; drops: number } {
  return { code: shade.code, name: shade.name, drops: drops[1] * sets };
}

/** The recipe of a candidate: trade ratio, whole drops, and everything predicted from the drops as they are mixed. */
export function recommend(
  context: MatchContext,
  candidate: Candidate,
  probability: DrawnProbability | undefined,
  mix: Mix | null = null,
): Recipe {
  const { table, hand, goal, input } = context;
  const { prepared, curve, fixedCost, lot, solved } = candidate;
  const { shade, pigment, catalog } = prepared;
  const { target, settings } = input;
  const { minParts, maxParts } = limitsOf(prepared);
  const cost = (x: number): number => candidateCost(x, { curve, fixedCost, goal });
  const partsDiluent = tradeRatioFor(cost, solved.x, minParts, maxParts);
  const pigmentDropMl = pigmentSetMl(settings.pigmentDropMl, mix);
  const drops = dropsForRatio(partsDiluent, { ...settings, pigmentDropMl });
  const own = mix ? mix.drops[0] : 1;
  const healed = applicationOf(hand, drops.actualParts);
  const prediction = predictHealed(table, pigment, healed);
  const stated = predictAreaLab(table, pigment, applicationOf(hand, partsDiluent));
  const seen = appearanceOf(table, prediction, hand);
  const beyond = {
    ...curve.range,
    strongest: curve.range.strongest - LOOK_BEYOND,
    weakest: curve.range.weakest + LOOK_BEYOND,
  };
  const wanted = solveDilution(lookCost, beyond, { of: { curve, goal } });
  const difference = deltaE00(target.area, prediction.area);
  const flagReasons = flagRecipe({
    table,
    hand,
    goal,
    target: target.area,
    settings,
    prepared,
    lot,
    partsDiluent,
    minParts,
    maxParts,
    wantedParts: Math.expm1(wanted.x),
    prediction,
    seen,
    metamerism: metamerismOf(context, prediction.areaRatio),
    existingWork: input.existingWork,
  });
  const recommendation: MatchRecommendation = {
    code: shade.code,
    name: shade.name,
    catalog,
    dilution: {
      partsDiluent,
      pigmentDrops: own * drops.pigmentDrops,
      diluentDrops: drops.diluentDrops,
      pigmentMl: own * drops.pigmentDrops * settings.pigmentDropMl,
      diluentMl: drops.diluentMl,
      cupMl: drops.cupMl,
      makesMl: drops.makesMl,
      ratioErrorPercent: drops.ratioErrorPercent,
      ratioErrorDeltaE00: deltaE00(stated, prediction.area),
      diluent: partsDiluent > 0 ? (shade.diluents[0] ?? null) : null,
      note: drops.note,
    },
    predicted: {
      healed: prediction.area,
      fresh: predictAreaLab(table, pigment, { ...healed, healedFraction: 1 }),
      dot: prediction.dot,
      aged: {
        years: AGED_YEARS,
        lightest: predictAreaLab(table, pigment, agedApplication(healed, 'lightest')),
        darkest: predictAreaLab(table, pigment, agedApplication(healed, 'darkest')),
      },
    },
    deltaE00: difference,
    deltaL: prediction.area[0] - target.area[0],
    words: matchWords(target.area, prediction.area, difference),
    ...(probability && { probability: probability.best, probabilityTopThree: probability.topThree }),
    flags: flagReasons.map(({ flag }) => flag),
    flagReasons,
    basis: pigment.basis,
    ...(mix ? { mixWith: mixWords(mix, drops.pigmentDrops) } : {}),
  };
  return { recommendation, candidate, seen, partsDiluent, mix };
}
