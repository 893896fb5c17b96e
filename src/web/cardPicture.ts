import type { MatchResult } from '../app/matchResult.ts';
import { hexOf } from '../app/report/resultWords.ts';
import { PATCH_NAMES } from '../photo/card/patchNames.ts';

type Lab = readonly [number, number, number];
type CardPatches = NonNullable<NonNullable<MatchResult['calibration']['card']>['patches']>;

/** Left and top of a patch, 0–23, in a picture of 62 × 42 units. */
const placeOf = (patch: number) => ({ x: 2 + 10 * (patch % 6), y: 2 + 10 * Math.floor(patch / 6) });

/** A card of these 24 colours. */
export function cardCells(labs: readonly Lab[]) {
  return labs.map((lab, patch) => ({ ...placeOf(patch), reference: hexOf(lab) }));
}

/** Each patch used: round it what it is, inside left as photographed, inside right as corrected. */
export function comparedCells(patches: CardPatches) {
  return patches.map(({ patch, reference, seen, corrected }) => ({
    ...placeOf(patch - 1),
    reference: hexOf(reference),
    seen: hexOf(seen),
    corrected: hexOf(corrected),
  }));
}

export function patchRows(patches: CardPatches) {
  return patches.map(({ patch, deltaE00Before, deltaE00After }) => ({
    name: `${patch} ${PATCH_NAMES[patch - 1]}`,
    before: deltaE00Before.toFixed(1),
    after: deltaE00After.toFixed(1),
  }));
}
