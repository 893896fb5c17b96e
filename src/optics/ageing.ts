import type { Application } from './pigment.ts';

/** Years after healing for which ageing is shown. */
export const AGED_YEARS = 3;
/**
 * Share of pigment kept a year, from fast to slow fading. Assumed: published touch-up intervals run from 2 to 6 years,
 * and no measured rate was found; so ageing is always a range.
 */
const KEPT_FAST = 0.8;
const KEPT_SLOW = 0.97;
/** The model's own rate, which the range replaces. */
const KEPT_MODEL = 0.9;

/** A healed application after `AGED_YEARS`, as light or as dark as is plausible. */
export function agedApplication(healed: Application, end: 'lightest' | 'darkest'): Application {
  const share = ((end === 'lightest' ? KEPT_FAST : KEPT_SLOW) / KEPT_MODEL) ** AGED_YEARS;
  return { ...healed, healedFraction: Math.min(1, healed.healedFraction * share), years: AGED_YEARS };
}
