import { type Lab65, type LabCovariance, lab65 } from '../colour/lab65.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import { brownLineFibre, HAIR_COLOURS, type HairColour, nearestHairName } from './hairColours.ts';
import type { MeasuredColour, Target } from './matchTypes.ts';
import { mixLight } from './mixLight.ts';
import { DENSE_SHAVE, FRESH_SHAVE, type StubbleAppearance, stubbleAppearance } from './stubbleAppearance.ts';

/** What the photo tells about the client's hair. */
export interface HairEvidence {
  readonly kind: 'stubble' | 'short' | 'long' | 'none';
  /** Mean colour in linear light of the hair region, the skin between the hairs included. */
  readonly apparent: MeasuredColour | null;
  /** Colour of the fibre itself, un-mixed from the skin, where it could be measured. */
  readonly fibre: MeasuredColour | null;
  /** Share of grey or white hairs, where known. */
  readonly greyPercent: number | null;
}

export interface TargetInput {
  readonly table: ClientTable;
  readonly hair: HairEvidence;
  /** Key of `HAIR_COLOURS`: used where no hair was measured. */
  readonly chosenHair?: string;
}

/** Said where there is neither measured hair nor a chosen colour. */
export const NO_TARGET_SENTENCE =
  'No hair could be measured, so there is nothing to match. Choose the hair colour, or mark a patch of stubble, eyebrow or beard.';

/** A target may be this much darker than the densest fresh shave before it is taken for longer hair. */
const MOST_OVER_SHAVE = 1.5;
const GREY_WORTH_SAYING = 10;
/** Uncertainty of a fibre that was inferred, chosen from a list, or read from the shine of longer hair: sd of Lab. */
const INFERRED_FIBRE: LabCovariance = [49, 0, 0, 0, 9, 0, 0, 0, 16];
const GREY_FIBRE = HAIR_COLOURS.find(({ key }) => key === 'white')!.fibre;

interface Fibre {
  readonly lab: Lab65;
  readonly covariance: LabCovariance;
}

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
  return ` About ${share} % of the hair is grey: the target lies between the dark and the grey hairs, as the eye mixes them at a distance.`;
}

function fromFibre(input: TargetInput, fibre: Fibre, basis: 'hair' | 'chosen', why: string): Target {
  const { table, hair } = input;
  const grey = basis === 'hair' ? (hair.greyPercent ?? 0) / 100 : 0;
  const shaved = withGrey(table, fibre.lab, grey);
  return {
    ...shaved,
    why: why + (basis === 'hair' ? greySentence(hair.greyPercent) : ''),
    basis,
    covariance: propagate(fibre.covariance, fibre.lab, (lab) => withGrey(table, lab, grey).area),
    dotCovariance: propagate(fibre.covariance, fibre.lab, (lab) => withGrey(table, lab, grey).dot),
  };
}

function fromStubble(input: TargetInput, apparent: MeasuredColour): Target {
  const { table, hair } = input;
  const fibre: Fibre = hair.fibre ?? { lab: inferFibre(table, apparent.lab), covariance: INFERRED_FIBRE };
  const grey = hair.fibre ? (hair.greyPercent ?? 0) / 100 : 0;
  const dense = stubbleAppearance(table, fibre.lab, DENSE_SHAVE).area;
  const darkening = table.skin[0] - apparent.lab[0];
  const shaved = Math.max(0, table.skin[0] - dense[0]);
  const grown = shaved > 0 && darkening > MOST_OVER_SHAVE * shaved;
  const kept = grown ? ((MOST_OVER_SHAVE - 1) * shaved) / (darkening - shaved) : 1;
  return {
    area: grown ? mixLight(dense, apparent.lab, kept) : apparent.lab,
    dot: withGrey(table, fibre.lab, grey).dot,
    why:
      (grown
        ? 'The hair in the marked area is longer or denser than the fresh shave that SMP imitates, so the target is that hair shaved short on this skin.'
        : 'The target is the stubble in the marked hair area as it looks on this skin: treated skin should look like it once healed.') +
      greySentence(hair.greyPercent),
    basis: 'stubble',
    covariance: apparent.covariance,
    dotCovariance: propagate(fibre.covariance, fibre.lab, (lab) => withGrey(table, lab, grey).dot),
  };
}

/**
 * The colour that healed work should have, on the client of `table`. Stubble is matched as it looks; longer hair is
 * shaved in the model first, because SMP imitates hair of half a millimetre; without hair a chosen colour is needed.
 * @returns null where there is neither hair nor a choice (`NO_TARGET_SENTENCE` says so to people)
 * @throws RangeError for an unknown hair colour
 */
export function buildTarget(input: TargetInput): Target | null {
  const { hair } = input;
  const chosen = chosenColour(input.chosenHair);
  if (hair.kind === 'stubble' && hair.apparent) return fromStubble(input, hair.apparent);
  const measured = hair.fibre ?? hair.apparent;
  if (hair.kind !== 'none' && measured) {
    const covariance = hair.fibre
      ? hair.fibre.covariance
      : (measured.covariance.map((v, i) => v + INFERRED_FIBRE[i]!) as unknown as LabCovariance);
    const why = `The hair is longer than the stubble that SMP imitates; the target is ${nearestHairName(measured.lab)} hair of the measured colour, shaved to half a millimetre on this skin.`;
    return fromFibre(input, { lab: measured.lab, covariance }, 'hair', why);
  }
  if (!chosen) return null;
  const why = `No hair could be measured. The target is the chosen colour, ${chosen.name}, shaved to half a millimetre on this skin; check it against the eyebrows or beard.`;
  return fromFibre(input, { lab: chosen.fibre, covariance: INFERRED_FIBRE }, 'chosen', why);
}
