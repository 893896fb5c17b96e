import type { FlatSquare } from './findFlatSquares.ts';

export interface LatticeNode {
  readonly column: number;
  readonly row: number;
  readonly square: FlatSquare;
}

/** Squares that sit on one grid in perspective; columns run right of rows running down (right-handed in the photo). */
export interface Lattice {
  readonly nodes: readonly LatticeNode[];
}

/** Distance of neighbours in units of a patch's own spread: side/spread is √12, and a patch fills 0.65–0.95 of a cell. */
const NEAREST = 3.3;
const FARTHEST = 5.9;
const MIN_NODES = 5;

/**
 * Grows a lattice from every square that has neighbours on two sides; squares of one lattice are not used again. The
 * closest neighbours come first: the diagonals of a grid make a square grid too, of every second patch.
 */
export function growLattices(squares: readonly FlatSquare[]): Lattice[] {
  const index = new SquareIndex(squares);
  const starts: { seed: FlatSquare; corners: ReturnType<typeof findCorners> }[] = [];
  for (const seed of squares) {
    const corners = findCorners(seed, findNeighbours(seed, index));
    if (corners.length > 0) starts.push({ seed, corners });
  }
  starts.sort((a, b) => a.corners[0]!.cost - b.corners[0]!.cost);
  const used = new Set<FlatSquare>();
  const lattices: Lattice[] = [];
  for (const { seed, corners } of starts) {
    if (used.has(seed)) continue;
    for (const { right, down } of corners) {
      const nodes = grow(seed, right, down, index);
      if (nodes.length < MIN_NODES) continue;
      for (const node of nodes) used.add(node.square);
      lattices.push({ nodes });
      break;
    }
  }
  return lattices;
}

/** Squares by cell of a coarse grid. */
class SquareIndex {
  readonly #cells = new Map<number, FlatSquare[]>();
  readonly #cellPx = 24;

  constructor(squares: readonly FlatSquare[]) {
    for (const square of squares) {
      const key = this.#key(Math.floor(square.x / this.#cellPx), Math.floor(square.y / this.#cellPx));
      const cell = this.#cells.get(key);
      if (cell) cell.push(square);
      else this.#cells.set(key, [square]);
    }
  }

  #key(column: number, row: number): number {
    return column * 65_536 + row;
  }

  within(x: number, y: number, radiusPx: number): FlatSquare[] {
    const found: FlatSquare[] = [];
    const lastColumn = Math.floor((x + radiusPx) / this.#cellPx);
    const lastRow = Math.floor((y + radiusPx) / this.#cellPx);
    for (let column = Math.floor((x - radiusPx) / this.#cellPx); column <= lastColumn; column++) {
      for (let row = Math.floor((y - radiusPx) / this.#cellPx); row <= lastRow; row++) {
        for (const square of this.#cells.get(this.#key(column, row)) ?? []) {
          if (Math.hypot(square.x - x, square.y - y) <= radiusPx) found.push(square);
        }
      }
    }
    return found;
  }
}

/** Square of the distance from `from` to a point offset by dx, dy, in units of the square's own spread. */
function spreadDistance2(from: FlatSquare, dx: number, dy: number): number {
  const determinant = from.xx * from.yy - from.xy * from.xy;
  return (from.yy * dx * dx - 2 * from.xy * dx * dy + from.xx * dy * dy) / determinant;
}

function alike(one: FlatSquare, other: FlatSquare): boolean {
  const ratio = one.sidePx / other.sidePx;
  return ratio > 0.65 && ratio < 1.54;
}

function findNeighbours(seed: FlatSquare, index: SquareIndex): FlatSquare[] {
  const reach = FARTHEST * Math.sqrt(Math.max(seed.xx, seed.yy)) * 1.2;
  return index.within(seed.x, seed.y, reach).filter((other) => {
    if (other === seed || !alike(seed, other)) return false;
    const there = spreadDistance2(seed, other.x - seed.x, other.y - seed.y);
    const back = spreadDistance2(other, other.x - seed.x, other.y - seed.y);
    return inReach(there) && inReach(back);
  });
}

function inReach(distance2: number): boolean {
  return distance2 > NEAREST * NEAREST && distance2 < FARTHEST * FARTHEST;
}

interface Corner {
  readonly right: FlatSquare;
  readonly down: FlatSquare;
  /** Small for near neighbours at right angles and equal distances, in the seed's own metric. */
  readonly cost: number;
}

/** Pairs of neighbours at about a right angle, right-handed, cheapest first. */
function findCorners(seed: FlatSquare, neighbours: readonly FlatSquare[]): Corner[] {
  const corners: Corner[] = [];
  const determinant = seed.xx * seed.yy - seed.xy * seed.xy;
  for (const right of neighbours) {
    for (const down of neighbours) {
      const ax = right.x - seed.x;
      const ay = right.y - seed.y;
      const bx = down.x - seed.x;
      const by = down.y - seed.y;
      if (ax * by - ay * bx <= 0) continue;
      const dot = (seed.yy * ax * bx - seed.xy * (ax * by + ay * bx) + seed.xx * ay * by) / determinant;
      const lengthA = Math.sqrt(spreadDistance2(seed, ax, ay));
      const lengthB = Math.sqrt(spreadDistance2(seed, bx, by));
      const skew = Math.abs(dot / (lengthA * lengthB)) + Math.abs(Math.log(lengthA / lengthB));
      if (skew < 0.5) corners.push({ right, down, cost: skew + Math.log(lengthA * lengthB) });
    }
  }
  return corners.sort((p, q) => p.cost - q.cost);
}

interface GrowingNode extends LatticeNode {
  /** One step along the columns and along the rows, as seen here. */
  readonly across: readonly [number, number];
  readonly down: readonly [number, number];
}

function grow(seed: FlatSquare, right: FlatSquare, below: FlatSquare, index: SquareIndex): LatticeNode[] {
  const first: GrowingNode = {
    column: 0,
    row: 0,
    square: seed,
    across: [right.x - seed.x, right.y - seed.y],
    down: [below.x - seed.x, below.y - seed.y],
  };
  const placed = new Map<string, GrowingNode>([['0,0', first]]);
  const taken = new Set<FlatSquare>([seed]);
  const queue = [first];
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const [dc, dr] of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const) {
      const column = next.column + dc;
      const row = next.row + dr;
      if (placed.has(`${column},${row}`)) continue;
      const step = dc !== 0 ? next.across : next.down;
      const sign = dc + dr;
      const x = next.square.x + sign * step[0];
      const y = next.square.y + sign * step[1];
      const stepPx = Math.hypot(step[0], step[1]);
      const square = nearest(index.within(x, y, 0.25 * stepPx), x, y, next.square, taken);
      if (!square) continue;
      const seen: [number, number] = [sign * (square.x - next.square.x), sign * (square.y - next.square.y)];
      const node: GrowingNode = {
        column,
        row,
        square,
        across: dc !== 0 ? seen : next.across,
        down: dr !== 0 ? seen : next.down,
      };
      placed.set(`${column},${row}`, node);
      taken.add(square);
      queue.push(node);
    }
  }
  return [...placed.values()];
}

function nearest(
  squares: readonly FlatSquare[],
  x: number,
  y: number,
  like: FlatSquare,
  taken: ReadonlySet<FlatSquare>,
): FlatSquare | null {
  let best: FlatSquare | null = null;
  let bestPx = Number.POSITIVE_INFINITY;
  for (const square of squares) {
    const distancePx = Math.hypot(square.x - x, square.y - y);
    if (distancePx < bestPx && !taken.has(square) && alike(square, like)) {
      best = square;
      bestPx = distancePx;
    }
  }
  return best;
}
