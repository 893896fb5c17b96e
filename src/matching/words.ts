import type { Lab65 } from '../colour/lab65.ts';
import { closenessTexts, differenceTexts } from '../language/texts/difference.ts';

/** Bands of ΔE00 in words (PRODUCT.md §3): one strict set for everyone. */
export type Closeness = (typeof closenessTexts)[keyof typeof closenessTexts];

/** Upper ends of the bands, ΔE00. */
export const SAME_DELTA_E00 = 1;
export const CLOSE_DELTA_E00 = 4;
export const NOTICEABLE_DELTA_E00 = 6;
const VERY_CLOSE_DELTA_E00 = 2;

export function closenessWords(deltaE00: number): Closeness {
  if (deltaE00 <= SAME_DELTA_E00) return closenessTexts.same;
  if (deltaE00 <= VERY_CLOSE_DELTA_E00) return closenessTexts.veryClose;
  if (deltaE00 <= CLOSE_DELTA_E00) return closenessTexts.close;
  return deltaE00 <= NOTICEABLE_DELTA_E00 ? closenessTexts.noticeable : closenessTexts.notGood;
}

/** Unit direction from cool to warm in a*, b*: the hue of skin, 63°, along which SMP lines differ. */
const WARM_A = Math.cos((63 * Math.PI) / 180);
const WARM_B = Math.sin((63 * Math.PI) / 180);

export interface ColourDirection {
  /** Lab units, positive lighter. */
  readonly lighter: number;
  /** Positive warmer (towards yellow and red). */
  readonly warmer: number;
  /** Positive redder, across the warm–cool line; negative greener. */
  readonly redder: number;
}

/** In which direction `colour` lies from `reference`. */
export function directionFrom(reference: Lab65, colour: Lab65): ColourDirection {
  const da = colour[1] - reference[1];
  const db = colour[2] - reference[2];
  return {
    lighter: colour[0] - reference[0],
    warmer: WARM_A * da + WARM_B * db,
    redder: WARM_B * da - WARM_A * db,
  };
}

function graded(amount: number, from: number, small: string, up: string, down: string): string[] {
  const size = Math.abs(amount);
  if (size < from) return [];
  const word = amount > 0 ? up : down;
  if (size < 2) return [differenceTexts.graded(small, word)];
  return [size < 4 ? word : differenceTexts.graded(differenceTexts.much, word)];
}

/** "slightly darker", "a touch cooler": lightness first, as its errors are least forgiven. Empty when none is seen. */
export function directionWords(reference: Lab65, colour: Lab65): string[] {
  const { lighter, warmer, redder } = directionFrom(reference, colour);
  return [
    ...graded(lighter, 0.5, differenceTexts.slightly, differenceTexts.lighter, differenceTexts.darker),
    ...graded(warmer, 0.7, differenceTexts.aTouch, differenceTexts.warmer, differenceTexts.cooler),
    ...graded(redder, 1, differenceTexts.aTouch, differenceTexts.redder, differenceTexts.greener),
  ];
}

/** "very close, slightly darker, a touch cooler" for a predicted colour against its target. */
export function matchWords(target: Lab65, predicted: Lab65, deltaE00: number): string {
  const closeness = closenessWords(deltaE00);
  if (closeness === closenessTexts.same) return closeness;
  return [closeness, ...directionWords(target, predicted)].join(', ');
}

/** A ratio as a technician says it: "12:1", "neat". */
export function ratioWords(partsDiluent: number): string {
  return partsDiluent === 0 ? differenceTexts.neat : `${Number(partsDiluent.toFixed(2))}:1`;
}

/** Joins names as a sentence does: "a", "a and b", "a, b and c". */
export function listWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return differenceTexts.and(items.slice(0, -1).join(', '), items.at(-1)!);
}
