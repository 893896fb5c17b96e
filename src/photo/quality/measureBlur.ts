import type { RasterPhoto } from '../rasterPhoto.ts';

/** How sharp a square of a photo is. */
export interface TileBlur {
  readonly x: number;
  readonly y: number;
  readonly sidePx: number;
  /** Standard deviation of the blur across the strongest edges, photo pixels; null where there is no clear edge. */
  readonly sigmaPx: number | null;
}

export const TILE_PX = 72;
/** Smoothing before edges are looked at, so that noise does not pass for sharpness. */
const DENOISE_SIGMA = 1;
/** The known second blur whose effect tells the first. */
const REBLUR_SIGMA = 1.5;
/** Share of a tile's pixels that count as its strongest edges. */
const EDGE_SHARE = 0.02;
/** Weak gradients that stand out from the tile's median by less than this are noise (whose 98 % point is 2.4 medians). */
const EDGE_OVER_MEDIAN = 2.5;
/** Code values a pixel that smoothed camera noise does not reach. */
const NOISE_EDGE = 2.5;
/** Gradient of an edge in code values (0–255) a pixel. */
const LEAST_EDGE = 1.2;

function gaussianKernel(sigma: number): Float32Array {
  const radius = Math.ceil(2.6 * sigma);
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

const DENOISE = gaussianKernel(DENOISE_SIGMA);
const REBLUR = gaussianKernel(REBLUR_SIGMA);

/** Convolves rows and then columns; the border, where the kernel has no neighbours, keeps the values it had. */
function blurTile(tile: Float32Array, side: number, kernel: Float32Array): Float32Array {
  const radius = kernel.length >> 1;
  const rows = tile.slice();
  for (let y = 0; y < side; y++) {
    for (let at = y * side + radius; at < (y + 1) * side - radius; at++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * tile[at + k - radius]!;
      rows[at] = sum;
    }
  }
  const out = rows.slice();
  for (let at = radius * side; at < (side - radius) * side; at++) {
    let sum = 0;
    for (let k = 0, from = at - radius * side; k < kernel.length; k++, from += side) sum += kernel[k]! * rows[from]!;
    out[at] = sum;
  }
  return out;
}

/** Twice smoothed pixels nearer to the border than this are not to be trusted. */
const MARGIN = 8;

/** Gradient magnitudes away from the tile's border, where the convolution has no neighbours. */
function gradients(tile: Float32Array, side: number): Float32Array {
  const margin = MARGIN;
  const inner = side - 2 * margin;
  const out = new Float32Array(inner * inner);
  for (let y = 0; y < inner; y++) {
    for (let x = 0; x < inner; x++) {
      const at = (y + margin) * side + x + margin;
      const gx = tile[at + 1]! - tile[at - 1]!;
      const gy = tile[at + side]! - tile[at - side]!;
      out[y * inner + x] = Math.sqrt(gx * gx + gy * gy) / 2;
    }
  }
  return out;
}

/** Green code values (0–255) of a square, each the mean of `scale` × `scale` pixels. */
function readTile(raster: RasterPhoto, x: number, y: number, side: number, scale: number): Float32Array {
  const unit = 1 / ((raster.data instanceof Uint16Array ? 257 : 1) * scale * scale);
  const tile = new Float32Array(side * side);
  for (let row = 0; row < side * scale; row++) {
    const start = 3 * ((y + row) * raster.widthPx + x) + 1;
    const out = Math.floor(row / scale) * side;
    for (let i = 0; i < side * scale; i++) tile[out + Math.floor(i / scale)]! += raster.data[start + 3 * i]! * unit;
  }
  return tile;
}

/**
 * Blur of one tile from its strongest edges: an edge of blur σ blurred again by σ₀ loses gradient by the factor
 * √(1 + σ₀²/σ²), so that the two gradients tell σ (Zhuo & Sim, Pattern Recognition 44, 2011). Reads the green channel's code values,
 * in which equal steps look about equal. With a `scale` the tile covers that many times the side, in pixels averaged.
 */
export function measureBlur(raster: RasterPhoto, x: number, y: number, scale = 1): TileBlur {
  const side = TILE_PX;
  const sidePx = side * scale;
  const smooth = blurTile(readTile(raster, x, y, side, scale), side, DENOISE);
  const first = gradients(smooth, side);
  const sorted = first.slice().sort();
  const median = sorted[sorted.length >> 1]!;
  const strong = sorted[Math.floor((1 - EDGE_SHARE) * sorted.length)]!;
  const maybeNoise = strong < NOISE_EDGE && strong < EDGE_OVER_MEDIAN * median;
  if (strong < LEAST_EDGE || maybeNoise) return { x, y, sidePx, sigmaPx: null };
  const second = gradients(blurTile(smooth, side, REBLUR), side);
  const sigmas: number[] = [];
  for (let i = 0; i < first.length; i++) {
    if (first[i]! < strong) continue;
    const ratio = first[i]! / Math.max(second[i]!, 1e-6);
    sigmas.push(REBLUR_SIGMA / Math.sqrt(Math.max(1e-4, ratio * ratio - 1)));
  }
  sigmas.sort((a, b) => a - b);
  const total = sigmas[sigmas.length >> 1]!;
  return { x, y, sidePx, sigmaPx: scale * Math.sqrt(Math.max(0, total * total - DENOISE_SIGMA * DENOISE_SIGMA)) };
}
