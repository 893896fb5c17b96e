import { differenceCiede2000 } from 'culori/fn';
import type { Lab65 } from './lab65.ts';

// culori converts its inputs to lab65 first; passing that mode keeps the numbers as they are.
const plain = differenceCiede2000();

function difference(formula: ReturnType<typeof differenceCiede2000>, one: Lab65, other: Lab65): number {
  return formula(
    { mode: 'lab65', l: one[0], a: one[1], b: one[2] },
    { mode: 'lab65', l: other[0], a: other[1], b: other[2] },
  );
}

/** CIEDE2000 with kL = kC = kH = 1 (Sharma, Wu & Dalal 2005). */
export function deltaE00(one: Lab65, other: Lab65): number {
  return difference(plain, one, other);
}

/** A CIEDE2000 with its own parametric factors. */
export function weightedDeltaE00(kL: number, kC: number, kH: number): (one: Lab65, other: Lab65) => number {
  const formula = differenceCiede2000(kL, kC, kH);
  return (one, other) => difference(formula, one, other);
}
