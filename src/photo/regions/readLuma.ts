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
const FEW = 2;
/** A pixel that a cell covers by no more than this is rounding. */
const HARDLY = 1e-9;

/** Which pixels along an axis fall into each cell, and with what share: `most` shares a cell. */
interface Shares {
  readonly first: Int32Array;
  readonly shares: Float64Array;
  readonly most: number;
}

function shareOut(pixels: number, cells: number, ratio: number): Shares {
  const firstOf = (cell: number) => Math.floor(cell * ratio + HARDLY);
  let most = FEW;
  for (let cell = 0; cell < cells; cell++)
    most = Math.max(most, Math.ceil((cell + 1) * ratio - HARDLY) - firstOf(cell));
  most = Math.min(most, pixels);
  const first = new Int32Array(cells);
  const shares = new Float64Array(most * cells);
  for (let cell = 0; cell < cells; cell++) {
    const [start, end] = [cell * ratio, (cell + 1) * ratio];
    // The last cell's list must not reach over the edge; its first shares are 0 then.
    first[cell] = Math.max(0, Math.min(firstOf(cell), pixels - most));
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
  const isFew = rows.most === FEW && columns.most === FEW;
  for (let y = 0, read = 0; y < heightPx; y++) {
    const top = rows.first[y]!;
    for (; read < top + rows.most; read++) readGrey(rgb, 3 * read * across, greys[read % rows.most]!);
    const shares = rows.shares.subarray(rows.most * y, rows.most * (y + 1));
    if (isFew) {
      const [upper, lower] = [greys[top % FEW]!, greys[(top + 1) % FEW]!];
      mixFew(upper, shares[0]!, lower, shares[1]!, columns.first, columns.shares, values, y * widthPx);
    } else {
      line.fill(0);
      for (let k = 0; k < rows.most; k++) addScaled(greys[(top + k) % rows.most]!, shares[k]!, line);
      mixMany(line, columns.first, columns.shares, columns.most, values, y * widthPx);
    }
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

/** Two rows with their shares, two columns a cell. */
function mixFew(
  upper: Float64Array,
  upperShare: number,
  lower: Float64Array,
  lowerShare: number,
  first: Int32Array,
  shares: Float64Array,
  out: Plane,
  at: number,
): void {
  for (let x = 0, s = 0; x < first.length; x++, s += FEW) {
    const from = first[x]!;
    const left = upperShare * upper[from]! + lowerShare * lower[from]!;
    const right = upperShare * upper[from + 1]! + lowerShare * lower[from + 1]!;
    const light = shares[s]! * left + shares[s + 1]! * right;
    out[at + x] = encode(light > 0 ? light : 0);
  }
}

function mixMany(
  line: Float64Array,
  first: Int32Array,
  shares: Float64Array,
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
