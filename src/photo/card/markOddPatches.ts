import type { CardPatch } from './cardDetection.ts';
import { fitChart } from './matchChartColours.ts';

/** A patch this many times farther off than the middle patch of the card, and by this much, is not showing its colour. */
const TIMES_MEDIAN = 4;
const MIN_DISTANCE = 22;

/** Marks patches whose colour no correction can explain as covered. */
export function markOddPatches(patches: readonly CardPatch[]): CardPatch[] {
  const rgb = Float64Array.from(patches.flatMap((patch) => patch.rgb));
  const usable = patches.map((patch) => patch.fault === undefined);
  const { errors } = fitChart(rgb, usable.filter(Boolean).length >= 14 ? usable : patches.map(() => true));
  const sorted = [...errors].sort((a, b) => a - b);
  const limit = Math.max(MIN_DISTANCE, TIMES_MEDIAN * sorted[sorted.length >> 1]!);
  return patches.map((patch, i) => (!patch.fault && errors[i]! > limit ? { ...patch, fault: 'covered' } : patch));
}
