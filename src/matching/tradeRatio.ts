/**
 * Ratios a technician uses: quarters below 1, halves to 5, whole parts to 20, twos to 40, then fives. Each step changes
 * the strength 1/(1 + N) by at most an eighth; finer steps cannot be seen healed (DOMAIN.md §2).
 */
const STEPS: readonly { readonly below: number; readonly step: number }[] = [
  { below: 1, step: 0.25 },
  { below: 5, step: 0.5 },
  { below: 20, step: 1 },
  { below: 40, step: 2 },
  { below: Number.POSITIVE_INFINITY, step: 5 },
];

function stepAt(parts: number): number {
  return STEPS.find(({ below }) => parts < below)!.step;
}

/** The trade ratios on either side of `parts` (equal when it is one itself), kept within the shade's limits. */
export function tradeRatiosAround(
  parts: number,
  minParts: number,
  maxParts: number,
): { readonly stronger: number; readonly weaker: number } {
  const clamp = (value: number) => Math.min(maxParts, Math.max(minParts, value));
  const step = stepAt(parts);
  return {
    stronger: clamp(Math.floor(parts / step + 1e-9) * step),
    weaker: clamp(Math.ceil(parts / step - 1e-9) * step),
  };
}

/** The trade ratio whose strength is `factor` times lower, never below `parts` nor outside the limits. */
export function weakerBy(factor: number, parts: number, minParts: number, maxParts: number): number {
  if (factor <= 1) return parts;
  const wanted = factor * (1 + parts) - 1;
  const { stronger, weaker } = tradeRatiosAround(wanted, minParts, maxParts);
  const nearest = wanted - stronger < weaker - wanted ? stronger : weaker;
  return Math.max(parts, nearest);
}
