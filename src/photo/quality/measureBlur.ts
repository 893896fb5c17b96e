import type { RasterPhoto } from '../rasterPhoto.ts';
import { quantile } from './quantile.ts';

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

/** Taps to either side of the middle; the narrower kernel has zeros at its ends. */
const RADIUS = 4;

/** Weights of the middle and of the taps 1–4 beside it. */
type Kernel = readonly [number, number, number, number, number];

function gaussianKernel(sigma: number): Kernel {
  const reach = Math.ceil(2.6 * sigma);
  const weight = (tap: number) => (tap > reach ? 0 : Math.exp(-(tap ** 2) / (2 * sigma ** 2)));
  const taps = [weight(0), weight(1), weight(2), weight(3), weight(4)] as const;
  const sum = 2 * (taps[0] + taps[1] + taps[2] + taps[3] + taps[4]) - taps[0];
  return taps.map((value) => value / sum) as unknown as Kernel;
}

const DENOISE = gaussianKernel(DENOISE_SIGMA);
const REBLUR = gaussianKernel(REBLUR_SIGMA);

/** Convolves along a row (`stride` 1) or a column (`stride` of a row). What comes within 4 of the border is not valid. */
function blurAlong(tile: Float32Array, stride: number, [w0, w1, w2, w3, w4]: Kernel): Float32Array {
  const out = new Float32Array(tile.length);
  for (let at = RADIUS * stride; at < tile.length - RADIUS * stride; at++) {
    out[at] =
      w0 * tile[at]! +
      w1 * (tile[at - stride]! + tile[at + stride]!) +
      w2 * (tile[at - 2 * stride]! + tile[at + 2 * stride]!) +
      w3 * (tile[at - 3 * stride]! + tile[at + 3 * stride]!) +
      w4 * (tile[at - 4 * stride]! + tile[at + 4 * stride]!);
  }
  return out;
}

function blurTile(tile: Float32Array, side: number, kernel: Kernel): Float32Array {
  return blurAlong(blurAlong(tile, 1, kernel), side, kernel);
}

/** Gradients of the twice smoothed tile need 3 + 4 + 1 pixels on each side. */
const MARGIN = 8;

function gradientAt(tile: Float32Array, side: number, at: number): number {
  const gx = tile[at + 1]! - tile[at - 1]!;
  const gy = tile[at + side]! - tile[at - side]!;
  return Math.sqrt(gx * gx + gy * gy) / 2;
}

/** Gradient magnitudes away from the tile's border, where the convolution has no neighbours. */
function gradients(tile: Float32Array, side: number): Float32Array {
  const inner = side - 2 * MARGIN;
  const out = new Float32Array(inner * inner);
  let next = 0;
  for (let y = MARGIN; y < side - MARGIN; y++) {
    for (let x = MARGIN; x < side - MARGIN; x++) out[next++] = gradientAt(tile, side, y * side + x);
  }
  return out;
}

/** Green code values (0–255) of a square, each the mean of `scale` × `scale` pixels. */
function readTile(raster: RasterPhoto, x: number, y: number, side: number, scale: number): Float32Array {
  const unit = 1 / ((raster.data instanceof Uint16Array ? 257 : 1) * scale * scale);
  const tile = new Float32Array(side * side);
  for (let row = 0; row < side * scale; row++) {
    let at = 3 * ((y + row) * raster.widthPx + x) + 1;
    const out = Math.floor(row / scale) * side;
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let i = 0; i < scale; i++, at += 3) sum += raster.data[at]!;
      tile[out + column]! += sum * unit;
    }
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
  const strong = quantile(first, 1 - EDGE_SHARE);
  const maybeNoise = strong < NOISE_EDGE && strong < EDGE_OVER_MEDIAN * quantile(first, 0.5);
  if (strong < LEAST_EDGE || maybeNoise) return { x, y, sidePx, sigmaPx: null };
  const reblurred = blurTile(smooth, side, REBLUR);
  const inner = side - 2 * MARGIN;
  const sigmas: number[] = [];
  for (let i = 0; i < first.length; i++) {
    if (first[i]! < strong) continue;
    const second = gradientAt(reblurred, side, (MARGIN + Math.floor(i / inner)) * side + MARGIN + (i % inner));
    const ratio = first[i]! / Math.max(second, 1e-6);
    sigmas.push(REBLUR_SIGMA / Math.sqrt(Math.max(1e-4, ratio * ratio - 1)));
  }
  sigmas.sort((a, b) => a - b);
  const total = sigmas[sigmas.length >> 1]!;
  return { x, y, sidePx, sigmaPx: scale * Math.sqrt(Math.max(0, total * total - DENOISE_SIGMA * DENOISE_SIGMA)) };
}
