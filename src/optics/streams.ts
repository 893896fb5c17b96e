/** Refractive index of skin against air (1). */
export const SKIN_INDEX = 1.4;
/** Angular streams per hemisphere. */
export const STREAMS = 8;

/** Cosines and weights of the angular quadrature with what the skin's surface does to each stream. */
export interface Streams {
  /** Cosine of the polar angle inside the skin, ascending; the last is 1. */
  readonly cosine: Float64Array;
  readonly weight: Float64Array;
  /** Fresnel reflectance of the surface from inside; 1 beyond the critical angle. */
  readonly internalReflection: Float64Array;
  /** √(2νw): scaling with it makes reflection and transmission operators symmetric (reciprocity). */
  readonly flux: Float64Array;
  /** Fresnel reflectance for light that falls in perpendicularly: the gloss of a smooth surface. */
  readonly surfaceReflection: number;
}

/** Legendre polynomial P_n at x (Bonnet's recursion). */
export function legendre(n: number, x: number): number {
  let previous = 1;
  let current = x;
  if (n === 0) return previous;
  for (let k = 1; k < n; k++) {
    const next = ((2 * k + 1) * x * current - k * previous) / (k + 1);
    previous = current;
    current = next;
  }
  return current;
}

/** Newton's method with a central difference: the polynomials here are low-order and well separated. */
function findRoot(f: (x: number) => number, guess: number): number {
  let x = guess;
  for (let step = 0; step < 60; step++) {
    const slope = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6;
    const change = f(x) / slope;
    x -= change;
    if (Math.abs(change) < 1e-15) break;
  }
  return x;
}

/** Gauss–Legendre on [0, to]: nodes exclude both ends. */
function gauss(count: number, to: number): { node: number; weight: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const x = findRoot((v) => legendre(count, v), -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5)));
    const slope = (count * (x * legendre(count, x) - legendre(count - 1, x))) / (x * x - 1);
    return { node: ((x + 1) / 2) * to, weight: to / ((1 - x * x) * slope * slope) };
  });
}

/** Gauss–Radau on (from, 1] with a node at 1, where the collimated beam goes in. */
function radau(count: number, from: number): { node: number; weight: number }[] {
  const half = (1 - from) / 2;
  const polynomial = (x: number) => (legendre(count - 1, x) + legendre(count, x)) / (1 + x);
  const inner = Array.from({ length: count - 1 }, (_, i) => {
    const x = findRoot(polynomial, -Math.cos((2 * Math.PI * (i + 1)) / (2 * count - 1)));
    return { x: -x, weight: (1 - x) / (count * legendre(count - 1, x)) ** 2 };
  });
  const nodes = [{ x: 1, weight: 2 / count ** 2 }, ...inner].sort((one, other) => one.x - other.x);
  return nodes.map(({ x, weight }) => ({ node: from + (x + 1) * half, weight: weight * half }));
}

/** Unpolarised Fresnel reflectance from inside a medium of index `n` towards air, at cosine `inside`. */
function fresnelFromInside(inside: number, n: number): number {
  const sine = n * Math.sqrt(Math.max(0, 1 - inside * inside));
  if (sine >= 1) return 1;
  const outside = Math.sqrt(1 - sine * sine);
  const s = (n * inside - outside) / (n * inside + outside);
  const p = (inside - n * outside) / (inside + n * outside);
  return (s * s + p * p) / 2;
}

/**
 * Eight streams for skin under air: four Gauss nodes where the surface reflects totally, four Radau nodes up to the
 * normal, so that the jump at the critical angle falls between nodes (Prahl, van Gemert & Welch, Appl. Opt. 32, 559, 1993).
 */
function makeStreams(): Streams {
  const critical = Math.sqrt(1 - 1 / SKIN_INDEX ** 2);
  const nodes = [...gauss(STREAMS / 2, critical), ...radau(STREAMS / 2, critical)];
  const cosine = Float64Array.from(nodes, ({ node }) => node);
  const weight = Float64Array.from(nodes, (node) => node.weight);
  return {
    cosine,
    weight,
    internalReflection: cosine.map((value) => fresnelFromInside(value, SKIN_INDEX)),
    flux: cosine.map((value, i) => Math.sqrt(2 * value * weight[i]!)),
    surfaceReflection: ((SKIN_INDEX - 1) / (SKIN_INDEX + 1)) ** 2,
  };
}

export const SKIN_STREAMS: Streams = makeStreams();
