import { apply, multiply, sandwichInverse, solve } from './matrix8.ts';
import type { ScatteringPhase } from './scatteringPhase.ts';
import { SKIN_STREAMS, STREAMS } from './streams.ts';

/**
 * Adding-doubling for stacks of layers of one refractive index under air (Prahl, van Gemert & Welch, Appl. Opt. 32,
 * 559, 1993). All operators are 8×8 in the symmetric scaling S R S⁻¹, S = diag √(2νw): by reciprocity they are then
 * symmetric, a homogeneous layer is doubled by two Cholesky factorisations, and no matrix is ever inverted.
 */
const N = STREAMS;
const N2 = STREAMS * STREAMS;
/** Optical thickness of the first sublayer over the smallest cosine; halving it changes R by under 1e-5. */
const START_THICKNESS = 0.5;

/** A homogeneous layer seen from either side. */
export interface Slab {
  readonly reflection: Float64Array;
  readonly transmission: Float64Array;
}

const plus = new Float64Array(N2);
const minus = new Float64Array(N2);
const evenPart = new Float64Array(N2);
const oddPart = new Float64Array(N2);
const identity = Float64Array.from({ length: N2 }, (_, i) => (i % (N + 1) === 0 ? 1 : 0));

/**
 * One homogeneous layer.
 * @param absorption absorption coefficient, 1/mm
 * @param reducedScattering reduced scattering coefficient μs' = μs(1 − g), 1/mm
 * @param thicknessMm layer thickness, mm
 */
export function makeSlab(
  phase: ScatteringPhase,
  absorption: number,
  reducedScattering: number,
  thicknessMm: number,
): Slab {
  const scattering = (reducedScattering / (1 - phase.anisotropy)) * (1 - phase.forwardPeak);
  const extinction = Math.max(absorption + scattering, 1e-9);
  const albedo = scattering / extinction;
  const opticalDepth = extinction * thicknessMm;
  const { cosine } = SKIN_STREAMS;
  const doublings = Math.max(0, Math.ceil(Math.log2(opticalDepth / (cosine[0]! * START_THICKNESS))));
  const depth = opticalDepth / 2 ** doublings;
  // Diamond start: with light from both sides alike (even) or opposed (odd) the first sublayer decouples.
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      const at = i * N + j;
      const loss = i === j ? depth / (2 * cosine[i]!) + 1 : 0;
      const forward = ((depth * albedo) / 4) * phase.forward[at]!;
      const backward = ((depth * albedo) / 4) * phase.backward[at]!;
      plus[at] = loss - forward - backward;
      minus[at] = loss - forward + backward;
    }
  }
  sandwichInverse(plus, identity, evenPart);
  sandwichInverse(minus, identity, oddPart);
  const reflection = new Float64Array(N2);
  const transmission = new Float64Array(N2);
  for (let at = 0; at < N2; at++) {
    reflection[at] = evenPart[at]! - oddPart[at]!;
    transmission[at] = evenPart[at]! + oddPart[at]! - identity[at]!;
  }
  for (let step = 0; step < doublings; step++) doubleSlab(reflection, transmission);
  return { reflection, transmission };
}

/** Two equal layers in place: the midplane is a mirror for even light and an anti-mirror for odd light. */
function doubleSlab(reflection: Float64Array, transmission: Float64Array): void {
  for (let at = 0; at < N2; at++) {
    plus[at] = identity[at]! - reflection[at]!;
    minus[at] = identity[at]! + reflection[at]!;
  }
  sandwichInverse(plus, transmission, evenPart);
  sandwichInverse(minus, transmission, oddPart);
  for (let at = 0; at < N2; at++) {
    reflection[at]! += (evenPart[at]! - oddPart[at]!) / 2;
    transmission[at] = (evenPart[at]! + oddPart[at]!) / 2;
  }
}

const system = new Float64Array(N2);
const inner = new Float64Array(N2);
const product = new Float64Array(N2);

/** identity − a·b in a shared buffer. */
function oneMinusProduct(a: Float64Array, b: Float64Array): Float64Array {
  multiply(a, b, system);
  for (let at = 0; at < N2; at++) system[at] = identity[at]! - system[at]!;
  return system;
}

/** Reflection from above of `slab` lying on something that reflects as `below`. */
export function layOnto(slab: Slab, below: Float64Array): Float64Array {
  inner.set(slab.transmission);
  solve(oneMinusProduct(slab.reflection, below), inner, N);
  multiply(below, inner, product);
  const out = multiply(slab.transmission, product, new Float64Array(N2));
  for (let at = 0; at < N2; at++) out[at]! += slab.reflection[at]!;
  return out;
}

/** Everything above a reflecting half-space, reduced to what a perpendicular beam needs. */
export interface Cover {
  /** Light that returns without having reached the half-space. */
  readonly direct: number;
  /** Light that first reaches the half-space, by stream. */
  readonly entering: Float64Array;
  /** Share of upward light, by stream, that finally leaves through the surface. */
  readonly leaving: Float64Array;
  /** 8×8: how the cover throws upward light back down. */
  readonly back: Float64Array;
}

/**
 * Surface and cover slabs (top first) seen from the half-space below them. With it each new half-space costs one
 * 8×8 solution (`reflectUnder`) instead of the whole stack.
 */
export function makeCover(slabs: readonly Slab[]): Cover {
  const { flux, internalReflection, surfaceReflection } = SKIN_STREAMS;
  let direct = 0;
  let entering = new Float64Array(N);
  entering[N - 1] = (1 - surfaceReflection) / flux[N - 1]!;
  let leaving = flux.map((value, i) => value * (1 - internalReflection[i]!));
  let back = Float64Array.from({ length: N2 }, (_, at) => (at % (N + 1) === 0 ? internalReflection[at % N]! : 0));
  for (const { reflection, transmission } of slabs) {
    // Between what is above and this slab: down = (1 − back·R)⁻¹(entering + back·T·up from below).
    const ladder = oneMinusProduct(back, reflection);
    const down = solve(ladder, entering.slice(), 1);
    const reflected = apply(reflection, down);
    for (let i = 0; i < N; i++) direct += leaving[i]! * reflected[i]!;
    const returned = multiply(back, transmission, new Float64Array(N2));
    solve(ladder, returned, N);
    const upward = multiply(reflection, returned, new Float64Array(N2));
    for (let at = 0; at < N2; at++) upward[at]! += transmission[at]!;
    const nextLeaving = new Float64Array(N);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) nextLeaving[j]! += leaving[i]! * upward[i * N + j]!;
    }
    entering = apply(transmission, down) as Float64Array<ArrayBuffer>;
    const nextBack = multiply(transmission, returned, new Float64Array(N2));
    for (let at = 0; at < N2; at++) nextBack[at]! += reflection[at]!;
    back = nextBack as Float64Array<ArrayBuffer>;
    leaving = nextLeaving;
  }
  return { direct, entering, leaving, back };
}

/** Diffuse reflectance (gloss excluded) of a perpendicular beam on `cover` over a half-space reflecting as `below`. */
export function reflectUnder(cover: Cover, below: Float64Array): number {
  const up = solve(oneMinusProduct(below, cover.back), apply(below, cover.entering), 1);
  let total = cover.direct;
  for (let i = 0; i < N; i++) total += cover.leaving[i]! * up[i]!;
  return total;
}
