import type { Lab65 } from './lab65.ts';

/** As results name them, in whatever language they are shown. */
export type ItaClass = 'very light' | 'light' | 'intermediate' | 'tan' | 'brown' | 'dark';

/** Individual typology angle in degrees (Chardon, Cretois & Hourseau 1991): arctan((L* − 50) / b*). */
export function itaDegrees([L, , b]: Lab65): number {
  return (Math.atan2(L - 50, Math.max(b, 1e-9)) * 180) / Math.PI;
}

/** The six classes at 55, 41, 28, 10 and −30 degrees. Not a Fitzpatrick type. */
export function itaClass(degrees: number): ItaClass {
  if (degrees > 55) return 'very light';
  if (degrees > 41) return 'light';
  if (degrees > 28) return 'intermediate';
  if (degrees > 10) return 'tan';
  return degrees > -30 ? 'brown' : 'dark';
}
