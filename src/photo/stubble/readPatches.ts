import { convertPrimaries } from '../convertPrimaries.ts';
import type { Box, RasterPhoto } from '../rasterPhoto.ts';
import type { Label, LabelMap } from '../regions/labelMap.ts';
import { keepAsPhotographed, type PixelCorrection } from '../sampling/pixelCorrection.ts';
import type { SampleArea } from '../sampling/samplePixels.ts';

/** A rectangle of the photo at full resolution in corrected linear light. */
export interface Patch {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Linear sRGB, interleaved, row-major. */
  readonly rgb: Float32Array;
  /** 1 where a channel is clipped at the top: colour unknown. */
  readonly clipped: Uint8Array;
}

const SIDE_PX = 160;
const MOST_PATCHES = 6;

function readPatch(raster: RasterPhoto, box: Box, correction: PixelCorrection): Patch {
  const [, , w, h] = box;
  const rgb = new Float32Array(3 * w * h);
  const clipped = new Uint8Array(w * h);
  readBox(raster, box, rgb, clipped);
  if (raster.toSrgb) convertPrimaries(rgb, raster.toSrgb);
  correction(rgb);
  return { widthPx: w, heightPx: h, rgb, clipped };
}

/** Reads a box as linear device RGB and marks what is clipped. */
function readBox(
  { data, widthPx, toLinear }: RasterPhoto,
  [x0, y0, w, h]: Box,
  rgb: Float32Array,
  clipped: Uint8Array,
): void {
  const [toR, toG, toB] = toLinear;
  const top = (250 / 255) * (data instanceof Uint8Array ? 255 : 65535);
  for (let y = 0, i = 0; y < h; y++)
    for (let x = 0, at = 3 * ((y0 + y) * widthPx + x0); x < w; x++, i++, at += 3) {
      const codeR = data[at]!;
      const codeG = data[at + 1]!;
      const codeB = data[at + 2]!;
      rgb[3 * i] = toR[codeR]!;
      rgb[3 * i + 1] = toG[codeG]!;
      rgb[3 * i + 2] = toB[codeB]!;
      if (codeR > top || codeG > top || codeB > top) clipped[i] = 1;
    }
}

/** Squares of at most `SIDE_PX`, evenly spread over a box. */
function windowsOf([x, y, w, h]: Box, most: number): Box[] {
  const across = Math.min(Math.floor(Math.sqrt(most)) || 1, Math.ceil(w / SIDE_PX));
  const down = Math.min(Math.floor(most / across), Math.ceil(h / SIDE_PX));
  const side = (size: number, n: number) => Math.min(SIDE_PX, Math.floor(size / n));
  const [sw, sh] = [side(w, across), side(h, down)];
  const boxes: Box[] = [];
  for (let j = 0; j < down; j++)
    for (let i = 0; i < across; i++)
      boxes.push([
        Math.floor(x + ((i + 0.5) * w) / across - sw / 2),
        Math.floor(y + ((j + 0.5) * h) / down - sh / 2),
        sw,
        sh,
      ]);
  return boxes;
}

/** Reads up to six squares of an area at full resolution, spread over it. */
export function readPatches(
  raster: RasterPhoto,
  area: SampleArea,
  correction: PixelCorrection = keepAsPhotographed,
): Patch[] {
  const windows = 'boxes' in area ? windowsOfBoxes(raster, area.boxes) : windowsOfMap(area.map, area.label);
  return windows.map((box) => readPatch(raster, box, correction));
}

function windowsOfBoxes(raster: RasterPhoto, boxes: readonly Box[]): Box[] {
  const each = Math.max(1, Math.floor(MOST_PATCHES / Math.max(1, boxes.length)));
  return boxes
    .map(([x, y, w, h]): Box => {
      const x0 = Math.max(0, Math.round(x));
      const y0 = Math.max(0, Math.round(y));
      const x1 = Math.min(raster.widthPx, Math.round(x + w));
      return [x0, y0, x1 - x0, Math.min(raster.heightPx, Math.round(y + h)) - y0];
    })
    .filter(([, , w, h]) => w >= 16 && h >= 16)
    .flatMap((box) => windowsOf(box, each))
    .slice(0, MOST_PATCHES);
}

/** Squares that lie wholly under the label, evenly chosen; smaller ones where the area is narrow. */
function windowsOfMap(map: LabelMap, label: Label): Box[] {
  for (const side of [SIDE_PX, SIDE_PX / 2, SIDE_PX / 4]) {
    const cells = Math.max(2, Math.round(side * map.scale));
    const found: Box[] = [];
    for (let y = 0; y + cells <= map.heightPx; y += cells)
      for (let x = 0; x + cells <= map.widthPx; x += cells)
        if (isAll(map, label, x, y, cells)) {
          const size = Math.floor(cells / map.scale);
          found.push([Math.ceil(x / map.scale), Math.ceil(y / map.scale), size - 1, size - 1]);
        }
    const step = Math.max(1, found.length / MOST_PATCHES);
    if (found.length >= (side > SIDE_PX / 4 ? 2 : 1))
      return Array.from(
        { length: Math.min(MOST_PATCHES, found.length) },
        (_, k) => found[Math.floor((k + 0.5) * step)]!,
      );
  }
  return [];
}

function isAll({ widthPx, labels }: LabelMap, label: Label, x0: number, y0: number, cells: number): boolean {
  for (let y = y0; y < y0 + cells; y++)
    for (let x = x0; x < x0 + cells; x++) if (labels[y * widthPx + x] !== label) return false;
  return true;
}
