import { deltaE00 } from '../colour/deltaE00.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { matchingTexts } from '../language/texts/matching.ts';
import type { DensityAdvice } from './matchTypes.ts';
import { isDarkerThanSkin, type MatchContext, type Recipe } from './recommend.ts';
import { closenessWords, directionWords, listWords, ratioWords } from './words.ts';

const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const LIGHTER_HAIR = matchingTexts.hairIsNoDarkerThanSkin;
/** Differences below this cannot be told apart side by side. */
const ALIKE_DELTA_E00 = 0.8;

const labText = (lab: Lab65): string => `L* ${one.format(lab[0])}, a* ${one.format(lab[1])}, b* ${one.format(lab[2])}`;

function recipeText({ recommendation, partsDiluent, mix }: Recipe): string {
  if (mix) {
    const [first, second] = mix.drops;
    return matchingTexts.mixAt(
      recommendation.code,
      mix.partner.shade.code,
      `${first}:${second}`,
      ratioWords(partsDiluent),
    );
  }
  return partsDiluent === 0
    ? matchingTexts.recipeAsBottled(recommendation.code)
    : matchingTexts.recipeAt(recommendation.code, ratioWords(partsDiluent));
}

function skinAndTarget({ input, table }: MatchContext): string {
  const { area } = input.target;
  const words = directionWords(table.skin, area);
  const how = words.length > 0 ? matchingTexts.comparedWithSkinAround(listWords(words)) : matchingTexts.likeSkinAround;
  return matchingTexts.targetArea(how, labText(area), labText(table.skin));
}

function areaReason({ input }: MatchContext, top: Recipe): string {
  const { recommendation } = top;
  const { densityPerCm2, diameterMm } = input.settings;
  return matchingTexts.healedBesideTheTarget(
    recipeText(top),
    recommendation.words,
    one.format(recommendation.deltaE00),
    densityPerCm2,
    diameterMm,
  );
}

function dotReason({ goal }: MatchContext, top: Recipe): string | null {
  if (!goal.dot) return null;
  const difference = deltaE00(goal.dot, top.seen.dot);
  const words = directionWords(goal.dot, top.seen.dot);
  const how = words.length > 0 ? matchingTexts.comparedWithDot(listWords(words)) : matchingTexts.theSameAs;
  return matchingTexts.oneDotFromHalfAMetre(how, one.format(difference));
}

function ratioReason(top: Recipe): string {
  const { shade } = top.candidate.prepared;
  if (top.partsDiluent === 0) return matchingTexts.usedAsBottled(shade.code);
  const usual = shade.typicalParts === undefined ? '' : matchingTexts.everydayMix(ratioWords(shade.typicalParts));
  return matchingTexts.insideWhatMakerAllows(
    ratioWords(top.partsDiluent),
    shade.code,
    ratioWords(shade.minParts),
    ratioWords(shade.maxParts),
    usual,
  );
}

/** What a near alternative gets wrong beside the recommended recipe. */
function whatIsWrong(top: Recipe, other: Recipe): string {
  const { recommendation } = other;
  const fault = recommendation.flagReasons.find(({ flag }) => flag === 'expiredLot' || flag === 'noLot');
  const difference = deltaE00(top.seen.dot, other.seen.dot);
  const words = difference > ALIKE_DELTA_E00 ? directionWords(top.seen.dot, other.seen.dot) : [];
  if (fault) return fault.reason;
  if (words.length > 0) return matchingTexts.dotsComparedWith(listWords(words), top.recommendation.code);
  const edge = recommendation.flags.includes('edgeOfRange') || recommendation.flags.includes('beyondRange');
  if (edge) return matchingTexts.sameAtEndOfRange;
  return matchingTexts.nearlySameColour(top.recommendation.code);
}

/**
 * Why this shade: at least three reasons, each with a region or value, then what each of the three nearest
 * alternatives gets wrong, and what the density does.
 */
export function explainWhy(
  context: MatchContext,
  recipes: readonly Recipe[],
  advice: DensityAdvice | null,
  discontinued: readonly string[],
): string[] {
  const top = recipes[0];
  const lighter = isDarkerThanSkin(context) ? [] : [LIGHTER_HAIR];
  if (!top) return [...lighter, context.input.target.why, skinAndTarget(context), ...discontinued];
  const alternatives = recipes.slice(1, 4).map((other) => `${recipeText(other)}: ${whatIsWrong(top, other)}`);
  const density = advice
    ? matchingTexts.otherDensity(advice.densityPerCm2, context.hand.densityPerCm2, closenessWords(advice.deltaE00))
    : null;
  const reasons = [
    skinAndTarget(context),
    areaReason(context, top),
    dotReason(context, top),
    ratioReason(top),
    density,
  ];
  return [...lighter, ...reasons.filter((reason) => reason !== null), ...alternatives, ...discontinued];
}
