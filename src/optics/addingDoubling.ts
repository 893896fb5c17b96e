import { apply, factorise, sandwichInverse, solveFactored } from './matrix8.ts';
import type { ScatteringPhase } from './scatteringPhase.ts';
import { SKIN_STREAMS, STREAMS } from './streams.ts';

/**
 * Adding-doubling for stacks of layers of one refractive index under air (Prahl, van Gemert & Welch, Appl. Opt. 32,
 * 559, 1993), written in admittances instead of reflections. With e = down + up and o = down − up at a boundary, by
 * stream and in the symmetric scaling S = diag √(2νw), whatever lies below answers o = G·e. G = (1 − R)(1 + R)⁻¹ says
 * the same as the reflection R, but is symmetric and positive definite all along, so that each doubling, each added
 * layer and each surface takes one factorisation and no matrix product.
 */
const N = STREAMS;
const N2 = STREAMS * STREAMS;
/**
 * Optical thickness of the first sublayer over the smallest cosine. Doubling is Newton's iteration for the sign of a matrix:
 * what the first sublayer has wrong of the steepest decays, those of grazing light, it puts right by itself. So a layer
 * that is doubled often enough may begin with a sublayer far too thick for them: more doublings change R, and ratios of
 * R, by under 2e-5.
 */
const START_THICKNESS = 8;
const OFTEN_ENOUGH = 3;
const THICKEST_START = 128;

/** 8×8: o = G·e at the top of a half-space. */
export type Admittance = Float64Array;

/** A homogeneous layer, which is the same from either side: o = near·e − far·e′, e′ being e on its other side. */
export interface Slab {
  /** With K the decay and Z the admittance of the endless layer: Z·coth(K·d). */
  readonly near: Admittance;
  /** Z/sinh(K·d): what comes through. */
  readonly far: Admittance;
}

const identity = Float64Array.from({ length: N2 }, (_, i) => (i % (N + 1) === 0 ? 1 : 0));

/** What swallows all light: no light comes up, so o = e. */
export const BLACK: Admittance = identity;

const along = new Float64Array(N2);
const across = new Float64Array(N2);
const sum = new Float64Array(N2);
const correction = new Float64Array(N2);

/** A slab whose numbers are still to come, for `makeSlab`. */
export function blankSlab(): Slab {
  return { near: new Float64Array(N2), far: new Float64Array(N2) };
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
  const steepest = opticalDepth / SKIN_STREAMS.cosine[0]!;
  const toStart = Math.min(OFTEN_ENOUGH, Math.ceil(Math.log2(steepest / START_THICKNESS)));
  const doublings = Math.max(0, toStart, Math.ceil(Math.log2(steepest / THICKEST_START)));
  startSlab(phase, opticalDepth / 2 ** doublings, albedo, into.near, into.far);
  for (let step = 0; step < doublings; step++) doubleSlab(into.near, into.far);
  return into;
}

/**
 * First sublayer by coth x ≈ 1/x + x/3 and tanh x ≈ 1/(1/x + x/3), x being half its decay K·d/2: with the same light on
 * both sides (a mirror in its midplane) it answers Z·tanh x, with opposed light Z·coth x.
 */
function startSlab(
  { forward, backward }: ScatteringPhase,
  depth: number,
  albedo: number,
  near: Float64Array,
  far: Float64Array,
): void {
  const { cosine } = SKIN_STREAMS;
  // Transport along the depth is do/dz = −A·e, de/dz = −B·o; `along` is A·d/2 and `across` is B·d/2.
  const scattered = (depth * albedo) / 4;
  for (let at = 0; at < N2; at++) {
    along[at] = -scattered * (forward[at]! + backward[at]!);
    across[at] = scattered * (backward[at]! - forward[at]!);
  }
  for (let i = 0; i < N; i++) {
    const loss = depth / (2 * cosine[i]!);
    along[i * (N + 1)]! += loss;
    across[i * (N + 1)]! += loss;
  }
  sandwichInverse(across, identity, far);
  for (let at = 0; at < N2; at++) sum[at] = along[at]! + 3 * far[at]!;
  sandwichInverse(sum, along, correction);
  for (let at = 0; at < N2; at++) {
    const opposed = far[at]! + along[at]! / 3;
    const same = along[at]! - correction[at]!;
    near[at] = (opposed + same) / 2;
    far[at] = (opposed - same) / 2;
  }
}

/** Two equal layers in place: between them e is (2·near)⁻¹·far of the light on both sides. */
function doubleSlab(near: Float64Array, far: Float64Array): void {
  sandwichInverse(near, far, far);
  for (let at = 0; at < N2; at++) {
    const through = far[at]! / 2;
    far[at] = through;
    near[at]! -= through;
  }
}

/** Admittance from above of `slab` lying on something, written into `out`. */
export function layOnto({ near, far }: Slab, below: Admittance, out: Admittance = new Float64Array(N2)): Admittance {
  for (let at = 0; at < N2; at++) sum[at] = near[at]! + below[at]!;
  sandwichInverse(sum, far, correction);
  for (let at = 0; at < N2; at++) out[at] = near[at]! - correction[at]!;
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
  direct: number;
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

/** A cover whose numbers are still to come, for `makeCover`. */
export function blankCover(): Cover {
  return { above: new Float64Array(N2), source: new Float64Array(N), seen: new Float64Array(N), direct: 0 };
}

const driven = new Float64Array(N);
const weighed = new Float64Array(N);

/**
 * Surface and cover slabs (top first) seen from below. With it each new half-space costs one solution (`reflectUnder`).
 * @param into a cover that is no longer needed: takes the result and is returned
 */
export function makeCover(slabs: readonly Slab[], into: Cover = blankCover()): Cover {
  into.above.set(SURFACE.above);
  into.source.set(SURFACE.source);
  into.seen.set(SURFACE.seen);
  into.direct = SURFACE.direct;
  for (const slab of slabs) coverWith(slab, into);
  return into;
}

/** Puts one more slab under a cover. */
function coverWith({ near, far }: Slab, cover: Cover): void {
  for (let at = 0; at < N2; at++) sum[at] = cover.above[at]! + near[at]!;
  factorise(sum);
  solveFactored(cover.source, driven);
  solveFactored(cover.seen, weighed);
  cover.direct += dot(cover.seen, driven);
  apply(far, driven, cover.source);
  apply(far, weighed, cover.seen);
  sandwichInverse(sum, far, correction);
  for (let at = 0; at < N2; at++) cover.above[at] = near[at]! - correction[at]!;
}

/** Diffuse reflectance (gloss excluded) of a perpendicular beam on `cover` over a half-space. */
export function reflectUnder({ above, source, seen, direct }: Cover, below: Admittance): number {
  for (let at = 0; at < N2; at++) sum[at] = above[at]! + below[at]!;
  factorise(sum);
  return direct + dot(seen, solveFactored(source, driven));
}
