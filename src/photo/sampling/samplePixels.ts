import type { Box, RasterPhoto } from '../rasterPhoto.ts';
import { type Label, type LabelMap, labelAt } from '../regions/labelMap.ts';
import { keepAsPhotographed, type PixelCorrection } from './pixelCorrection.ts';
import { readPixels } from './readPixels.ts';

/** Where to sample: rectangles in displayed pixels, or every pixel with one label. */
export type SampleArea = { readonly boxes: readonly Box[] } | { readonly map: LabelMap; readonly label: Label };

/** Full-resolution pixels of an area; where there are more than `maxPixels`, those on an even grid. */
export interface PixelSample {
  readonly count: number;
  /** 3 × count linear sRGB, corrected; may leave 0–1. */
  readonly rgb: Float32Array;
  /** 1 where a stored channel is at the end of its range, so that the colour is not known. */
  readonly clipped: Uint8Array;
  /** Spatial block of each pixel, 0 … blocks − 1: squares of about 1/12 of the area's diameter. */
  readonly block: Uint16Array;
  readonly blocks: number;
}

export interface SampleOptions {
  readonly correction?: PixelCorrection;
  /** Hair may be black: a pixel counts as too dark only when all its channels are at the bottom. */
  readonly darkIsContent?: boolean;
  readonly maxPixels?: number;
}

const DEFAULT_MAX_PIXELS = 45_000;
const BLOCKS_ACROSS = 12;

interface Extent {
  readonly bounds: Box;
  readonly pixels: number;
  /** The area, its boxes cut to whole pixels of the photo. */
  readonly inside: SampleArea;
}

function clipBox([x, y, w, h]: Box, raster: RasterPhoto): Box {
  const x0 = Math.max(0, Math.round(x));
  const y0 = Math.max(0, Math.round(y));
  const x1 = Math.min(raster.widthPx, Math.round(x + w));
  const y1 = Math.min(raster.heightPx, Math.round(y + h));
  return [x0, y0, Math.max(0, x1 - x0), Math.max(0, y1 - y0)];
}

function measureExtent(raster: RasterPhoto, area: SampleArea): Extent {
  if ('map' in area) {
    const { map, label } = area;
    let [x0, y0, x1, y1, n] = [map.widthPx, map.heightPx, 0, 0, 0];
    for (let y = 0; y < map.heightPx; y++)
      for (let x = 0; x < map.widthPx; x++) {
        if (map.labels[y * map.widthPx + x] !== label) continue;
        n++;
        x0 = Math.min(x0, x);
        y0 = Math.min(y0, y);
        x1 = Math.max(x1, x + 1);
        y1 = Math.max(y1, y + 1);
      }
    const bounds = clipBox([x0 / map.scale, y0 / map.scale, (x1 - x0) / map.scale, (y1 - y0) / map.scale], raster);
    return { bounds, pixels: n / map.scale ** 2, inside: area };
  }
  const boxes = area.boxes.map((box) => clipBox(box, raster)).filter(([, , w, h]) => w > 0 && h > 0);
  const x0 = Math.min(...boxes.map((b) => b[0]));
  const y0 = Math.min(...boxes.map((b) => b[1]));
  const x1 = Math.max(...boxes.map((b) => b[0] + b[2]));
  const y1 = Math.max(...boxes.map((b) => b[1] + b[3]));
  return {
    bounds: boxes.length > 0 ? [x0, y0, x1 - x0, y1 - y0] : [0, 0, 0, 0],
    pixels: boxes.reduce((sum, [, , w, h]) => sum + w * h, 0),
    inside: { boxes },
  };
}

/** Marks which pixels of row `y` from column `x0` on belong to an area of whole pixels; asked is every `step`th. */
function markInside(area: SampleArea, x0: number, y: number, step: number, row: Uint8Array): void {
  if ('map' in area) {
    for (let i = step >> 1; i < row.length; i += step)
      row[i] = labelAt(area.map, x0 + i + 0.5, y + 0.5) === area.label ? 1 : 0;
    return;
  }
  row.fill(0);
  for (const [left, top, width, height] of area.boxes)
    if (y >= top && y < top + height) row.fill(1, left - x0, left + width - x0);
}

/** Reads the pixels of `area` as linear sRGB at full resolution, on an even grid where they are very many. */
export function samplePixels(raster: RasterPhoto, area: SampleArea, options: SampleOptions = {}): PixelSample {
  const { correction = keepAsPhotographed, darkIsContent = false, maxPixels = DEFAULT_MAX_PIXELS } = options;
  const { bounds, inside, pixels } = measureExtent(raster, area);
  const [x0, y0, w, h] = bounds;
  const step = Math.max(1, Math.ceil(Math.sqrt(pixels / maxPixels)));
  const capacity = Math.min(Math.ceil(w / step) * Math.ceil(h / step), Math.ceil((pixels / step ** 2) * 1.2) + w + h);
  const places = new Int32Array(capacity);
  const clipped = new Uint8Array(capacity);
  const block = new Uint16Array(capacity);
  const { data, widthPx } = raster;
  const range = data instanceof Uint8Array ? 255 : 65535;
  const top = (250 / 255) * range;
  const bottom = (5 / 255) * range;
  const blockPx = Math.max(8 * step, Math.sqrt(w * h) / BLOCKS_ACROSS);
  const blocksAcross = Math.ceil(w / blockPx);
  const blockOfColumn = Uint16Array.from({ length: w }, (_, x) => Math.floor(x / blockPx));
  const row = new Uint8Array(w);
  let n = 0;
  for (let y = step >> 1; y < h; y += step) {
    const blockRow = Math.floor(y / blockPx) * blocksAcross;
    markInside(inside, x0, y0 + y, step, row);
    const first = (y0 + y) * widthPx + x0;
    for (let x = step >> 1; x < w && n < capacity; x += step) {
      if (row[x] === 0) continue;
      const at = 3 * (first + x);
      const codeR = data[at]!;
      const codeG = data[at + 1]!;
      const codeB = data[at + 2]!;
      const most = Math.max(codeR, codeG, codeB);
      clipped[n] = most > top || (darkIsContent ? most : Math.min(codeR, codeG, codeB)) < bottom ? 1 : 0;
      places[n] = at;
      block[n] = blockRow + blockOfColumn[x]!;
      n++;
    }
  }
  const rgb = new Float32Array(3 * n);
  readPixels(raster, places.subarray(0, n), rgb);
  correction(rgb);
  const blocks = Math.max(1, blocksAcross * Math.ceil(h / blockPx));
  return {
    count: n,
    rgb,
    clipped: clipped.subarray(0, n),
    block: block.subarray(0, n),
    blocks,
  };
}
