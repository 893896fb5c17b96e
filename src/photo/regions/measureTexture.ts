import { enlargeTwice, halfOf } from './halfGrid.ts';
import { BlurByRows, boxBlur, type Plane } from './planes.ts';
import type { Luma } from './readLuma.ts';

/** How much a photo varies at fine scales, on the grid of the reduced image; in units of 8-bit code values (≈ L* × 2.5). */
export interface Texture {
  /** Root-mean-square of detail of about 1–8 px of the fine image. */
  readonly detail: Plane;
  /** Skewness of the detail: above 0 for dark specks on a lighter ground, below for light ones; −1 … 1. */
  readonly darkness: Plane;
  /** How far the detail runs in one direction, 0 (specks, grain) … 1 (combed hair); structure tensor. */
  readonly coherence: Plane;
}

/** Means over the fine pixels of each cell of the grid and, where more pixels are needed, of each coarse one. */
interface CellMeans {
  readonly energy: Plane;
  /** Of depth · |depth|, and of depth²; coarse. */
  readonly signed: Plane;
  readonly size: Plane;
  /** Of the structure tensor; coarse. */
  readonly xx: Plane;
  readonly yy: Plane;
  readonly xy: Plane;
}

/** First fine pixel of each of `cells` cells along an axis of `length`, and the end of the last. */
function cellStarts(cells: number, length: number): Int32Array {
  return Int32Array.from({ length: cells + 1 }, (_, cell) => Math.ceil((cell * length) / cells));
}

/** One row of the fine image: itself, its narrow mean, and the band between this and its wide mean. */
interface FineRow {
  readonly own: Plane;
  readonly smooth: Plane;
  readonly band: Plane;
}

/** Adds a row of fine pixels to its row of cells, which begins at `row`, and to that of coarse cells at `coarseRow`. */
function addTexture(fine: FineRow, starts: Int32Array, sums: CellMeans, row: number, coarseRow: number): void {
  const { own, smooth, band } = fine;
  for (let cell = 0; cell < starts.length - 1; cell++) {
    const end = starts[cell + 1]!;
    let energy = 0;
    let signed = 0;
    let size = 0;
    for (let x = starts[cell]!; x < end; x++) {
      const detail = own[x]! - smooth[x]!;
      const coarse = band[x]!;
      const depth = -(detail + coarse);
      energy += detail * detail + 0.36 * coarse * coarse;
      signed += depth * Math.abs(depth);
      size += depth * depth;
    }
    sums.energy[row + cell]! += energy;
    const at = coarseRow + (cell >> 1);
    sums.signed[at]! += signed;
    sums.size[at]! += size;
  }
}

/** Adds what a row tells of direction to its row of coarse cells: differences of the band, not of shading. */
function addDirection(
  above: Plane,
  band: Plane,
  below: Plane,
  pairs: Int32Array,
  sums: CellMeans,
  coarseRow: number,
): void {
  for (let cell = 0; cell < pairs.length - 1; cell++) {
    let xx = 0;
    let yy = 0;
    let xy = 0;
    const end = Math.min(band.length - 1, pairs[cell + 1]!);
    for (let x = Math.max(1, pairs[cell]!); x < end; x++) {
      const dx = band[x + 1]! - band[x - 1]!;
      const dy = below[x]! - above[x]!;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    sums.xx[coarseRow + cell]! += xx;
    sums.yy[coarseRow + cell]! += yy;
    sums.xy[coarseRow + cell]! += xy;
  }
}

/** Sums over cells and coarse cells, row after row of the fine image, so that each is in the processor's nearest memory. */
function sumTexture({ widthPx: w, heightPx: h, values }: Luma, columns: Int32Array, rows: Int32Array): CellMeans {
  const [across, down] = [columns.length - 1, rows.length - 1];
  const plane = (length: number) => new Float32Array(length);
  const coarsePlane = () => plane(halfOf(across) * halfOf(down));
  const sums: CellMeans = {
    ...{ energy: plane(across * down), signed: coarsePlane(), size: coarsePlane() },
    ...{ xx: coarsePlane(), yy: coarsePlane(), xy: coarsePlane() },
  };
  const pairs = pairStarts(columns);
  const narrow = new BlurByRows(values, w, h, 1);
  const wide = new BlurByRows(values, w, h, 4);
  const smooth = plane(w);
  let [above, middle, band] = [plane(w), plane(w), plane(w)];
  for (let row = 0, y = 0; row < down; row++) {
    const coarseRow = (row >> 1) * halfOf(across);
    // At a cell's first row the middle one is still of the cell before.
    let coarseOfMiddle = ((row > 0 ? row - 1 : 0) >> 1) * halfOf(across);
    for (; y < rows[row + 1]!; y++) {
      [above, middle, band] = [middle, band, above];
      narrow.next(smooth, 0);
      wide.next(band, 0);
      for (let x = 0; x < w; x++) band[x] = smooth[x]! - band[x]!;
      addTexture({ own: values.subarray(y * w, (y + 1) * w), smooth, band }, columns, sums, row * across, coarseRow);
      // Every second row is enough for directions.
      if (y >= 2 && y % 2 === 0) addDirection(above, middle, band, pairs, sums, coarseOfMiddle);
      coarseOfMiddle = coarseRow;
    }
  }
  return sums;
}

/** Divides sums over cells by the number of fine pixels in each: cells differ by a row or a column. */
function takeMeans(sums: Plane, columns: Int32Array, rows: Int32Array): void {
  const across = columns.length - 1;
  for (let row = 0, i = 0; row < rows.length - 1; row++)
    for (let column = 0; column < across; column++, i++)
      sums[i]! /= (columns[column + 1]! - columns[column]!) * (rows[row + 1]! - rows[row]!);
}

/** Texture of a photo on a grid of `widthPx` × `heightPx` cells that covers it. */
export function measureTexture(luma: Luma, widthPx: number, heightPx: number): Texture {
  const columns = cellStarts(widthPx, luma.widthPx);
  const rows = cellStarts(heightPx, luma.heightPx);
  const means = sumTexture(luma, columns, rows);
  takeMeans(means.energy, columns, rows);
  const radius = Math.max(2, Math.round(Math.max(widthPx, heightPx) / 130));
  const detail = boxBlur(means.energy, widthPx, heightPx, radius);
  takeRoots(detail);
  // Skewness and direction need more pixels than strength does.
  const pairs = pairStarts(columns);
  const pairsDown = pairStarts(rows);
  const [coarseWidth, coarseHeight] = [halfOf(widthPx), halfOf(heightPx)];
  const blur = (plane: Plane): Plane => {
    takeMeans(plane, pairs, pairsDown);
    return boxBlur(plane, coarseWidth, coarseHeight, radius);
  };
  const darkness = blur(means.signed);
  const depths = blur(means.size);
  const [xx, yy, xy] = [blur(means.xx), blur(means.yy), blur(means.xy)];
  for (let i = 0; i < darkness.length; i++) darkness[i]! /= depths[i]! + 0.25;
  return {
    detail,
    darkness: enlargeTwice(darkness, widthPx, heightPx),
    coherence: enlargeTwice(coherenceOf(xx, yy, xy), widthPx, heightPx),
  };
}

function takeRoots(plane: Plane): void {
  for (let i = 0; i < plane.length; i++) plane[i] = Math.sqrt(plane[i]!);
}

/** How far a structure tensor points one way, written over `xy`. */
function coherenceOf(xx: Plane, yy: Plane, xy: Plane): Plane {
  for (let i = 0; i < xy.length; i++) {
    const across = xx[i]! - yy[i]!;
    const twice = 2 * xy[i]!;
    xy[i] = Math.sqrt(across * across + twice * twice) / (xx[i]! + yy[i]! + 0.25);
  }
  return xy;
}

/** Every second start and the end: those of pairs of cells. */
function pairStarts(starts: Int32Array): Int32Array {
  const cells = starts.length - 1;
  return Int32Array.from({ length: halfOf(cells) + 1 }, (_, pair) => starts[Math.min(cells, 2 * pair)]!);
}
