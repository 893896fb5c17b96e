import { type Lab65, type LabCovariance, lab65 } from '../colour/lab65.ts';
import { matchingTexts } from '../language/texts/matching.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { brownLineFibre, HAIR_COLOURS, type HairColour, nearestHairName } from './hairColours.ts';
import { matchDotLightness } from './matchGoal.ts';
import type { MeasuredColour, Target } from './matchTypes.ts';
import { mixLight } from './mixLight.ts';
import { DENSE_SHAVE, FRESH_SHAVE, type StubbleAppearance, stubbleAppearance } from './stubbleAppearance.ts';
import { dotSeen } from './viewing.ts';

/** What the photo tells about the client's hair. */
export interface HairEvidence {
  readonly kind: 'stubble' | 'short' | 'long' | 'none';
  /** Mean colour in linear light of the hair region, the skin between the hairs included. */
  readonly apparent: MeasuredColour | null;
  /** Colour of the fibre itself, un-mixed from the skin, where it could be measured. */
  readonly fibre: MeasuredColour | null;
  /** Share of grey or white hairs, where known. */
  readonly greyPercent: number | null;
  /** Middles of single marks as photographed, where they could be told apart. */
  readonly markPeak?: MeasuredColour | null;
  /** Width of a mark, where a scale is known. */
  readonly markMm?: number | null;
}

/** What the hair area of the photo shows, as a person says. */
export const HAIR_FROM = ['scalp', 'eyebrow', 'beard', 'smp'] as const;
export type HairFrom = (typeof HAIR_FROM)[number];

export interface TargetInput {
  readonly table: ClientTable;
  readonly hair: HairEvidence;
  /** Key of `HAIR_COLOURS`: what a person chose is matched, whatever the photo shows. */
  readonly chosenHair?: string;
  /** The scalp's own hair without it. */
  readonly hairFrom?: HairFrom;
}

/** Said where there is neither measured hair nor a chosen colour. */
export const NO_TARGET_SENTENCE = matchingTexts.nothingToMatch;

/** A target may be this much darker than the densest fresh shave before it is taken for longer hair. */
const MOST_OVER_SHAVE = 1.5;
const GREY_WORTH_SAYING = 10;
/** A dot this much bluer than a neutral one as dark is seen to be blue, Lab b*. */
const BLUISH = 2.5;
/** Old dots of unknown width are taken to be as wide as healed ones usually are. */
const USUAL_DOT_MM = DEFAULT_APPLICATION.diameterMm;
/** Uncertainty of a fibre that was inferred, chosen from a list, or read from the shine of longer hair: sd of Lab. */
const INFERRED_FIBRE: LabCovariance = [49, 0, 0, 0, 9, 0, 0, 0, 16];
const GREY_FIBRE = HAIR_COLOURS.find(({ key }) => key === 'white')!.fibre;

type Fibre = MeasuredColour;

/** The fibre on the natural brown line whose fresh shave is as light as the stubble in the photo. */
function inferFibre(table: ClientTable, apparent: Lab65): Lab65 {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (stubbleAppearance(table, brownLineFibre(middle), FRESH_SHAVE).area[0] > apparent[0]) high = middle;
    else low = middle;
  }
  return brownLineFibre((low + high) / 2);
}

/** Dark and grey hairs side by side: from a distance one tone between. */
function withGrey(table: ClientTable, fibre: Lab65, greyShare: number): StubbleAppearance {
  const dark = stubbleAppearance(table, fibre, FRESH_SHAVE);
  if (greyShare <= 0) return dark;
  const grey = stubbleAppearance(table, GREY_FIBRE, FRESH_SHAVE);
  return { area: mixLight(dark.area, grey.area, greyShare), dot: mixLight(dark.dot, grey.dot, greyShare) };
}

/** Covariance of what a fibre's colour leads to: J Σ Jᵀ with finite differences of 2 Lab units. */
function propagate(covariance: LabCovariance, fibre: Lab65, f: (fibre: Lab65) => Lab65): LabCovariance {
  const centre = f(fibre);
  const columns = [0, 1, 2].map((k) => {
    const moved = f(lab65(fibre[0] + (k === 0 ? 2 : 0), fibre[1] + (k === 1 ? 2 : 0), fibre[2] + (k === 2 ? 2 : 0)));
    return [0, 1, 2].map((i) => (moved[i]! - centre[i]!) / 2);
  });
  const at = (i: number, j: number): number => {
    let total = 0;
    for (let k = 0; k < 3; k++) {
      for (let l = 0; l < 3; l++) total += columns[k]![i]! * covariance[3 * k + l]! * columns[l]![j]!;
    }
    return total;
  };
  return Array.from({ length: 9 }, (_, i) => at(Math.floor(i / 3), i % 3)) as unknown as LabCovariance;
}

function chosenColour(key: string | undefined): HairColour | null {
  if (key === undefined) return null;
  const colour = HAIR_COLOURS.find((entry) => entry.key === key);
  if (!colour)
    throw new RangeError(`Expected one of ${HAIR_COLOURS.map((entry) => entry.key).join(', ')} but received ${key}`);
  return colour;
}

function greySentence(greyPercent: number | null): string {
  if (greyPercent === null || greyPercent < GREY_WORTH_SAYING) return '';
  const share = Math.round(greyPercent / 5) * 5;
  return matchingTexts.shareOfHairIsGrey(share);
}

function fromFibre(input: TargetInput, fibre: Fibre, basis: 'hair' | 'chosen', why: string): Target {
  const { table, hair } = input;
  const grey = basis === 'hair' ? (hair.greyPercent ?? 0) / 100 : 0;
  const shaved = withGrey(table, fibre.lab, grey);
  const covariance = propagate(fibre.covariance, fibre.lab, (lab) => withGrey(table, lab, grey).area);
  const dotCovariance = propagate(fibre.covariance, fibre.lab, (lab) => withGrey(table, lab, grey).dot);
  return {
    ...shaved,
    why: why + (basis === 'hair' ? greySentence(hair.greyPercent) : ''),
    basis,
    covariance,
    dotCovariance,
    // Shaved in the model, on the skin as measured: of that, nothing is the skin's error.
    ownCovariance: covariance,
    dotOwnCovariance: dotCovariance,
  };
}

function fromStubble(input: TargetInput, apparent: MeasuredColour): Target {
  const { table, hair } = input;
  const fibre: Fibre = hair.fibre ?? { lab: inferFibre(table, apparent.lab), covariance: INFERRED_FIBRE };
  const grey = hair.fibre ? (hair.greyPercent ?? 0) / 100 : 0;
  const dense = stubbleAppearance(table, fibre.lab, DENSE_SHAVE).area;
  const darkening = table.skin[0] - apparent.lab[0];
  const shaved = Math.max(0, table.skin[0] - dense[0]);
  const dotOf = (lab: Lab65) => withGrey(table, lab, grey).dot;
  const grown = shaved > 0 && darkening > MOST_OVER_SHAVE * shaved;
  const kept = grown ? ((MOST_OVER_SHAVE - 1) * shaved) / (darkening - shaved) : 1;
  return {
    area: grown ? mixLight(dense, apparent.lab, kept) : apparent.lab,
    dot: dotOf(fibre.lab),
    why:
      (grown ? matchingTexts.targetIsHairShavedShort : matchingTexts.targetIsStubble) + greySentence(hair.greyPercent),
    basis: 'stubble',
    covariance: apparent.covariance,
    dotCovariance: propagate(fibre.covariance, fibre.lab, dotOf),
    ...(apparent.ownCovariance
      ? {
          ownCovariance: apparent.ownCovariance,
          dotOwnCovariance: propagate(fibre.ownCovariance ?? fibre.covariance, fibre.lab, dotOf),
        }
      : {}),
  };
}

/** How much bluer (Lab b*) a dot is than neutral pigment of its darkness looks in this skin; above 0 for blue. */
function bluerThanNeutral(table: ClientTable, dot: Lab65, diameterMm: number): number {
  const hand = { densityPerCm2: DEFAULT_APPLICATION.densityPerCm2, diameterMm };
  return matchDotLightness(table, hand, dot).dot[2] - dot[2];
}

/** Earlier work is matched as it looks, so that new dots cannot be told from old ones. */
function fromEarlierWork({ table, hair }: TargetInput, apparent: MeasuredColour): Target {
  const { markPeak: peak } = hair;
  const diameterMm = hair.markMm ?? USUAL_DOT_MM;
  const dot = peak ? dotSeen(table.skin, peak.lab, diameterMm, table.gapMm) : null;
  const blue = dot && peak && dot[0] < table.skin[0] ? bluerThanNeutral(table, dot, diameterMm) : 0;
  const isBlue = blue > Math.max(BLUISH, Math.sqrt(peak?.covariance[8] ?? 0));
  return {
    area: apparent.lab,
    dot,
    why: matchingTexts.targetIsEarlierWork + (isBlue ? matchingTexts.itsDotsAreBluish : ''),
    basis: 'earlierWork',
    covariance: apparent.covariance,
    ...(apparent.ownCovariance ? { ownCovariance: apparent.ownCovariance } : {}),
    ...(peak ? { dotCovariance: peak.covariance } : {}),
    ...(peak?.ownCovariance ? { dotOwnCovariance: peak.ownCovariance } : {}),
  };
}

const WHERE = {
  eyebrow: matchingTexts.colourOfEyebrows,
  beard: matchingTexts.colourOfBeard,
} as const;

/**
 * The colour that healed work should have, on the client of `table`. A chosen colour and earlier work are what a person
 * says they are. Stubble is matched as it looks; longer hair, eyebrow and beard are shaved in the model first, because SMP
 * imitates hair of half a millimetre.
 * @returns null where there is neither hair nor a choice (`NO_TARGET_SENTENCE` says so to people)
 * @throws RangeError for an unknown hair colour
 */
export function buildTarget(input: TargetInput): Target | null {
  const { hair, hairFrom = 'scalp' } = input;
  const chosen = chosenColour(input.chosenHair);
  if (chosen) {
    const reason = hair.apparent ? matchingTexts.hairColourChosen : matchingTexts.noHairMeasured;
    const why = matchingTexts.targetIsChosenColour(reason, chosen.name);
    return fromFibre(input, { lab: chosen.fibre, covariance: INFERRED_FIBRE }, 'chosen', why);
  }
  if (hairFrom === 'smp') return hair.apparent ? fromEarlierWork(input, hair.apparent) : null;
  if (hairFrom === 'scalp' && hair.kind === 'stubble' && hair.apparent) return fromStubble(input, hair.apparent);
  const measured = hair.fibre ?? hair.apparent;
  if (hair.kind === 'none' || !measured) return null;
  const added = hairFrom !== 'scalp' || !hair.fibre ? INFERRED_FIBRE : null;
  const covariance = added
    ? (measured.covariance.map((v, i) => v + added[i]!) as unknown as LabCovariance)
    : measured.covariance;
  const name = nearestHairName(measured.lab);
  const why =
    hairFrom === 'scalp'
      ? matchingTexts.targetIsLongerHair(name)
      : matchingTexts.targetIsHairElsewhere(WHERE[hairFrom], name);
  return fromFibre(input, { lab: measured.lab, covariance }, 'hair', why);
}
