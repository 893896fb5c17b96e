import type { Lab65 } from '../colour/lab65.ts';
import { dotBlur } from '../optics/dotPeak.ts';
import { mixLight } from './mixLight.ts';

/**
 * Blur of the eye at half a metre, standard deviation in mm on the scalp: optics and receptors together spread a point
 * over about 1.6 arcmin (full width at half height), .23 mm at 500 mm. Hairs (.08 mm) and dots (.3 mm) are both compared
 * as they look from there.
 */
export const EYE_BLUR_MM = 0.1;

/** Error function (Abramowitz & Stegun 7.1.26, error below 1.5e-7). */
export function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - tail * Math.exp(-x * x));
}

/** Share of a bar's contrast (width × length, mm) left at its centre after the eye's blur. */
export function barShare(widthMm: number, lengthMm: number): number {
  const half = (sizeMm: number) => erf(sizeMm / (2 * Math.SQRT2 * EYE_BLUR_MM));
  return half(widthMm) * half(lengthMm);
}

/** Share of a disc's centre contrast, already blurred by the tissue above it, that the eye's blur leaves. */
export function discShare(diameterMm: number, gapMm: number): number {
  const { narrowMm } = dotBlur(1, gapMm, diameterMm);
  const tissue = narrowMm * narrowMm;
  return peakOf(diameterMm, tissue + EYE_BLUR_MM * EYE_BLUR_MM) / peakOf(diameterMm, tissue);
}

/** Contrast at the middle of a disc after a Gaussian blur. */
function peakOf(diameterMm: number, variance: number): number {
  return -Math.expm1(-(diameterMm * diameterMm) / 8 / variance);
}

/** A healed dot's centre as seen from half a metre. */
export function dotSeen(skin: Lab65, dot: Lab65, diameterMm: number, gapMm: number): Lab65 {
  return mixLight(skin, dot, discShare(diameterMm, gapMm));
}
