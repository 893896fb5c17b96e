import type { WorkingImage } from '../workingImage.ts';
import type { Plane } from './planes.ts';

/** Luma as sRGB encodes it, 0–255, since roughness and edges are judged as seen. */
export interface Luma {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Plane;
}

/** Longest side of the image on which texture is looked for: a head across the frame then has about 4 px/mm. */
const FINE_SIDE_PX = 800;

/** Code value of light 0–1; its slope, which contrast depends on, is within 4 % of sRGB's from code 20 on. */
function encode(light: number): number {
  const root = Math.sqrt(light);
  return 255 * root * (1.39 + root * (0.2293 * root - 0.5845));
}

/** So many shares a cell are enough for nearly all photos; the loop over them is written out. */
const FEW = 3;

/** Which pixels along an axis fall into each cell, and with what share: `most` shares a cell. */
interface Shares {
  readonly first: Int32Array;
  readonly shares: Float32Array;
  readonly most: number;
}

function shareOut(pixels: number, cells: number, ratio: number): Shares {
  const most = Math.min(pixels, Math.max(FEW, Math.ceil(ratio) + 1));
  const first = new Int32Array(cells);
  const shares = new Float32Array(most * cells);
  for (let cell = 0; cell < cells; cell++) {
    const [start, end] = [cell * ratio, (cell + 1) * ratio];
    // The last cell's list must not reach over the edge; its first shares are 0 then.
    first[cell] = Math.max(0, Math.min(Math.floor(start), pixels - most));
    for (let k = 0; k < most; k++) {
      const pixel = first[cell]! + k;
      shares[most * cell + k] = Math.max(0, Math.min(pixel + 1, end) - Math.max(pixel, start)) / ratio;
    }
  }
  return { first, shares, most };
}

/**
 * Luma of a photo of which `working` is a reduced copy, averaged in linear light to at most `FINE_SIDE_PX`; of the smallest
 * whole fraction of the photo's size that does.
 */
export function readLuma({ widthPx: across, heightPx: down, scale, rgb }: WorkingImage, photoSidePx: number): Luma {
  const ratio = Math.max(1, Math.ceil(photoSidePx / FINE_SIDE_PX) / scale);
  const widthPx = Math.max(1, Math.floor(across / ratio));
  const heightPx = Math.max(1, Math.floor(down / ratio));
  const values = new Float32Array(widthPx * heightPx);
  const columns = shareOut(across, widthPx, ratio);
  const rows = shareOut(down, heightPx, ratio);
  // Light of the rows that cells need now, each read once: cells share some of them.
  const greys = Array.from({ length: rows.most }, () => new Float64Array(across));
  const line = new Float64Array(across);
  for (let y = 0, read = 0; y < heightPx; y++) {
    line.fill(0);
    for (let k = 0; k < rows.most; k++) {
      const share = rows.shares[rows.most * y + k]!;
      if (share === 0) continue;
      const row = rows.first[y]! + k;
      for (; read <= row; read++) readGrey(rgb, 3 * read * across, greys[read % rows.most]!);
      addScaled(greys[row % rows.most]!, share, line);
    }
    if (columns.most === FEW) mixFew(line, columns.first, columns.shares, values, y * widthPx);
    else mixMany(line, columns.first, columns.shares, columns.most, values, y * widthPx);
  }
  return { widthPx, heightPx, values };
}

/** A row's light, mainly green as the eye has it. */
function readGrey(rgb: Float32Array, start: number, grey: Float64Array): void {
  for (let x = 0, at = start; x < grey.length; x++, at += 3)
    grey[x] = 0.25 * rgb[at]! + 0.625 * rgb[at + 1]! + 0.125 * rgb[at + 2]!;
}

function addScaled(grey: Float64Array, share: number, line: Float64Array): void {
  for (let x = 0; x < line.length; x++) line[x]! += share * grey[x]!;
}

function mixFew(line: Float64Array, first: Int32Array, shares: Float32Array, out: Plane, at: number): void {
  for (let x = 0, s = 0; x < first.length; x++, s += FEW) {
    const from = first[x]!;
    const light = shares[s]! * line[from]! + shares[s + 1]! * line[from + 1]! + shares[s + 2]! * line[from + 2]!;
    out[at + x] = encode(light > 0 ? light : 0);
  }
}

function mixMany(
  line: Float64Array,
  first: Int32Array,
  shares: Float32Array,
  most: number,
  out: Plane,
  at: number,
): void {
  for (let x = 0, s = 0; x < first.length; x++, s += most) {
    let light = 0;
    for (let k = 0, from = first[x]!; k < most; k++) light += shares[s + k]! * line[from + k]!;
    out[at + x] = encode(light > 0 ? light : 0);
  }
}
