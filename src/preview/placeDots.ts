import { seededUniform } from './seededNoise.ts';

/**
 * A square of dots that repeats without a seam, ordered so that the first so many of them are spread evenly whatever
 * their number: fewer dots (an early session, a thin hairline) are a subset of more, and none ever moves.
 */
export interface DotTile {
  readonly count: number;
  /** Places as shares of the tile's side, in order. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Diameter of each dot over the nominal one; squares average 1. */
  readonly size: Float32Array;
  /** Pigment's effect of each dot over the nominal one; averages 1. */
  readonly strength: Float32Array;
}

const DOTS_PER_TILE = 4096;
/** The first k dots of a tile keep this distance, in units of side/√k; .83 is the densest random packing. */
const WANTED_GAP = 0.7;
/** No two of the first k dots are nearer than this, same unit. */
export const LEAST_GAP = 0.55;
const MOST_TRIES = 300;
/** Standard deviation of size and strength between dots of one hand. */
const SPREAD = 0.15;

const CELLS = Math.sqrt(DOTS_PER_TILE);

/** Progressive dart throwing: each dot keeps clear of all before it by what the number so far allows. */
export function makeDotTile(seed: number): DotTile {
  const uniform = seededUniform(seed);
  const x = new Float32Array(DOTS_PER_TILE);
  const y = new Float32Array(DOTS_PER_TILE);
  // The last dot of each cell, and of each dot the one before it in its cell; −1 for none.
  const lastIn = new Int32Array(CELLS * CELLS).fill(-1);
  const before = new Int32Array(DOTS_PER_TILE);
  /** Square of the distance to the nearest dot, or anything below `least` once it is known to be below. */
  const gap2At = (px: number, py: number, reach: number, least: number): number => {
    const around = Math.min(CELLS / 2 - 1, Math.ceil(reach * CELLS));
    const [column, row] = [Math.floor(px * CELLS) + CELLS, Math.floor(py * CELLS) + CELLS];
    let nearest = 2;
    for (let j = row - around; j <= row + around; j++) {
      const line = (j % CELLS) * CELLS;
      for (let i = column - around; i <= column + around; i++) {
        for (let k = lastIn[line + (i % CELLS)]!; k >= 0; k = before[k]!) {
          let dx = Math.abs(x[k]! - px);
          let dy = Math.abs(y[k]! - py);
          if (dx > 0.5) dx = 1 - dx;
          if (dy > 0.5) dy = 1 - dy;
          const gap2 = dx * dx + dy * dy;
          if (gap2 < nearest) nearest = gap2;
        }
        if (nearest < least) return nearest;
      }
    }
    return nearest;
  };
  for (let k = 0; k < DOTS_PER_TILE; k++) {
    const wanted = WANTED_GAP / Math.sqrt(k + 1);
    let best = -1;
    for (let tries = 0; tries < MOST_TRIES && best < wanted * wanted; tries++) {
      // Rounded as they are kept, so that a dot lies in the cell it is sought in.
      const px = Math.fround(0.999999 * uniform());
      const py = Math.fround(0.999999 * uniform());
      const gap2 = gap2At(px, py, wanted, best);
      if (gap2 <= best) continue;
      best = gap2;
      x[k] = px;
      y[k] = py;
    }
    const cell = Math.floor(y[k]! * CELLS) * CELLS + Math.floor(x[k]! * CELLS);
    before[k] = lastIn[cell]!;
    lastIn[cell] = k;
  }
  // Sums of three uniforms: a bell without long tails, so that no dot is absurd.
  const bell = () => SPREAD * 2 * (uniform() + uniform() + uniform() - 1.5);
  const size = Float32Array.from({ length: DOTS_PER_TILE }, () => (1 + bell()) / Math.sqrt(1 + SPREAD * SPREAD));
  const strength = Float32Array.from({ length: DOTS_PER_TILE }, () => 1 + bell());
  return { count: DOTS_PER_TILE, x, y, size, strength };
}
