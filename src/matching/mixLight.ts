import type { Lab65 } from '../colour/lab65.ts';
import { lab65ToXyz, type Xyz, xyzToLab65 } from '../colour/xyzLab.ts';

/** XYZ of two lights mixed: `share` of the second. */
export function mixXyz(one: Xyz, other: Xyz, share: number): Xyz {
  return [
    one[0] + (other[0] - one[0]) * share,
    one[1] + (other[1] - one[1]) * share,
    one[2] + (other[2] - one[2]) * share,
  ];
}

/** Colours mixed as light mixes at a distance, `share` of the second: never averaged in Lab. */
export function mixLight(one: Lab65, other: Lab65, share: number): Lab65 {
  return xyzToLab65(mixXyz(lab65ToXyz(one), lab65ToXyz(other), share));
}
