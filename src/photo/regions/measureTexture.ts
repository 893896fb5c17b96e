import type { RasterPhoto } from '../rasterPhoto.ts';
import { boxBlur, type Plane } from './planes.ts';

/** How much a photo varies at fine scales, on the grid of the reduced image; in units of 8-bit code values (≈ L* × 2.5). */
export interface Texture {
  /** Root-mean-square of detail of about 1–3 px of the fine image. */
  readonly fine: Plane;
  /** The same for detail of about 3–8 px. */
  readonly coarse: Plane;
  /** Mean depth of details darker than their surroundings minus that of lighter ones, as a share of both, −1 … 1. */
  readonly darkness: Plane;
}

/** Longest side of the image on which texture is looked for: a head across the frame then has about 8 px/mm. */
const FINE_SIDE_PX = 1600;

interface Luma {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Plane;
}

/** Encoded luma, 0–255, of the photo averaged over blocks of `scale` pixels; encoded, since texture is judged as seen. */
function readLuma(raster: RasterPhoto, scale: number): Luma {
  const widthPx = Math.floor(raster.widthPx / scale);
  const heightPx = Math.floor(raster.heightPx / scale);
  const values = new Float32Array(widthPx * heightPx);
  const { data } = raster;
  const gain = (data instanceof Uint8Array ? 1 : 255 / 65535) / (8 * scale * scale);
  for (let y = 0; y < heightPx; y++)
    for (let j = 0; j < scale; j++) {
      let at = 3 * (y * scale + j) * raster.widthPx;
      for (let x = 0; x < widthPx; x++) {
        let sum = 0;
        for (let i = 0; i < scale; i++, at += 3) sum += 2 * data[at]! + 5 * data[at + 1]! + data[at + 2]!;
        values[y * widthPx + x]! += sum * gain;
      }
    }
  return { widthPx, heightPx, values };
}

/** Averages a map of the fine grid over the cells of the coarse one. */
function toCells(source: Plane, fine: Luma, widthPx: number, heightPx: number): Plane {
  const out = new Float32Array(widthPx * heightPx);
  const counts = new Uint16Array(widthPx * heightPx);
  const column = Int32Array.from({ length: fine.widthPx }, (_, x) =>
    Math.min(widthPx - 1, Math.floor((x * widthPx) / fine.widthPx)),
  );
  for (let y = 0; y < fine.heightPx; y++) {
    const row = Math.min(heightPx - 1, Math.floor((y * heightPx) / fine.heightPx)) * widthPx;
    for (let x = 0; x < fine.widthPx; x++) {
      const cell = row + column[x]!;
      out[cell]! += source[y * fine.widthPx + x]!;
      counts[cell]!++;
    }
  }
  for (let i = 0; i < out.length; i++) out[i]! /= Math.max(1, counts[i]!);
  return out;
}

/** Texture of a photo on a grid of `widthPx` × `heightPx` cells that covers it. */
export function measureTexture(raster: RasterPhoto, widthPx: number, heightPx: number): Texture {
  const scale = Math.max(1, Math.ceil(Math.max(raster.widthPx, raster.heightPx) / FINE_SIDE_PX));
  const luma = readLuma(raster, scale);
  const { widthPx: w, heightPx: h } = luma;
  const smooth = boxBlur(luma.values, w, h, 1);
  const wide = boxBlur(luma.values, w, h, 4);
  const fine = new Float32Array(w * h);
  const coarse = new Float32Array(w * h);
  const signed = new Float32Array(w * h);
  const size = new Float32Array(w * h);
  for (let i = 0; i < fine.length; i++) {
    const detail = luma.values[i]! - smooth[i]!;
    const band = smooth[i]! - wide[i]!;
    fine[i] = detail * detail;
    coarse[i] = band * band;
    const depth = wide[i]! - luma.values[i]!;
    signed[i] = depth * Math.abs(depth);
    size[i] = depth * depth;
  }
  const radius = Math.max(2, Math.round(Math.max(widthPx, heightPx) / 130));
  const cells = (source: Plane) => boxBlur(toCells(source, luma, widthPx, heightPx), widthPx, heightPx, radius);
  const dark = cells(signed);
  const all = cells(size);
  return {
    fine: cells(fine).map(Math.sqrt),
    coarse: cells(coarse).map(Math.sqrt),
    darkness: dark.map((v, i) => v / (all[i]! + 0.25)),
  };
}
