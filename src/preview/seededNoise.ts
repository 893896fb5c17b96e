/** A uniform source in [0, 1) that gives the same draws on every machine (mulberry32). */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function latticeValue(column: number, row: number, seed: number): number {
  let h = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
}

const ease = (t: number): number => t * t * (3 - 2 * t);

/** Smooth noise in −1…1 with one bump a unit of x and y: what makes edges and uptake irregular. */
export function smoothNoise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const tx = ease(x - column);
  const ty = ease(y - row);
  const top = latticeValue(column, row, seed) * (1 - tx) + latticeValue(column + 1, row, seed) * tx;
  const bottom = latticeValue(column, row + 1, seed) * (1 - tx) + latticeValue(column + 1, row + 1, seed) * tx;
  return top * (1 - ty) + bottom * ty;
}
