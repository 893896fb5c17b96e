import { bytesAt, floatsAt, giveBack, kernels, markRoom, placeIntegers, takeRoom } from '../kernels.ts';
import { enlargeTwice, halfOf } from './halfGrid.ts';
import type { Luma } from './placeLuma.ts';
import { boxBlur, type Plane, windowGains } from './planes.ts';

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
/** Rows of numbers that the kernel keeps. */
const ROWS = 11;

/** Sums over cells and coarse cells; see the kernel. */
function sumTexture({ widthPx: w, heightPx: h, values }: Luma, columns: Int32Array, rows: Int32Array): CellMeans {
  const [across, down] = [columns.length - 1, rows.length - 1];
  const [fine, coarse] = [across * down, halfOf(across) * halfOf(down)];
  const mark = markRoom();
  const gainBytes = 4 * Math.max(w, h);
  const gains = takeRoom(4 * gainBytes);
  const rowBytes = 16 * Math.ceil(w / 4) + 64;
  const room = takeRoom(ROWS * rowBytes + 64);
  const sums = takeRoom(4 * (fine + 5 * coarse));
  const [ofColumns, ofRows] = [placeIntegers(columns), placeIntegers(rows)];
  const windows = [
    { length: w, radius: NARROW },
    { length: w, radius: WIDE },
    { length: h, radius: NARROW },
    { length: h, radius: WIDE },
  ];
  for (const [k, { length, radius }] of windows.entries())
    floatsAt(gains + k * gainBytes, length).set(windowGains(length, radius));
  bytesAt(room, ROWS * rowBytes + 64).fill(0);
  floatsAt(sums, fine + 5 * coarse).fill(0);
  const place = (k: number) => sums + 4 * (fine + k * coarse);
  kernels.sumTexture(
    ...([values, w, h, ofColumns, across, ofRows, down, gains, gainBytes, room + 64, rowBytes] as const),
    ...([sums, place(0), place(1), place(2), place(3), place(4)] as const),
  );
  giveBack(mark);
  const energy = floatsAt(sums, fine).slice();
  const [signed, size, xx, yy, xy] = [0, 1, 2, 3, 4].map((k) => floatsAt(place(k), coarse).slice());
  return { energy, signed: signed!, size: size!, xx: xx!, yy: yy!, xy: xy! };
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
  const detail = boxBlur(means.energy, widthPx, heightPx, radius, means.energy);
  takeRoots(detail);
  // Skewness and direction need more pixels than strength does.
  const pairs = pairStarts(columns);
  const pairsDown = pairStarts(rows);
  const [coarseWidth, coarseHeight] = [halfOf(widthPx), halfOf(heightPx)];
  const blur = (plane: Plane): Plane => {
    takeMeans(plane, pairs, pairsDown);
    return boxBlur(plane, coarseWidth, coarseHeight, radius, plane);
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
