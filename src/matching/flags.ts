import type { LotStatus } from '../catalog/lotStatus.ts';
import { regulatoryCompleteness } from '../catalog/regulatoryCompleteness.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import type { Lab65 } from '../colour/lab65.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import { type HealedPrediction, predictHealed } from '../optics/predictHealed.ts';
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
    prediction.contrast > DARK_CONTRAST ? 'the dots are dark' : null,
    table.gapMm > DEEP_GAP_MM ? 'they lie deep' : null,
    prediction.coverage > DENSE_COVERAGE ? 'they stand dense' : null,
  ].filter((reason) => reason !== null);
  if (!cool || others.length === 0) return null;
  return `May heal bluish: the colour is cool under this skin and ${listWords(others)}. Keep the dots shallow and start with the weaker session mix.`;
};

const expiredLot: Check = ({ lot, prepared }) =>
  lot === 'expired'
    ? `Every lot of ${prepared.shade.code} on record has expired. Do not use it; order a new lot.`
    : null;

const noLot: Check = ({ lot, prepared }) =>
  lot === 'none' ? `No lot of ${prepared.shade.code} is on record. Enter the lot from the bottle before use.` : null;

const notDilutable: Check = ({ maxParts, prepared }) =>
  maxParts === 0 ? `${prepared.shade.code} is ready to use and cannot be thinned to a closer tone.` : null;

const beyondRange: Check = ({ wantedParts, minParts, maxParts, prepared }) => {
  if (maxParts === 0) return null;
  const stronger = (1 + minParts) / (1 + wantedParts);
  const weaker = (1 + wantedParts) / (1 + maxParts);
  if (stronger < BEYOND_RATIO && weaker < BEYOND_RATIO) return null;
  const side = stronger > weaker ? 'stronger' : 'weaker';
  return `The closest mix would be ${side} than ${prepared.shade.code} allows (${ratioWords(minParts)} to ${ratioWords(maxParts)}).`;
};

const edgeOfRange: Check = (context) => {
  const { partsDiluent, minParts, maxParts, prepared } = context;
  if (maxParts <= minParts || beyondRange(context)) return null;
  const at = partsDiluent <= minParts ? 'strongest' : partsDiluent >= maxParts ? 'weakest' : null;
  return (
    at && `${ratioWords(partsDiluent)} is the ${at} mix allowed for ${prepared.shade.code}; there is no room to adjust.`
  );
};

const missingRegulatory: Check = ({ prepared: { shade }, settings }) => {
  const records = regulatoryCompleteness(shade).filter(
    ({ region }) => settings.region === undefined || region === settings.region,
  );
  if (records.length === 0) return `No label statements are on record for ${shade.code}.`;
  const gaps = records.filter(({ missing }) => missing.length > 0);
  if (gaps.length === 0) return null;
  return `Label data of ${shade.code} is incomplete: ${gaps.map(({ region, missing }) => `${region} lacks ${listWords(missing)}`).join('; ')}.`;
};

const beyondVisibility: Check = ({ table, seen, partsDiluent }) => {
  const unseen =
    deltaE00(table.skin, seen.area) < UNSEEN_AREA_DELTA_E00 && deltaE00(table.skin, seen.dot) < UNSEEN_DOT_DELTA_E00;
  return unseen
    ? `At ${ratioWords(partsDiluent)} healed dots can hardly be told from this skin; a weaker mix would change nothing that is seen.`
    : null;
};

const undertoneHidden: Check = ({ prepared: { shade, pigment } }) =>
  pigment.basis === 'swatch' && (shade.masstone.lab?.[0] ?? 100) < HIDDEN_MASSTONE_L
    ? `${shade.code} is known only by a dark swatch, which hides its undertone: black is assumed and the hue may differ.`
    : null;

const metamerism: Check = ({ metamerism: index }) =>
  index > METAMERISM_LIMIT
    ? 'Matches in daylight but differs visibly under tungsten or office light. Check a patch in the client’s usual light.'
    : null;

/** Below this share of the wanted darkening the density is what limits the match. */
const REACH_LIMIT = 0.85;

const needsMoreDensity: Check = ({ goal, target, seen, settings }) =>
  goal.reach < REACH_LIMIT && seen.area[0] - target[0] > UNSEEN_AREA_DELTA_E00
    ? `${settings.densityPerCm2} dots per cm² of ${settings.diameterMm} mm cannot reach the tone of this hair without dots darker than its stubble: more density is needed, not a darker mix.`
    : null;

const existingWork: Check = ({ existingWork: work, settings }) => {
  if (work === 'fresh')
    return 'Fresh work is in the photo: it looks darker than it will heal. Match again after 28 days.';
  if (work === 'healed') return 'Earlier work is in the photo: the new dots add to it.';
  return settings.session > 1 ? 'Dots of an earlier session lie in this skin: the new dots add to them.' : null;
};

const learnedCorrection: Check = ({ prepared: { learned, shade, pigment }, table, hand, partsDiluent, prediction }) => {
  if (!learned) return null;
  const { factor, cases, ofShade } = learned;
  const plain = { ...pigment, neatTau: pigment.neatTau / factor };
  const deltaL = prediction.area[0] - predictHealed(table, plain, applicationOf(hand, partsDiluent)).area[0];
  const run = factor > 1 ? 'darker' : 'lighter';
  const whose = `${cases} healed result${cases === 1 ? '' : 's'} ${ofShade ? `with ${shade.code}` : 'of your studio'}`;
  return `${whose} ran ${run} than predicted, so ${shade.code} counts as ${factor.toFixed(2)} times its strength: ${Math.abs(deltaL).toFixed(1)} L* ${run} here. Learning can switch this off.`;
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
