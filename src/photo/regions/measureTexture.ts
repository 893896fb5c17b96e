import type { RasterPhoto } from '../rasterPhoto.ts';
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

/** Sums over the fine pixels of each cell. */
interface CellSums {
  readonly energy: Plane;
  /** Of depth · |depth|, and of depth². */
  readonly signed: Plane;
  readonly size: Plane;
  /** Of the structure tensor. */
  readonly xx: Plane;
  readonly yy: Plane;
  readonly xy: Plane;
  readonly counts: Plane;
}

/** First fine pixel of each of `cells` cells along an axis of `length`, and the end of the last. */
function cellStarts(cells: number, length: number): Int32Array {
  return Int32Array.from({ length: cells + 1 }, (_, cell) => Math.ceil((cell * length) / cells));
}

/** Adds one row of fine pixels to its row of cells; `row` is where that begins. */
function addTexture(
  { widthPx: w, heightPx: h, values }: Luma,
  smooth: Plane,
  wide: Plane,
  y: number,
  starts: Int32Array,
  sums: CellSums,
  row: number,
): void {
  const isRim = y === 0 || y === h - 1;
  for (let cell = 0; cell < starts.length - 1; cell++) {
    const start = starts[cell]!;
    const end = starts[cell + 1]!;
    let energy = 0;
    let signed = 0;
    let size = 0;
    let xx = 0;
    let yy = 0;
    let xy = 0;
    for (let x = start, i = y * w + start; x < end; x++, i++) {
      const value = values[i]!;
      const mean = smooth[i]!;
      const detail = value - mean;
      const band = mean - wide[i]!;
      const depth = wide[i]! - value;
      energy += detail * detail + 0.36 * band * band;
      signed += depth * Math.abs(depth);
      size += depth * depth;
      if (isRim || x === 0 || x === w - 1) continue;
      // Against the wide mean, so that shading has no direction here.
      const dx = smooth[i + 1]! - wide[i + 1]! - smooth[i - 1]! + wide[i - 1]!;
      const dy = smooth[i + w]! - wide[i + w]! - smooth[i - w]! + wide[i - w]!;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    const at = row + cell;
    sums.energy[at]! += energy;
    sums.signed[at]! += signed;
    sums.size[at]! += size;
    sums.xx[at]! += xx;
    sums.yy[at]! += yy;
    sums.xy[at]! += xy;
    sums.counts[at]! += end - start;
  }
}

/** Texture of a photo on a grid of `widthPx` × `heightPx` cells that covers it. */
export function measureTexture(raster: RasterPhoto, widthPx: number, heightPx: number): Texture {
  const scale = Math.max(1, Math.ceil(Math.max(raster.widthPx, raster.heightPx) / FINE_SIDE_PX));
  const luma = readLuma(raster, scale);
  const smooth = boxBlur(luma.values, luma.widthPx, luma.heightPx, 1);
  const wide = boxBlur(luma.values, luma.widthPx, luma.heightPx, 4);
  const cells = widthPx * heightPx;
  const plane = () => new Float32Array(cells);
  const sums: CellSums = {
    ...{ energy: plane(), signed: plane(), size: plane() },
    ...{ xx: plane(), yy: plane(), xy: plane(), counts: plane() },
  };
  const starts = cellStarts(widthPx, luma.widthPx);
  for (let y = 0; y < luma.heightPx; y++)
    addTexture(luma, smooth, wide, y, starts, sums, Math.floor((y * heightPx) / luma.heightPx) * widthPx);
  const radius = Math.max(2, Math.round(Math.max(widthPx, heightPx) / 130));
  const blur = (plane: Plane, r: number) => boxBlur(plane, widthPx, heightPx, r);
  const near = blur(sums.counts, radius);
  const detail = blur(sums.energy, radius);
  for (let i = 0; i < cells; i++) detail[i] = Math.sqrt(detail[i]! / near[i]!);
  // Skewness and direction need more pixels than strength does.
  const wider = 2 * radius;
  const darkness = blur(sums.signed, wider);
  const depths = blur(sums.size, wider);
  const many = blur(sums.counts, wider);
  const [gxx, gyy, gxy] = [blur(sums.xx, wider), blur(sums.yy, wider), blur(sums.xy, wider)];
  const coherence = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    darkness[i]! /= depths[i]! + 0.25 * many[i]!;
    const [across, twice] = [gxx[i]! - gyy[i]!, 2 * gxy[i]!];
    coherence[i] = Math.sqrt(across * across + twice * twice) / (gxx[i]! + gyy[i]! + 0.5 * many[i]!);
  }
  return { detail, darkness, coherence };
}
