import type { Lab65, LabCovariance } from './lab65.ts';
import { lab65 } from './lab65.ts';

/** n colours as 3n numbers: L, a, b, L, a, b … */
export type LabList = Float32Array;

const BINS = 4096;
const bins = new Uint32Array(BINS);

/** The q-quantile (0–1) of every third number from `offset`, by a histogram refined once: error < range / 2^24. */
export function channelQuantile(list: LabList, offset: 0 | 1 | 2, q: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = offset; i < list.length; i += 3) {
    const v = list[i]!;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (low === Infinity) return Number.NaN;
  let rank = q * (list.length / 3 - 1);
  for (let pass = 0; pass < 2 && high > low; pass++) {
    bins.fill(0);
    const perUnit = BINS / (high - low);
    for (let i = offset; i < list.length; i += 3) {
      const v = list[i]!;
      if (v >= low && v <= high) bins[Math.min(BINS - 1, ((v - low) * perUnit) | 0)]!++;
    }
    let bin = 0;
    while (bin < BINS - 1 && rank >= bins[bin]!) rank -= bins[bin++]!;
    low += bin / perUnit;
    high = Math.min(high, low + 1 / perUnit);
  }
  return (low + high) / 2;
}

/** Median of L*, a* and b*, each by itself. */
export function marginalMedian(list: LabList): Lab65 {
  return lab65(channelQuantile(list, 0, 0.5), channelQuantile(list, 1, 0.5), channelQuantile(list, 2, 0.5));
}

/** Half the central 68 % range of one channel: the standard deviation where the spread is normal. */
export function robustSpread(list: LabList, offset: 0 | 1 | 2): number {
  return (channelQuantile(list, offset, 0.8413) - channelQuantile(list, offset, 0.1587)) / 2;
}

/** Mean-shift mode with a flat kernel of `radius` (Comaniciu & Meer 2002), started at `start`; Lab units. */
export function meanShiftMode(list: LabList, start: Lab65, radius: number): Lab65 {
  let [L, a, b] = start;
  for (let step = 0; step < 50; step++) {
    let n = 0;
    let sumL = 0;
    let sumA = 0;
    let sumB = 0;
    for (let i = 0; i < list.length; i += 3) {
      const dL = list[i]! - L;
      const da = list[i + 1]! - a;
      const db = list[i + 2]! - b;
      if (dL * dL + da * da + db * db > radius * radius) continue;
      n++;
      sumL += dL;
      sumA += da;
      sumB += db;
    }
    if (n === 0) break;
    L += sumL / n;
    a += sumA / n;
    b += sumB / n;
    if (Math.hypot(sumL, sumA, sumB) / n < 0.01) break;
  }
  return lab65(L, a, b);
}

/** Geometric median of the colours within `radius` of `start` (Weiszfeld 1937, 20 iterations). */
export function geometricMedian(list: LabList, start: Lab65, radius: number): Lab65 {
  let [L, a, b] = start;
  for (let step = 0; step < 20; step++) {
    let total = 0;
    let sumL = 0;
    let sumA = 0;
    let sumB = 0;
    for (let i = 0; i < list.length; i += 3) {
      const pL = list[i]!;
      const pa = list[i + 1]!;
      const pb = list[i + 2]!;
      if ((pL - start[0]) ** 2 + (pa - start[1]) ** 2 + (pb - start[2]) ** 2 > radius * radius) continue;
      const weight = 1 / Math.max(1e-3, Math.sqrt((pL - L) ** 2 + (pa - a) ** 2 + (pb - b) ** 2));
      total += weight;
      sumL += weight * pL;
      sumA += weight * pa;
      sumB += weight * pb;
    }
    if (total === 0) break;
    const moved = Math.hypot(sumL / total - L, sumA / total - a, sumB / total - b);
    L = sumL / total;
    a = sumA / total;
    b = sumB / total;
    if (moved < 0.002) break;
  }
  return lab65(L, a, b);
}

/**
 * Covariance of a centre from the means of spatial blocks: the analytic limit of the block bootstrap, so neighbouring
 * pixels that vary together do not pretend to be independent. `block` gives the block of each colour, 0 … blocks − 1.
 */
export function covarianceOfCentre(list: LabList, block: Uint16Array, blocks: number): LabCovariance {
  const sums = new Float64Array(blocks * 4);
  for (let i = 0; i < block.length; i++) {
    const at = block[i]! * 4;
    sums[at]! += 1;
    sums[at + 1]! += list[3 * i]!;
    sums[at + 2]! += list[3 * i + 1]!;
    sums[at + 3]! += list[3 * i + 2]!;
  }
  const total = block.length;
  const mean = [0, 0, 0];
  for (let k = 0; k < blocks; k++) for (let c = 0; c < 3; c++) mean[c]! += sums[k * 4 + 1 + c]! / total;
  const sigma = new Array<number>(9).fill(0);
  const off = new Float64Array(3);
  let used = 0;
  for (let k = 0; k < blocks; k++) {
    const n = sums[k * 4]!;
    if (n === 0) continue;
    used++;
    for (let c = 0; c < 3; c++) off[c] = (sums[k * 4 + 1 + c]! - n * mean[c]!) / total;
    for (let r = 0; r < 3; r++) for (let c = 0; c < 3; c++) sigma[r * 3 + c]! += off[r]! * off[c]!;
  }
  // Sum of squared block influences times m / (m - 1) is the variance of a mean over m resampled blocks.
  const correction = used > 1 ? used / (used - 1) : 1;
  return sigma.map((v) => v * correction) as unknown as LabCovariance;
}
