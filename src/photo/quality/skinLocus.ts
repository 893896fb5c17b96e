/**
 * How far a colour is from those of human skin in neutral light: the smallest a*b* distance from the skin locus, a curve
 * fitted to 4,392 measured spectra (a* = −26.1 + 1.541 L* − 0.0157 L*², b* = −19.6 + 1.348 L* − 0.0127 L*²; residual
 * σ 2.9 and 2.3). Exposure is unknown, so the L* may be `L_RANGE` off.
 */
export function distanceFromSkinLocus(L: number, a: number, b: number): { distance: number; da: number; db: number } {
  let best = { distance: Number.POSITIVE_INFINITY, da: 0, db: 0 };
  const from = Math.min(72, Math.max(25, L - L_RANGE));
  const to = Math.max(from, Math.min(75, L + L_RANGE));
  for (let l = from; l <= to; l += 1) {
    const da = a - (-26.1 + 1.541 * l - 0.0157 * l * l);
    const db = b - (-19.6 + 1.348 * l - 0.0127 * l * l);
    const distance = Math.hypot(da, db);
    if (distance < best.distance) best = { distance, da, db };
  }
  return best;
}

const L_RANGE = 25;
