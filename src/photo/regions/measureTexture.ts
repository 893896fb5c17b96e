import type { RasterPhoto } from '../rasterPhoto.ts';
import { enlargeTwice, halfOf } from './halfGrid.ts';
import { boxBlur, type Plane } from './planes.ts';

/** How much a photo varies at fine scales, on the grid of the reduced image; in units of 8-bit code values (≈ L* × 2.5). */
export interface Texture {
  /** Root-mean-square of detail of about 1–8 px of the fine image. */
  readonly detail: Plane;
  /** Skewness of the detail: above 0 for dark specks on a lighter ground, below for light ones; −1 … 1. */
  readonly darkness: Plane;
  /** How far the detail runs in one direction, 0 (specks, grain) … 1 (combed hair); structure tensor. */
  readonly coherence: Plane;
}

/** Longest side of the image on which texture is looked for: a head across the frame then has about 4 px/mm. */
const FINE_SIDE_PX = 800;

interface Luma {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Plane;
}

/**
 * Encoded luma, 0–255, of the photo averaged over blocks of `scale` pixels; encoded, since texture is judged as seen. From
 * scale 4 on every second row and column stands for its neighbours.
 */
function readLuma(raster: RasterPhoto, scale: number): Luma {
  const widthPx = Math.floor(raster.widthPx / scale);
  const heightPx = Math.floor(raster.heightPx / scale);
  const values = new Float32Array(widthPx * heightPx);
  const step = scale < 4 ? 1 : 2;
  const samples = Math.ceil(scale / step);
  const gain = (raster.data instanceof Uint8Array ? 1 : 255 / 65535) / (8 * samples * samples);
  // Whole numbers: 16-bit codes of 100 samples still fit 31 bits.
  const sums = new Int32Array(widthPx);
  for (let y = 0; y < heightPx; y++) {
    sums.fill(0);
    for (let j = 0; j < scale; j += step) addLuma(raster.data, 3 * (y * scale + j) * raster.widthPx, scale, step, sums);
    for (let x = 0; x < widthPx; x++) values[y * widthPx + x] = sums[x]! * gain;
  }
  return { widthPx, heightPx, values };
}

function addLuma(data: Uint8Array | Uint16Array, start: number, scale: number, step: number, sums: Int32Array): void {
  const stride = 3 * step;
  if (scale > 2 * step && scale <= 3 * step) {
    addThree(data, start, 3 * scale, stride, sums);
    return;
  }
  let from = start;
  for (let x = 0; x < sums.length; x++) {
    let sum = 0;
    const end = from + 3 * scale;
    for (let at = from; at < end; at += stride) sum += (data[at]! << 1) + 5 * data[at + 1]! + data[at + 2]!;
    sums[x]! += sum;
    from = end;
  }
}

/** The loop of `addLuma` written out for three samples a block, which the photos of most phones need. */
function addThree(
  data: Uint8Array | Uint16Array,
  start: number,
  block: number,
  stride: number,
  sums: Int32Array,
): void {
  for (let x = 0, p = start; x < sums.length; x++, p += block) {
    const q = p + stride;
    const s = q + stride;
    const red = data[p]! + data[q]! + data[s]!;
    const green = data[p + 1]! + data[q + 1]! + data[s + 1]!;
    sums[x]! += 2 * red + 5 * green + data[p + 2]! + data[q + 2]! + data[s + 2]!;
  }
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

/** Turns `wide`, a wide mean, into the band between it and the narrow mean `smooth`. */
function takeBand(smooth: Plane, wide: Plane): Plane {
  for (let i = 0; i < wide.length; i++) wide[i] = smooth[i]! - wide[i]!;
  return wide;
}

/** Adds one row of fine pixels to its row of cells, which begins at `row`, and to that of coarse cells at `coarseRow`. */
function addTexture(
  { widthPx: w, values }: Luma,
  smooth: Plane,
  band: Plane,
  y: number,
  starts: Int32Array,
  sums: CellMeans,
  row: number,
  coarseRow: number,
): void {
  for (let cell = 0; cell < starts.length - 1; cell++) {
    const start = starts[cell]!;
    const end = starts[cell + 1]!;
    let energy = 0;
    let signed = 0;
    let size = 0;
    for (let x = start, i = y * w + start; x < end; x++, i++) {
      const detail = values[i]! - smooth[i]!;
      const coarse = band[i]!;
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

/** Adds what one row of fine pixels tells of direction to its row of coarse cells: differences of the band, not of shading. */
function addDirection(band: Plane, w: number, y: number, pairs: Int32Array, sums: CellMeans, coarseRow: number): void {
  for (let cell = 0; cell < pairs.length - 1; cell++) {
    let xx = 0;
    let yy = 0;
    let xy = 0;
    const end = Math.min(w - 1, pairs[cell + 1]!);
    for (let x = Math.max(1, pairs[cell]!), i = y * w + x; x < end; x++, i++) {
      const dx = band[i + 1]! - band[i - 1]!;
      const dy = band[i + w]! - band[i - w]!;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    sums.xx[coarseRow + cell]! += xx;
    sums.yy[coarseRow + cell]! += yy;
    sums.xy[coarseRow + cell]! += xy;
  }
}

/** Divides sums over cells by the number of fine pixels in each: cells differ by a row or a column. */
function takeMeans(sums: Plane, columns: Int32Array, rows: Int32Array): void {
  const across = columns.length - 1;
  for (let row = 0, i = 0; row < rows.length - 1; row++)
    for (let column = 0; column < across; column++, i++)
      sums[i]! /= (columns[column + 1]! - columns[column]!) * (rows[row + 1]! - rows[row]!);
}

/** Texture of a photo on a grid of `widthPx` × `heightPx` cells that covers it. */
export function measureTexture(raster: RasterPhoto, widthPx: number, heightPx: number): Texture {
  const scale = Math.max(1, Math.ceil(Math.max(raster.widthPx, raster.heightPx) / FINE_SIDE_PX));
  const luma = readLuma(raster, scale);
  const smooth = boxBlur(luma.values, luma.widthPx, luma.heightPx, 1);
  const band = takeBand(smooth, boxBlur(luma.values, luma.widthPx, luma.heightPx, 4));
  const columns = cellStarts(widthPx, luma.widthPx);
  const rows = cellStarts(heightPx, luma.heightPx);
  const coarseWidth = halfOf(widthPx);
  const coarseHeight = halfOf(heightPx);
  const coarsePlane = () => new Float32Array(coarseWidth * coarseHeight);
  const means: CellMeans = {
    ...{ energy: new Float32Array(widthPx * heightPx), signed: coarsePlane(), size: coarsePlane() },
    ...{ xx: coarsePlane(), yy: coarsePlane(), xy: coarsePlane() },
  };
  for (let row = 0; row < heightPx; row++)
    for (let y = rows[row]!; y < rows[row + 1]!; y++)
      addTexture(luma, smooth, band, y, columns, means, row * widthPx, (row >> 1) * coarseWidth);
  const pairs = pairStarts(columns);
  const pairsDown = pairStarts(rows);
  // Every second row is enough for directions.
  for (let row = 0; row < coarseHeight; row++)
    for (let y = pairsDown[row]! | 1; y < Math.min(luma.heightPx - 1, pairsDown[row + 1]!); y += 2)
      addDirection(band, luma.widthPx, y, pairs, means, row * coarseWidth);
  takeMeans(means.energy, columns, rows);
  const radius = Math.max(2, Math.round(Math.max(widthPx, heightPx) / 130));
  const detail = boxBlur(means.energy, widthPx, heightPx, radius);
  for (let i = 0; i < detail.length; i++) detail[i] = Math.sqrt(detail[i]!);
  // Skewness and direction need more pixels than strength does.
  const blur = (plane: Plane): Plane => {
    takeMeans(plane, pairs, pairsDown);
    return boxBlur(plane, coarseWidth, coarseHeight, radius);
  };
  const darkness = blur(means.signed);
  const depths = blur(means.size);
  const [xx, yy, xy] = [blur(means.xx), blur(means.yy), blur(means.xy)];
  const coherence = xy;
  for (let i = 0; i < darkness.length; i++) {
    darkness[i]! /= depths[i]! + 0.25;
    const across = xx[i]! - yy[i]!;
    const twice = 2 * xy[i]!;
    coherence[i] = Math.sqrt(across * across + twice * twice) / (xx[i]! + yy[i]! + 0.25);
  }
  return {
    detail,
    darkness: enlargeTwice(darkness, widthPx, heightPx),
    coherence: enlargeTwice(coherence, widthPx, heightPx),
  };
}

/** Every second start and the end: those of pairs of cells. */
function pairStarts(starts: Int32Array): Int32Array {
  const cells = starts.length - 1;
  return Int32Array.from({ length: halfOf(cells) + 1 }, (_, pair) => starts[Math.min(cells, 2 * pair)]!);
}
