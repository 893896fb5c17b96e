import { enlargeTwice, halfOf } from './halfGrid.ts';
import { boxBlur, type Plane, slideWindow, startWindow, windowGains } from './planes.ts';
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

/** Radii, in fine pixels, of the means on both sides of the band; detail finer than the narrow one is grain and hair. */
const NARROW = 1;
const WIDE = 4;

/**
 * Adds a row of fine pixels, which begins at `from`, to its row of cells and to that of coarse cells, which begin at `row`
 * and `coarseRow`. Writes the band: the narrow mean without the wide one, from the sums of the columns in either window.
 */
function addTexture(
  values: Plane,
  from: number,
  narrow: Float64Array,
  narrowGain: number,
  narrowGains: Float64Array,
  wide: Float64Array,
  wideGain: number,
  wideGains: Float64Array,
  band: Plane,
  starts: Int32Array,
  energies: Plane,
  row: number,
  signs: Plane,
  sizes: Plane,
  coarseRow: number,
): void {
  let narrowSum = 0;
  let wideSum = 0;
  for (let x = 0; x <= 2 * NARROW; x++) narrowSum += narrow[x]!;
  for (let x = 0; x <= 2 * WIDE; x++) wideSum += wide[x]!;
  const cells = starts.length - 1;
  for (let cell = 0; cell < cells; cell++) {
    const end = starts[cell + 1]!;
    let energy = 0;
    let signed = 0;
    let size = 0;
    for (let x = starts[cell]!; x < end; x++) {
      narrowSum += narrow[x + 2 * NARROW + 1]! - narrow[x]!;
      wideSum += wide[x + 2 * WIDE + 1]! - wide[x]!;
      const smooth = narrowSum * narrowGain * narrowGains[x]!;
      const coarse = smooth - wideSum * wideGain * wideGains[x]!;
      band[x] = coarse;
      const detail = values[from + x]! - smooth;
      const depth = -(detail + coarse);
      energy += detail * detail + 0.36 * coarse * coarse;
      signed += depth * Math.abs(depth);
      size += depth * depth;
    }
    energies[row + cell]! += energy;
    const at = coarseRow + (cell >> 1);
    signs[at]! += signed;
    sizes[at]! += size;
  }
}

/** Adds what a row tells of direction to its row of coarse cells: differences of the band, not of shading. */
function addDirection(
  above: Plane,
  band: Plane,
  below: Plane,
  pairs: Int32Array,
  sumsXx: Plane,
  sumsYy: Plane,
  sumsXy: Plane,
  coarseRow: number,
): void {
  const cells = pairs.length - 1;
  const last = band.length - 1;
  for (let cell = 0; cell < cells; cell++) {
    let xx = 0;
    let yy = 0;
    let xy = 0;
    const end = Math.min(last, pairs[cell + 1]!);
    for (let x = Math.max(1, pairs[cell]!); x < end; x++) {
      const dx = band[x + 1]! - band[x - 1]!;
      const dy = below[x]! - above[x]!;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    sumsXx[coarseRow + cell]! += xx;
    sumsYy[coarseRow + cell]! += yy;
    sumsXy[coarseRow + cell]! += xy;
  }
}

/** Sums over cells and coarse cells, row after row of the fine image, so that each is in the processor's nearest memory. */
function sumTexture({ widthPx: w, heightPx: h, values }: Luma, columns: Int32Array, rows: Int32Array): CellMeans {
  const [across, down] = [columns.length - 1, rows.length - 1];
  const coarseAcross = halfOf(across);
  const plane = (length: number) => new Float32Array(length);
  const coarsePlane = () => plane(coarseAcross * halfOf(down));
  const energy = plane(across * down);
  const [signed, size] = [coarsePlane(), coarsePlane()];
  const [xx, yy, xy] = [coarsePlane(), coarsePlane(), coarsePlane()];
  const pairs = pairStarts(columns);
  const [narrow, wide] = [startWindow(values, w, h, NARROW), startWindow(values, w, h, WIDE)];
  const [narrowGains, wideGains] = [windowGains(w, NARROW), windowGains(w, WIDE)];
  const [narrowDown, wideDown] = [windowGains(h, NARROW), windowGains(h, WIDE)];
  const bands = [plane(w), plane(w), plane(w)] as const;
  for (let row = 0, y = 0; row < down; row++) {
    const coarseRow = (row >> 1) * coarseAcross;
    // At a cell's first row the middle one is still of the cell before.
    let coarseOfMiddle = ((row > 0 ? row - 1 : 0) >> 1) * coarseAcross;
    for (; y < rows[row + 1]!; y++) {
      const band = bands[y % 3]!;
      slideWindow(values, w, y, NARROW, narrow);
      slideWindow(values, w, y, WIDE, wide);
      addTexture(
        values,
        y * w,
        narrow,
        narrowDown[y]!,
        narrowGains,
        wide,
        wideDown[y]!,
        wideGains,
        band,
        columns,
        energy,
        row * across,
        signed,
        size,
        coarseRow,
      );
      // Every second row is enough for directions.
      if (y >= 2 && y % 2 === 0)
        addDirection(bands[(y + 1) % 3]!, bands[(y + 2) % 3]!, band, pairs, xx, yy, xy, coarseOfMiddle);
      coarseOfMiddle = coarseRow;
    }
  }
  return { energy, signed, size, xx, yy, xy };
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
