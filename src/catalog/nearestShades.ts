import type { Lab65 } from '../colour/lab65.ts';
import { type LadderColours, ladderDistance } from './ladderColour.ts';

export interface NearestShade {
  /** Place of the most similar other shade. */
  readonly at: number;
  /** As `ladderDistance`. */
  readonly distance: number;
}

/** Fewer shades are compared pair by pair. */
const FEW = 100;
/** Sides of cells that are tried, as the least CIEDE2000 across one; the first that is not crowded is taken. */
const CELLS = [2, 1, 0.5, 0.25, 0.12, 0.06, 0.03, 0.02, 0.014] as const;
const CROWDED = 2;
/** Cells looked at around one grow with the cube of this. */
const MOST_RINGS = 12;
/** Even far out colours make cells no longer than this in a* and b*. */
const LEAST_CHROMATIC = 0.02;
/** SL of CIEDE2000 grows towards black and white up to this. */
const MOST_SL = 1.76;

/**
 * For lightness and for a*, b*: the least CIEDE2000 that a CIELAB difference of 1 can be among colours up to a chroma.
 * SL, SC and SH divide by at most these, and the rotation term takes away at most `turn` of the chromatic part.
 */
function leastPerUnit(mostChroma: number): readonly [lightness: number, chromatic: number] {
  // a' is a* times at most 1.5, so the chroma in the formula is larger by as much.
  const chroma = 1.5 * mostChroma;
  const turn = Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
  return [1 / MOST_SL, Math.sqrt(Math.max(0, 1 - turn)) / (1 + 0.045 * chroma)];
}

/** Logarithm of the room the colours take at one dilution: the product of their deviations. Nothing where one is missing. */
function roomAt(colours: readonly LadderColours[], step: number): number {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (const ladder of colours) {
    const colour = ladder[step];
    if (colour === undefined) return Number.NEGATIVE_INFINITY;
    for (let axis = 0; axis < 3; axis++) {
      sums[axis]! += colour[axis]!;
      squares[axis]! += colour[axis]! ** 2;
    }
  }
  const { length } = colours;
  const variances = sums.map((sum, axis) => Math.max(1e-6, squares[axis]! / length - (sum / length) ** 2));
  return Math.log(variances.reduce((product, variance) => product * variance, 1));
}

/** The dilution, among those all shades have, at which they lie furthest apart: it tells neighbours apart best. */
function tellingStep(colours: readonly LadderColours[]): number {
  const rooms = colours[0]!.map((_, step) => roomAt(colours, step));
  return rooms.indexOf(Math.max(...rooms));
}

const keyOf = (L: number, a: number, b: number): number => ((L + 8192) * 32768 + (a + 16384)) * 32768 + (b + 16384);

/** Places of shades by the cell they lie in. */
interface Cells {
  readonly of: readonly (readonly number[])[];
  readonly held: ReadonlyMap<number, readonly number[]>;
}

function fillCells(labs: readonly Lab65[], sides: readonly number[]): Cells {
  const of = labs.map((lab) => lab.map((value, axis) => Math.floor(value / sides[axis]!)));
  const held = new Map<number, number[]>();
  for (const [at, [L, a, b]] of of.entries()) {
    const key = keyOf(L!, a!, b!);
    const list = held.get(key);
    if (list) list.push(at);
    else held.set(key, [at]);
  }
  return { of, held };
}

/** The nearer of two; of equals the first in the catalog. */
function nearer(best: NearestShade | undefined, at: number, distance: number): NearestShade {
  if (best === undefined || distance < best.distance || (distance === best.distance && at < best.at)) {
    return { at, distance };
  }
  return best;
}

function nearestByPairs(colours: readonly LadderColours[]): (NearestShade | undefined)[] {
  return colours.map((own, at) => {
    let best: NearestShade | undefined;
    for (const [other, ladder] of colours.entries()) {
      if (other !== at) best = nearer(best, other, ladderDistance(own, ladder));
    }
    return best;
  });
}

/**
 * The nearest neighbour of every shade, exactly as comparing all pairs finds it. Shades lie in cells of CIELAB at one
 * dilution, and cells are looked at outwards until none further out can hold a nearer one.
 * @returns undefined for a shade that is alone
 */
export function nearestShades(colours: readonly LadderColours[]): (NearestShade | undefined)[] {
  if (colours.length <= FEW) return nearestByPairs(colours);
  const step = tellingStep(colours);
  const labs = colours.map((ladder) => ladder[step]!);
  const mostChroma = labs.reduce((most, [, a, b]) => Math.max(most, Math.hypot(a, b)), 0);
  const [lightness, exact] = leastPerUnit(mostChroma);
  const chromatic = Math.max(exact, LEAST_CHROMATIC);
  const perUnit = [lightness, chromatic, chromatic];
  let [side, cells] = [0, { of: [], held: new Map() } as Cells];
  for (side of CELLS) {
    cells = fillCells(
      labs,
      perUnit.map((least) => side / least),
    );
    if (cells.held.size * CROWDED >= colours.length) break;
  }
  // Where a side was held at its limit, a whole cell promises less.
  const perRing = side * Math.min(1, exact / chromatic);
  return colours.map((own, at) => nearestIn(cells, perRing, own, at, colours));
}

function nearestIn(
  { of, held }: Cells,
  perRing: number,
  own: LadderColours,
  at: number,
  colours: readonly LadderColours[],
): NearestShade | undefined {
  let best: NearestShade | undefined;
  let seen = 1;
  const compare = (other: number): void => {
    if (other === at || best?.distance === 0) return;
    best = nearer(best, other, ladderDistance(own, colours[other]!, best?.distance));
  };
  for (let ring = 0; seen < colours.length; ring++) {
    // Whatever is further out is at least so far away.
    if (best !== undefined && best.distance <= (ring - 1) * perRing) break;
    // Rings without end around a shade far from all others: then rather compare it with each.
    if (ring > MOST_RINGS) {
      for (let other = 0; other < colours.length; other++) compare(other);
      break;
    }
    for (const list of ringOf(of[at]!, ring, held)) {
      seen += list.length;
      list.forEach(compare);
    }
  }
  return best;
}

/** What lies in each cell that is `ring` away from one in some direction and no further in any. */
function ringOf(cell: readonly number[], ring: number, held: Cells['held']): (readonly number[])[] {
  const [L, a, b] = cell as [number, number, number];
  const found: (readonly number[])[] = [];
  for (let i = -ring; i <= ring; i++) {
    for (let j = -ring; j <= ring; j++) {
      const isFace = Math.abs(i) === ring || Math.abs(j) === ring;
      for (let k = -ring; k <= ring; k += isFace ? 1 : Math.max(1, 2 * ring)) {
        const list = held.get(keyOf(L + i, a + j, b + k));
        if (list !== undefined) found.push(list);
      }
    }
  }
  return found;
}
