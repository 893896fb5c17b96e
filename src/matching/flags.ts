import type { LotStatus } from '../catalog/lotStatus.ts';
import { regulatoryCompleteness } from '../catalog/regulatoryCompleteness.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { matchingTexts } from '../language/texts/matching.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import { type HealedPrediction, predictAreaLab } from '../optics/predictHealed.ts';
import { type Appearance, applicationOf, type Hand } from './appearance.ts';
import type { MatchGoal } from './matchGoal.ts';
import type { FlagReason, MatchSettings, PreparedShade } from './matchTypes.ts';
import { listWords, ratioWords } from './words.ts';

export interface FlagContext {
  readonly table: ClientTable;
  readonly hand: Hand;
  readonly goal: MatchGoal;
  readonly target: Lab65;
  readonly settings: MatchSettings;
  readonly prepared: PreparedShade;
  readonly lot: LotStatus;
  readonly partsDiluent: number;
  readonly minParts: number;
  readonly maxParts: number;
  /** Ratio that would be best without the shade's limits. */
  readonly wantedParts: number;
  readonly prediction: HealedPrediction;
  readonly seen: Appearance;
  readonly metamerism: number;
  readonly existingWork: 'fresh' | 'healed' | undefined;
}

type Check = (context: FlagContext) => string | null;

/** A healed dot whose b* falls below this on any skin reads blue-grey rather than grey. */
const BLUE_B = 3;
const DARK_CONTRAST = 0.35;
const DEEP_GAP_MM = 0.1;
const DENSE_COVERAGE = 0.15;
/** Differences below these cannot be seen: area from a distance, a dot from half a metre. */
const UNSEEN_AREA_DELTA_E00 = 1;
const UNSEEN_DOT_DELTA_E00 = 2;
const HIDDEN_MASSTONE_L = 20;
const METAMERISM_LIMIT = 1;
const BEYOND_RATIO = 1.1;

const blueRisk: Check = ({ prediction, prepared, table }) => {
  const cool = prepared.shade.undertone === 'cool' || prediction.dot[2] < BLUE_B;
  const others = [
    prediction.contrast > DARK_CONTRAST ? matchingTexts.dotsAreDark : null,
    table.gapMm > DEEP_GAP_MM ? matchingTexts.theyLieDeep : null,
    prediction.coverage > DENSE_COVERAGE ? matchingTexts.theyStandDense : null,
  ].filter((reason) => reason !== null);
  if (!cool || others.length === 0) return null;
  return matchingTexts.mayHealBluish(listWords(others));
};

const expiredLot: Check = ({ lot, prepared }) =>
  lot === 'expired' ? matchingTexts.everyLotExpired(prepared.shade.code) : null;

const noLot: Check = ({ lot, prepared }) => (lot === 'none' ? matchingTexts.noLotOnRecord(prepared.shade.code) : null);

const notDilutable: Check = ({ maxParts, prepared }) =>
  maxParts === 0 ? matchingTexts.cannotBeThinnedCloser(prepared.shade.code) : null;

const beyondRange: Check = ({ wantedParts, minParts, maxParts, prepared }) => {
  if (maxParts === 0) return null;
  const stronger = (1 + minParts) / (1 + wantedParts);
  const weaker = (1 + wantedParts) / (1 + maxParts);
  if (stronger < BEYOND_RATIO && weaker < BEYOND_RATIO) return null;
  return matchingTexts.closestMixOutsideRange(
    stronger > weaker,
    prepared.shade.code,
    ratioWords(minParts),
    ratioWords(maxParts),
  );
};

const edgeOfRange: Check = (context) => {
  const { partsDiluent, minParts, maxParts, prepared } = context;
  if (maxParts <= minParts || beyondRange(context)) return null;
  const isStrongest = partsDiluent <= minParts;
  if (!isStrongest && partsDiluent < maxParts) return null;
  return matchingTexts.mixAtEdgeOfRange(ratioWords(partsDiluent), isStrongest, prepared.shade.code);
};

const missingRegulatory: Check = ({ prepared: { shade }, settings }) => {
  const records = regulatoryCompleteness(shade).filter(
    ({ region }) => settings.region === undefined || region === settings.region,
  );
  if (records.length === 0) return matchingTexts.noLabelStatements(shade.code);
  const gaps = records.filter(({ missing }) => missing.length > 0);
  if (gaps.length === 0) return null;
  const lacking = gaps.map(({ region, missing }) => matchingTexts.labelLacks(region, listWords(missing)));
  return matchingTexts.labelDataIncomplete(shade.code, lacking.join('; '));
};

const beyondVisibility: Check = ({ table, seen, partsDiluent }) => {
  const unseen =
    deltaE00(table.skin, seen.area) < UNSEEN_AREA_DELTA_E00 && deltaE00(table.skin, seen.dot) < UNSEEN_DOT_DELTA_E00;
  return unseen ? matchingTexts.healedDotsHardlySeen(ratioWords(partsDiluent)) : null;
};

const undertoneHidden: Check = ({ prepared: { shade, pigment } }) =>
  pigment.basis === 'swatch' && (shade.masstone.lab?.[0] ?? 100) < HIDDEN_MASSTONE_L
    ? matchingTexts.knownByDarkSwatchOnly(shade.code)
    : null;

const metamerism: Check = ({ metamerism: index }) =>
  index > METAMERISM_LIMIT ? matchingTexts.differsInOtherLight : null;

/** Below this share of the wanted darkening the density is what limits the match. */
const REACH_LIMIT = 0.85;

const needsMoreDensity: Check = ({ goal, target, seen, settings }) =>
  goal.reach < REACH_LIMIT && seen.area[0] - target[0] > UNSEEN_AREA_DELTA_E00
    ? matchingTexts.moreDensityNeeded(settings.densityPerCm2, settings.diameterMm)
    : null;

const existingWork: Check = ({ existingWork: work, settings }) => {
  if (work === 'fresh') return matchingTexts.freshWorkIsInThePhoto;
  if (work === 'healed') return matchingTexts.earlierWorkIsInThePhoto;
  return settings.session > 1 ? matchingTexts.dotsOfAnEarlierSessionLie : null;
};

const learnedCorrection: Check = ({ prepared: { learned, shade, pigment }, table, hand, partsDiluent, prediction }) => {
  if (!learned) return null;
  const { factor, cases, ofShade } = learned;
  const plain = { ...pigment, neatTau: pigment.neatTau / factor };
  const deltaL = prediction.area[0] - predictAreaLab(table, plain, applicationOf(hand, partsDiluent))[0];
  const whose = matchingTexts.healedResultsOf(cases, ofShade, shade.code);
  return matchingTexts.healedResultsRan(whose, factor > 1, shade.code, factor.toFixed(2), Math.abs(deltaL).toFixed(1));
};

const CHECKS = {
  blueRisk,
  expiredLot,
  noLot,
  notDilutable,
  beyondRange,
  edgeOfRange,
  missingRegulatory,
  beyondVisibility,
  undertoneHidden,
  metamerism,
  needsMoreDensity,
  existingWork,
  learnedCorrection,
} as const;

/** Every warning about using this recipe on this client, each with its reason in plain words. */
export function flagRecipe(context: FlagContext): FlagReason[] {
  return (Object.keys(CHECKS) as (keyof typeof CHECKS)[]).flatMap((flag) => {
    const reason = CHECKS[flag](context);
    return reason ? [{ flag, reason }] : [];
  });
}
