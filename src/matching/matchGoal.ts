import { type Lab65, lab65 } from '../colour/lab65.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import type { Pigment } from '../optics/pigment.ts';
import { CARBON_SHAPE } from '../optics/pigmentShapes.ts';
import { type Appearance, type Hand, healedAppearance } from './appearance.ts';
import type { Target } from './matchTypes.ts';

/**
 * What the recipe is solved for. The dots should look like the stubs (`dot`), and the area should come as near to the
 * target as dots of that darkness can bring it at the given density. Chasing the area tone of denser hair with darker
 * dots would only give fewer, harder dots: the classic mistake.
 */
export interface MatchGoal {
  readonly area: Lab65;
  readonly dot: Lab65 | null;
  /** Share of the area's change that the density can reach with dots as dark as the stubs; 1 when it is no limit. */
  readonly reach: number;
  /** L* by which dots as dark as the stubs darken the area at this density; infinite where nothing limits it. */
  readonly dotDarkening: number;
}

/** Reference black: strong enough at its darkest for any stub, thinned until its dot matches. */
export const REFERENCE_PIGMENT: Pigment = {
  neatTau: 60,
  shape: CARBON_SHAPE,
  scatterRatio: 0.05,
  basis: 'spectral',
  sigmaLogTau: 0,
};
const WEAKEST_PARTS = 2000;
/** L* is found this closely, far below what can be seen. */
const LIGHTNESS_TOLERANCE = 1e-4;
const MOST_STEPS = 40;

/** Healed look of neutral dots that are as light as `dot`, or of the darkest possible ones. */
export function matchDotLightness(table: ClientTable, hand: Hand, dot: Lab65): Appearance {
  const look = (x: number): Appearance => healedAppearance(table, REFERENCE_PIGMENT, hand, Math.expm1(x));
  const off = (seen: Appearance): number => seen.dot[0] - dot[0];
  let darkest = 0;
  let weakest = Math.log1p(WEAKEST_PARTS);
  let seen = look(darkest);
  let offDarkest = off(seen);
  if (offDarkest >= 0) return seen;
  seen = look(weakest);
  let offWeakest = off(seen);
  if (offWeakest <= 0) return seen;
  // False position; an end that stays gets half its weight (Dowell & Jarratt, BIT 11, 168, 1971).
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = (darkest * offWeakest - weakest * offDarkest) / (offWeakest - offDarkest);
    const wasDarker = off(seen) < 0;
    seen = look(x);
    const miss = off(seen);
    if (Math.abs(miss) < LIGHTNESS_TOLERANCE) break;
    if (miss < 0) {
      if (wasDarker) offWeakest /= 2;
      [darkest, offDarkest] = [x, miss];
    } else {
      if (!wasDarker && step > 0) offDarkest /= 2;
      [weakest, offWeakest] = [x, miss];
    }
  }
  return seen;
}

export function goalFor(table: ClientTable, hand: Hand, target: Pick<Target, 'area' | 'dot'>): MatchGoal {
  const { skin } = table;
  const darkening = skin[0] - target.area[0];
  if (!target.dot || target.dot[0] >= skin[0] || darkening <= 0) {
    return { area: target.area, dot: target.dot, reach: 1, dotDarkening: Number.POSITIVE_INFINITY };
  }
  const reference = matchDotLightness(table, hand, target.dot);
  const dotDarkening = skin[0] - reference.area[0];
  const reach = Math.min(1, dotDarkening / darkening);
  const towards = (i: 0 | 1 | 2): number => skin[i] + (target.area[i] - skin[i]) * reach;
  return { area: lab65(towards(0), towards(1), towards(2)), dot: target.dot, reach, dotDarkening };
}
