import { solveLinear } from '../calibration/solveLinear.ts';
import type { Point } from '../rasterPhoto.ts';

/** Row-major 3×3 projective map of the plane. */
export type Homography = readonly number[];

export interface PointPair {
  readonly from: Point;
  readonly to: Point;
  readonly weight?: number;
}

export function mapPoint(h: Homography, x: number, y: number): [x: number, y: number] {
  const w = h[6]! * x + h[7]! * y + h[8]!;
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w];
}

export function multiplyHomographies(a: Homography, b: Homography): Homography {
  const product = new Array<number>(9).fill(0);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      for (let k = 0; k < 3; k++) product[3 * row + column]! += a[3 * row + k]! * b[3 * k + column]!;
    }
  }
  return product;
}

/** Centre and scale that bring points to mean 0 and mean distance √2 (Hartley 1997), as scale, −scale·cx, −scale·cy. */
function normaliser(points: readonly Point[]): [scale: number, shiftX: number, shiftY: number] {
  const n = points.length;
  let [sumX, sumY] = [0, 0];
  for (const [x, y] of points) {
    sumX += x;
    sumY += y;
  }
  const [cx, cy] = [sumX / n, sumY / n];
  let distances = 0;
  for (const [x, y] of points) distances += Math.hypot(x - cx, y - cy);
  const scale = distances > 0 ? Math.SQRT2 / (distances / n) : 1;
  return [scale, -scale * cx, -scale * cy];
}

/**
 * Least-squares map of at least four pairs (direct linear transform in Hartley's normalised coordinates, h₃₃ = 1),
 * or null when the points are too nearly collinear to tell.
 */
export function fitHomography(pairs: readonly PointPair[]): Homography | null {
  if (pairs.length < 4) return null;
  const [s, sx, sy] = normaliser(pairs.map((pair) => pair.from));
  const [t, tx, ty] = normaliser(pairs.map((pair) => pair.to));
  const normal = new Float64Array(64);
  const right = new Float64Array(8);
  const across = new Float64Array(8);
  const down = new Float64Array(8);
  for (const { from, to, weight = 1 } of pairs) {
    const x = s * from[0] + sx;
    const y = s * from[1] + sy;
    const u = t * to[0] + tx;
    const v = t * to[1] + ty;
    across[0] = x;
    across[1] = y;
    across[2] = 1;
    across[6] = -u * x;
    across[7] = -u * y;
    addRow(normal, right, across, u, weight);
    down[3] = x;
    down[4] = y;
    down[5] = 1;
    down[6] = -v * x;
    down[7] = -v * y;
    addRow(normal, right, down, v, weight);
  }
  const solution = solveLinear(normal, right, 8);
  if (!solution) return null;
  const inverseTo = [1 / t, 0, -tx / t, 0, 1 / t, -ty / t, 0, 0, 1];
  const middle = [...solution, 1];
  return multiplyHomographies(multiplyHomographies(inverseTo, middle), [s, 0, sx, 0, s, sy, 0, 0, 1]);
}

function addRow(normal: Float64Array, right: Float64Array, row: Float64Array, value: number, weight: number): void {
  for (let i = 0; i < 8; i++) {
    right[i]! += weight * row[i]! * value;
    for (let j = 0; j < 8; j++) normal[8 * i + j]! += weight * row[i]! * row[j]!;
  }
}
