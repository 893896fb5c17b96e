import { apply, sandwichInverse, solve } from './matrix8.ts';
import type { ScatteringPhase } from './scatteringPhase.ts';
import { SKIN_STREAMS, STREAMS } from './streams.ts';

/**
 * Adding-doubling for stacks of layers of one refractive index under air (Prahl, van Gemert & Welch, Appl. Opt. 32,
 * 559, 1993), written in admittances instead of reflections. With e = down + up and o = down − up at a boundary, by
 * stream and in the symmetric scaling S = diag √(2νw), whatever lies below answers o = G·e. G = (1 − R)(1 + R)⁻¹ says
 * the same as the reflection R, but is symmetric and positive definite all along, so that each doubling, each added
 * layer and each surface takes one Cholesky factorisation and no matrix product.
 */
const N = STREAMS;
const N2 = STREAMS * STREAMS;
/** Optical thickness of the first sublayer over the smallest cosine; halving it changes R, and ratios of R, by under 2e-5. */
const START_THICKNESS = 8;

/** 8×8: o = G·e at the top of a half-space. */
export type Admittance = Float64Array;

/** A homogeneous layer, which is the same from either side. */
export interface Slab {
  /** Admittance with the same light on both sides: the midplane is a mirror. With K the decay, Z·tanh(K·d/2). */
  readonly even: Admittance;
  /** With opposed light on the two sides: the midplane is an anti-mirror. Z·coth(K·d/2). */
  readonly odd: Admittance;
}

const identity = Float64Array.from({ length: N2 }, (_, i) => (i % (N + 1) === 0 ? 1 : 0));

/** What swallows all light: no light comes up, so o = e. */
export const BLACK: Admittance = identity;

const resistance = new Float64Array(N2);
const sum = new Float64Array(N2);
const correction = new Float64Array(N2);

/** A slab whose numbers are still to come, for `makeSlab`. */
export function blankSlab(): Slab {
  return { even: new Float64Array(N2), odd: new Float64Array(N2) };
}

/**
 * One homogeneous layer.
 * @param absorption absorption coefficient, 1/mm
 * @param reducedScattering reduced scattering coefficient μs' = μs(1 − g), 1/mm
 * @param thicknessMm layer thickness, mm
 * @param into a slab that is no longer needed: takes the result and is returned
 */
export function makeSlab(
  phase: ScatteringPhase,
  absorption: number,
  reducedScattering: number,
  thicknessMm: number,
  into: Slab = blankSlab(),
): Slab {
  const scattering = (reducedScattering / (1 - phase.anisotropy)) * (1 - phase.forwardPeak);
  const extinction = Math.max(absorption + scattering, 1e-9);
  const albedo = scattering / extinction;
  const opticalDepth = extinction * thicknessMm;
  const { cosine } = SKIN_STREAMS;
  const doublings = Math.max(0, Math.ceil(Math.log2(opticalDepth / (cosine[0]! * START_THICKNESS))));
  const depth = opticalDepth / 2 ** doublings;
  const { even, odd } = into;
  const { forward, backward } = phase;
  const [across, total, small] = [resistance, sum, correction];
  // Transport along the depth is do/dz = −A·e, de/dz = −B·o. Here `even` starts as A·d/2 and `resistance` as B·d/2.
  const scattered = (depth * albedo) / 4;
  for (let at = 0; at < N2; at++) {
    even[at] = -scattered * (forward[at]! + backward[at]!);
    across[at] = scattered * (backward[at]! - forward[at]!);
  }
  for (let i = 0; i < N; i++) {
    const loss = depth / (2 * cosine[i]!);
    even[i * (N + 1)]! += loss;
    across[i * (N + 1)]! += loss;
  }
  // First sublayer by coth x ≈ 1/x + x/3 and tanh x ≈ 1/(1/x + x/3), x² being A·B·(d/2)².
  sandwichInverse(across, identity, odd);
  for (let at = 0; at < N2; at++) total[at] = even[at]! + 3 * odd[at]!;
  sandwichInverse(total, even, small);
  for (let at = 0; at < N2; at++) {
    odd[at]! += even[at]! / 3;
    even[at]! -= small[at]!;
  }
  for (let step = 0; step < doublings; step++) doubleSlab(even, odd);
  return into;
}

/**
 * Two equal layers in place. coth 2x is the arithmetic mean of tanh x and coth x and tanh 2x their harmonic mean, for
 * matrices too: 2(E⁻¹ + O⁻¹)⁻¹ = 2(E − E(E + O)⁻¹E).
 */
function doubleSlab(even: Float64Array, odd: Float64Array): void {
  const [both, less] = [sum, correction];
  for (let at = 0; at < N2; at++) both[at] = even[at]! + odd[at]!;
  sandwichInverse(both, even, less);
  for (let at = 0; at < N2; at++) {
    odd[at] = both[at]! / 2;
    even[at] = 2 * (even[at]! - less[at]!);
  }
}

const across = new Float64Array(N2);

/** Admittance from above of `slab` lying on something, written into `out`. */
export function layOnto({ even, odd }: Slab, below: Admittance, out: Admittance = new Float64Array(N2)): Admittance {
  for (let at = 0; at < N2; at++) {
    out[at] = (odd[at]! + even[at]!) / 2;
    across[at] = (odd[at]! - even[at]!) / 2;
    sum[at] = out[at]! + below[at]!;
  }
  sandwichInverse(sum, across, correction);
  for (let at = 0; at < N2; at++) out[at]! -= correction[at]!;
  return out;
}

/** Everything above a half-space, reduced to what a perpendicular beam needs: (`above` + G)·e = `source` below it. */
export interface Cover {
  /** 8×8: admittance of what lies above, seen from below. */
  readonly above: Admittance;
  /** What the beam drives, by stream. */
  readonly source: Float64Array;
  /** How e at the half-space adds to the light that leaves through the surface, by stream. */
  readonly seen: Float64Array;
  /** The rest of that light, which does not depend on e. */
  readonly direct: number;
}

function makeSurface(): Cover {
  const { flux, internalReflection, surfaceReflection } = SKIN_STREAMS;
  const ratio = internalReflection.map((value) => (1 - value) / (1 + value));
  const source = new Float64Array(N);
  source[N - 1] = (2 * (1 - surfaceReflection)) / flux[N - 1]! / (1 + internalReflection[N - 1]!);
  return {
    above: identity.map((value, at) => value * ratio[at % N]!),
    source,
    seen: flux.map((value, i) => value * ratio[i]!),
    direct: -(flux[N - 1]! * (1 - internalReflection[N - 1]!) * source[N - 1]!) / 2,
  };
}

const SURFACE = makeSurface();

const dot = (one: Float64Array, other: Float64Array): number => {
  let total = 0;
  for (let i = 0; i < N; i++) total += one[i]! * other[i]!;
  return total;
};

/** Surface and cover slabs (top first) seen from below. With it each new half-space costs one solution (`reflectUnder`). */
export function makeCover(slabs: readonly Slab[]): Cover {
  let cover = SURFACE;
  for (const { even, odd } of slabs) {
    const above = new Float64Array(N2);
    for (let at = 0; at < N2; at++) {
      above[at] = (odd[at]! + even[at]!) / 2;
      across[at] = (odd[at]! - even[at]!) / 2;
      sum[at] = cover.above[at]! + above[at]!;
    }
    const driven = solve(sum, cover.source);
    const seen = apply(across, solve(sum, cover.seen));
    const direct = cover.direct + dot(cover.seen, driven);
    sandwichInverse(sum, across, correction);
    for (let at = 0; at < N2; at++) above[at]! -= correction[at]!;
    cover = { above, source: apply(across, driven), seen, direct };
  }
  return cover;
}

/** Diffuse reflectance (gloss excluded) of a perpendicular beam on `cover` over a half-space. */
export function reflectUnder({ above, source, seen, direct }: Cover, below: Admittance): number {
  for (let at = 0; at < N2; at++) sum[at] = above[at]! + below[at]!;
  return direct + dot(seen, solve(sum, source));
}
