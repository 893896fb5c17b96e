import type { LinearRgb } from '../../colour/xyzLab.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import type { CardPatch, PatchFault } from './cardDetection.ts';
import { PATCH_COUNT, patchCentre } from './chartLayout.ts';
import { type Homography, mapPoint } from './homography.ts';
import { readGrid } from './readGrid.ts';

/** Half width of the sampled middle, in pitches: half of a patch that fills 0.8 of its cell. */
const HALF_WIDTH = 0.2;
const GRID = 24;
/** Share left out at each end, by luminance. */
const TRIM = 0.1;
const MAX_CLIPPED = 0.03;
/** Change of luminance from one side of the middle to the other. */
const MAX_SLOPE = 0.22;
const MAX_RELATIVE_SD = 0.3;
/** Added to a luminance before taking a ratio, so that noise in black does not look like a fault. */
const FLOOR = 0.02;

/** Colour of each patch from its middle, with what speaks against it; null for a patch outside the photo. */
export function samplePatches(raster: RasterPhoto, toPhoto: Homography): (CardPatch | null)[] {
  return Array.from({ length: PATCH_COUNT }, (_, patch) => samplePatch(raster, toPhoto, patch));
}

function samplePatch(raster: RasterPhoto, toPhoto: Homography, patch: number): CardPatch | null {
  const [cx, cy] = patchCentre(patch);
  const n = GRID * GRID;
  const rgb = new Float32Array(3 * n);
  const clipped = readGrid(raster, toPhoto, [cx, cy], HALF_WIDTH, GRID, rgb);
  if (clipped < 0) return null;
  const luminance = new Float32Array(n);
  for (let i = 0; i < n; i++) luminance[i] = 0.2126 * rgb[3 * i]! + 0.7152 * rgb[3 * i + 1]! + 0.0722 * rgb[3 * i + 2]!;
  const sorted = luminance.slice().sort();
  const mean = averageBetween(rgb, luminance, sorted[Math.floor(TRIM * n)]!, sorted[Math.ceil((1 - TRIM) * n) - 1]!);
  const centreLuminance = 0.2126 * mean[0] + 0.7152 * mean[1] + 0.0722 * mean[2];
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (luminance[i]! - centreLuminance) ** 2;
  const variance = squares / n;
  const relativeSd = Math.sqrt(variance) / (Math.max(0, centreLuminance) + FLOOR);
  const centre = mapPoint(toPhoto, cx, cy);
  const cornerA = mapPoint(toPhoto, cx - HALF_WIDTH, cy - HALF_WIDTH);
  const cornerB = mapPoint(toPhoto, cx + HALF_WIDTH, cy + HALF_WIDTH);
  const areaPx = (cornerA[0] - cornerB[0]) ** 2 / 2 + (cornerA[1] - cornerB[1]) ** 2 / 2;
  const pixels = Math.max(1, Math.round(Math.min(n, areaPx)));
  const fault = findFault(luminance, sorted, centreLuminance, relativeSd, clipped / n);
  return fault ? { rgb: mean, relativeSd, centre, pixels, fault } : { rgb: mean, relativeSd, centre, pixels };
}

function gridOffset(index: number): number {
  return (2 * (index + 0.5)) / GRID - 1;
}

/** Mean colour of the samples whose luminance lies in a range. */
function averageBetween(rgb: Float32Array, luminance: Float32Array, low: number, high: number): LinearRgb {
  let r = 0;
  let g = 0;
  let b = 0;
  let count = 0;
  for (let i = 0; i < luminance.length; i++) {
    if (luminance[i]! < low || luminance[i]! > high) continue;
    r += rgb[3 * i]!;
    g += rgb[3 * i + 1]!;
    b += rgb[3 * i + 2]!;
    count++;
  }
  return [r / count, g / count, b / count];
}

function findFault(
  luminance: Float32Array,
  sorted: Float32Array,
  centre: number,
  relativeSd: number,
  clippedShare: number,
): PatchFault | null {
  if (clippedShare > MAX_CLIPPED) return 'clipped';
  const brightest = sorted[Math.floor(0.97 * sorted.length)]!;
  const darkest = sorted[Math.floor(0.03 * sorted.length)]!;
  const level = Math.max(0, centre) + FLOOR;
  const slope = measureSlope(luminance) / level;
  if ((brightest - centre) / level > 0.5 && brightest - centre > 2 * (centre - darkest)) return 'glare';
  if (slope > MAX_SLOPE) return 'shadow';
  return relativeSd > MAX_RELATIVE_SD ? 'dirty' : null;
}

/** Change of a fitted plane from side to side along its steepest direction. */
function measureSlope(luminance: Float32Array): number {
  let sx = 0;
  let sy = 0;
  let square = 0;
  for (let i = 0; i < luminance.length; i++) {
    const u = gridOffset(i % GRID);
    const v = gridOffset(Math.floor(i / GRID));
    sx += u * luminance[i]!;
    sy += v * luminance[i]!;
    square += u * u;
  }
  return 2 * Math.hypot(sx / square, sy / square);
}
