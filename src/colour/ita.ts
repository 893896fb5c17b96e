import { skinTonesTexts } from '../language/texts/skinTones.ts';
import type { Lab65 } from './lab65.ts';

export type ItaClass = (typeof skinTonesTexts)[keyof typeof skinTonesTexts];

/** Individual typology angle in degrees (Chardon, Cretois & Hourseau 1991): arctan((L* − 50) / b*). */
export function itaDegrees([L, , b]: Lab65): number {
  return (Math.atan2(L - 50, Math.max(b, 1e-9)) * 180) / Math.PI;
}

/** The six classes at 55, 41, 28, 10 and −30 degrees. Not a Fitzpatrick type. */
export function itaClass(degrees: number): ItaClass {
  if (degrees > 55) return skinTonesTexts.veryLight;
  if (degrees > 41) return skinTonesTexts.light;
  if (degrees > 28) return skinTonesTexts.intermediate;
  if (degrees > 10) return skinTonesTexts.tan;
  return degrees > -30 ? skinTonesTexts.brown : skinTonesTexts.dark;
}
