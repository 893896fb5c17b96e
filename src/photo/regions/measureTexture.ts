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
  let from = start;
  for (let x = 0; x < sums.length; x++) {
    let sum = 0;
    const end = from + 3 * scale;
    for (let at = from; at < end; at += stride) sum += (data[at]! << 1) + 5 * data[at + 1]! + data[at + 2]!;
    sums[x]! += sum;
    from = end;
  }
}

/** Texture of a photo on a grid of `widthPx` × `heightPx` cells that covers it. */
export function measureTexture(raster: RasterPhoto, widthPx: number, heightPx: number): Texture {
  const scale = Math.max(1, Math.ceil(Math.max(raster.widthPx, raster.heightPx) / FINE_SIDE_PX));
  const luma = readLuma(raster, scale);
  const { widthPx: w, heightPx: h, values } = luma;
  const smooth = boxBlur(values, w, h, 1);
  const wide = boxBlur(values, w, h, 4);
  const cells = widthPx * heightPx;
  const [energy, signed, size, xx, yy, xy, counts] = Array.from({ length: 7 }, () => new Float32Array(cells)) as [
    Plane,
    Plane,
    Plane,
    Plane,
    Plane,
    Plane,
    Plane,
  ];
  const column = Int32Array.from({ length: w }, (_, x) => Math.min(widthPx - 1, Math.floor((x * widthPx) / w)));
  for (let y = 0; y < h; y++) {
    const row = Math.min(heightPx - 1, Math.floor((y * heightPx) / h)) * widthPx;
    for (let x = 0; x < w; x++) {
      const i = y * w + x;
      const cell = row + column[x]!;
      const value = values[i]!;
      const detail = value - smooth[i]!;
      const band = smooth[i]! - wide[i]!;
      const depth = wide[i]! - value;
      energy[cell]! += detail * detail + 0.36 * band * band;
      signed[cell]! += depth * Math.abs(depth);
      size[cell]! += depth * depth;
      counts[cell]!++;
      if (x === 0 || y === 0 || x === w - 1 || y === h - 1) continue;
      // Against the wide mean, so that shading has no direction here.
      const dx = smooth[i + 1]! - wide[i + 1]! - smooth[i - 1]! + wide[i - 1]!;
      const dy = smooth[i + w]! - wide[i + w]! - smooth[i - w]! + wide[i - w]!;
      xx[cell]! += dx * dx;
      yy[cell]! += dy * dy;
      xy[cell]! += dx * dy;
    }
  }
  const radius = Math.max(2, Math.round(Math.max(widthPx, heightPx) / 130));
  const blur = (plane: Plane, r: number) => boxBlur(plane, widthPx, heightPx, r);
  const near = blur(counts, radius);
  const detail = blur(energy, radius);
  for (let i = 0; i < cells; i++) detail[i] = Math.sqrt(detail[i]! / near[i]!);
  // Skewness and direction need more pixels than strength does.
  const wider = 2 * radius;
  const darkness = blur(signed, wider);
  const depths = blur(size, wider);
  const many = blur(counts, wider);
  const [gxx, gyy, gxy] = [blur(xx, wider), blur(yy, wider), blur(xy, wider)];
  const coherence = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    darkness[i]! /= depths[i]! + 0.25 * many[i]!;
    coherence[i] = Math.hypot(gxx[i]! - gyy[i]!, 2 * gxy[i]!) / (gxx[i]! + gyy[i]! + 0.5 * many[i]!);
  }
  return { detail, darkness, coherence };
}
