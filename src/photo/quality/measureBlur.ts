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
const DENOISE_REACH = 3;

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

/**
 * Convolves along the rows of a square, those within `margin` of its border left out, and writes the result with rows and
 * columns exchanged, so that a second call convolves along the columns and puts them back. What comes within the kernel's
 * reach of a row's ends is not valid.
 */
function blurRows(
  tile: Float32Array,
  side: number,
  margin: number,
  [w0, w1, w2, w3, w4]: Kernel,
  out: Float32Array,
): void {
  for (let row = margin; row < side - margin; row++) {
    const at = row * side;
    // The nine pixels under the kernel; the narrower one, which does without the outermost, begins one pixel earlier.
    let before4 = 0;
    let before3 = tile[at]!;
    let before2 = tile[at + 1]!;
    let before1 = tile[at + 2]!;
    let middle = tile[at + 3]!;
    let after1 = tile[at + 4]!;
    let after2 = tile[at + 5]!;
    let after3 = tile[at + 6]!;
    for (let x = RADIUS - 1; x <= side - RADIUS; x++) {
      const after4 = x + RADIUS < side ? tile[at + x + RADIUS]! : 0;
      out[x * side + row] =
        w0 * middle +
        w1 * (before1 + after1) +
        w2 * (before2 + after2) +
        w3 * (before3 + after3) +
        w4 * (before4 + after4);
      before4 = before3;
      before3 = before2;
      before2 = before1;
      before1 = middle;
      middle = after1;
      after1 = after2;
      after2 = after3;
      after3 = after4;
    }
  }
}

/** One value of a row convolved. */
function blurAt(row: Float32Array, at: number, [w0, w1, w2, w3, w4]: Kernel): number {
  return (
    w0 * row[at]! +
    w1 * (row[at - 1]! + row[at + 1]!) +
    w2 * (row[at - 2]! + row[at + 2]!) +
    w3 * (row[at - 3]! + row[at + 3]!) +
    w4 * (row[at - 4]! + row[at + 4]!)
  );
}

/** Gradients of the twice smoothed tile need 3 + 4 + 1 pixels on each side. */
const MARGIN = 8;

function gradientAt(tile: Float32Array, side: number, at: number): number {
  const gx = tile[at + 1]! - tile[at - 1]!;
  const gy = tile[at + side]! - tile[at - side]!;
  return Math.sqrt(gx * gx + gy * gy) / 2;
}

/** The same after reblurring, of which the rows are done and exchanged with the columns: the few places asked do the rest. */
function reblurredGradientAt(exchanged: Float32Array, side: number, at: number): number {
  const gx = blurAt(exchanged, at + side, REBLUR) - blurAt(exchanged, at - side, REBLUR);
  const gy = blurAt(exchanged, at + 1, REBLUR) - blurAt(exchanged, at - 1, REBLUR);
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
function readTile({ data, widthPx }: RasterPhoto, x: number, y: number, side: number, scale: number): Float32Array {
  const unit = 1 / ((data instanceof Uint16Array ? 257 : 1) * scale * scale);
  const tile = new Float32Array(side * side);
  for (let row = 0; row < side * scale; row++) {
    let at = 3 * ((y + row) * widthPx + x) + 1;
    const out = Math.floor(row / scale) * side;
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let i = 0; i < scale; i++, at += 3) sum += data[at]!;
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
  const smooth = readTile(raster, x, y, side, scale);
  const exchanged = new Float32Array(smooth.length);
  blurRows(smooth, side, 0, DENOISE, exchanged);
  blurRows(exchanged, side, DENOISE_REACH, DENOISE, smooth);
  const first = gradients(smooth, side);
  const strong = quantile(first, 1 - EDGE_SHARE);
  const maybeNoise = strong < NOISE_EDGE && strong < EDGE_OVER_MEDIAN * quantile(first, 0.5);
  if (strong < LEAST_EDGE || maybeNoise) return { x, y, sidePx, sigmaPx: null };
  blurRows(smooth, side, DENOISE_REACH, REBLUR, exchanged);
  const inner = side - 2 * MARGIN;
  const sigmas: number[] = [];
  for (let i = 0; i < first.length; i++) {
    if (first[i]! < strong) continue;
    const at = (MARGIN + (i % inner)) * side + MARGIN + Math.floor(i / inner);
    const second = reblurredGradientAt(exchanged, side, at);
    const ratio = first[i]! / Math.max(second, 1e-6);
    sigmas.push(REBLUR_SIGMA / Math.sqrt(Math.max(1e-4, ratio * ratio - 1)));
  }
  sigmas.sort((a, b) => a - b);
  const total = sigmas[sigmas.length >> 1]!;
  return { x, y, sidePx, sigmaPx: scale * Math.sqrt(Math.max(0, total * total - DENOISE_SIGMA * DENOISE_SIGMA)) };
}
