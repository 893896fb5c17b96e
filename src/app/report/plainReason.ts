import type { MatchResult } from '../matchResult.ts';

/** Values in CIELAB or CIEDE2000: "L* 62.0, a* 10.1, b* 11.2", "ΔE00 2.3". */
const COLOUR_NUMBERS = /(?:target |skin region )?L\* -?[\d.]+, a\* -?[\d.]+, b\* -?[\d.]+|ΔE00 [\d.]+/g;

/**
 * A reason without its colour values: digits finer than an uncalibrated photo can tell would promise too much. Other
 * numbers (ratios, densities) stay.
 */
export function plainReason(text: string): string {
  return text.replace(/ ?\(([^)]*)\)/g, (whole, inside: string) => {
    if (inside.search(COLOUR_NUMBERS) < 0) return whole;
    const left = inside.replace(COLOUR_NUMBERS, '').replace(/^[\s,;]+|[\s,;]+$/g, '');
    return left === '' ? '' : ` (${left})`;
  });
}

/** Whether the colours of a result were measured with a card, so that their digits mean something. */
export function colourIsMeasured({ calibration }: Pick<MatchResult, 'calibration'>): boolean {
  return calibration.method === 'card';
}
