import { convertPrimaries } from '../convertPrimaries.ts';
import { type Address, bytesAt, floatsAt, giveBack, kernels, markRoom, placeFloats, takeRoom } from '../kernels.ts';
import type { Box, RasterPhoto } from '../rasterPhoto.ts';
import type { Label, LabelMap } from '../regions/labelMap.ts';
import { keepAsPhotographed, type PixelCorrection } from '../sampling/pixelCorrection.ts';
import type { SampleArea } from '../sampling/samplePixels.ts';

/** A rectangle of the photo at full resolution in corrected linear light, in the kernels' memory. */
export interface Patch {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Linear sRGB, interleaved, row-major. */
  readonly rgb: Address;
  /** A byte a pixel: 1 where a channel is clipped at the top, so that its colour is unknown. */
  readonly clipped: Address;
}

const SIDE_PX = 160;
const MOST_PATCHES = 6;
/** Code values above this share of the full scale may have lost light. */
const CLIPPED_SHARE = 250 / 255;

/** One table of light a channel. */
type Tables = readonly [red: Address, green: Address, blue: Address];

function placeTables([red, green, blue]: RasterPhoto['toLinear']): Tables {
  const ofRed = placeFloats(red);
  if (red === green && green === blue) return [ofRed, ofRed, ofRed];
  return [ofRed, placeFloats(green), placeFloats(blue)];
}

/** Copies the code values of a box. */
function placeCodes({ data, widthPx }: RasterPhoto, [x0, y0, w, h]: Box): Address {
  const pixel = 3 * data.BYTES_PER_ELEMENT;
  const start = takeRoom(pixel * w * h);
  const [from, to] = [new Uint8Array(data.buffer, data.byteOffset, data.byteLength), bytesAt(start, pixel * w * h)];
  for (let y = 0; y < h; y++) {
    const first = pixel * ((y0 + y) * widthPx + x0);
    to.set(from.subarray(first, first + pixel * w), pixel * w * y);
  }
  return start;
}

function readPatch(raster: RasterPhoto, box: Box, tables: Tables, patch: Patch, correction: PixelCorrection): void {
  const pixels = patch.widthPx * patch.heightPx;
  const mark = markRoom();
  const codes = placeCodes(raster, box);
  const bytes = raster.data.BYTES_PER_ELEMENT;
  const top = CLIPPED_SHARE * (256 ** bytes - 1);
  kernels.readCodes(codes, bytes, pixels, ...tables, top, patch.rgb, patch.clipped);
  giveBack(mark);
  if (raster.toSrgb) convertPrimaries(floatsAt(patch.rgb, 3 * pixels), raster.toSrgb);
  correction(floatsAt(patch.rgb, 3 * pixels));
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

/** Reads up to six squares of an area at full resolution, spread over it; takes room for them. */
export function readPatches(
  raster: RasterPhoto,
  area: SampleArea,
  correction: PixelCorrection = keepAsPhotographed,
): Patch[] {
  const windows = 'boxes' in area ? windowsOfBoxes(raster, area.boxes) : windowsOfMap(area.map, area.label);
  const patches = windows.map(
    ([, , w, h]): Patch => ({ widthPx: w, heightPx: h, rgb: takeRoom(12 * w * h), clipped: takeRoom(w * h) }),
  );
  const mark = markRoom();
  const tables = placeTables(raster.toLinear);
  for (const [k, patch] of patches.entries()) readPatch(raster, windows[k]!, tables, patch, correction);
  giveBack(mark);
  return patches;
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
