import { floatsAt, giveBack, kernels, markRoom, takeRoom } from '../kernels.ts';
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

/** Gradients of the twice smoothed tile need 3 + 4 + 1 pixels on each side. */
const MARGIN = 8;

/** Green code values (0–255) of a square, each the mean of `scale` × `scale` pixels; added to `tile`. */
function readTile(
  { data, widthPx }: RasterPhoto,
  x: number,
  y: number,
  side: number,
  scale: number,
  tile: Float32Array,
): void {
  const unit = 1 / ((data instanceof Uint16Array ? 257 : 1) * scale * scale);
  for (let row = 0; row < side * scale; row++) {
    let at = 3 * ((y + row) * widthPx + x) + 1;
    const out = Math.floor(row / scale) * side;
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let i = 0; i < scale; i++, at += 3) sum += data[at]!;
      tile[out + column]! += sum * unit;
    }
  }
}

const INNER = TILE_PX - 2 * MARGIN;
/** Numbers of a tile and of four empty rows after it, which the convolution reads. */
const ROOM = (TILE_PX + 4) * TILE_PX;

/**
 * Blur of one tile from its strongest edges: an edge of blur σ blurred again by σ₀ loses gradient by the factor
 * √(1 + σ₀²/σ²), so that the two gradients tell σ (Zhuo & Sim, Pattern Recognition 44, 2011). Reads the green channel's code values,
 * in which equal steps look about equal. With a `scale` the tile covers that many times the side, in pixels averaged.
 */
export function measureBlur(raster: RasterPhoto, x: number, y: number, scale = 1): TileBlur {
  const mark = markRoom();
  const start = takeRoom(4 * (4 * ROOM + 4 * TILE_PX));
  floatsAt(start, 4 * ROOM + 4 * TILE_PX).fill(0);
  const [tile, rows, smooth, reblurred] = [0, 1, 2, 3].map((k) => start + 4 * (4 * TILE_PX + k * ROOM));
  const [first, second] = [takeRoom(4 * INNER * INNER), takeRoom(4 * INNER * INNER)];
  readTile(raster, x, y, TILE_PX, scale, floatsAt(tile!, TILE_PX * TILE_PX));
  kernels.blurTile(tile!, TILE_PX, ...DENOISE, rows!, smooth!);
  kernels.takeGradients(smooth!, TILE_PX, MARGIN, first);
  kernels.blurTile(smooth!, TILE_PX, ...REBLUR, rows!, reblurred!);
  kernels.takeGradients(reblurred!, TILE_PX, MARGIN, second);
  giveBack(mark);
  const sigma = blurOf(floatsAt(first, INNER * INNER), floatsAt(second, INNER * INNER));
  return { x, y, sidePx: TILE_PX * scale, sigmaPx: sigma === null ? null : scale * sigma };
}

/** Standard deviation of a blur from gradients before and after blurring again; null where no edge is clear. */
function blurOf(first: Float32Array, second: Float32Array): number | null {
  const strong = quantile(first, 1 - EDGE_SHARE);
  const maybeNoise = strong < NOISE_EDGE && strong < EDGE_OVER_MEDIAN * quantile(first, 0.5);
  if (strong < LEAST_EDGE || maybeNoise) return null;
  const sigmas: number[] = [];
  for (let i = 0; i < first.length; i++) {
    if (first[i]! < strong) continue;
    const ratio = first[i]! / Math.max(second[i]!, 1e-6);
    sigmas.push(REBLUR_SIGMA / Math.sqrt(Math.max(1e-4, ratio * ratio - 1)));
  }
  sigmas.sort((a, b) => a - b);
  const total = sigmas[sigmas.length >> 1]!;
  return Math.sqrt(Math.max(0, total * total - DENOISE_SIGMA * DENOISE_SIGMA));
}
