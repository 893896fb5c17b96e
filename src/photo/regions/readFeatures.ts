import { floatsAt, giveBack, kernels, markRoom, takeRoom } from '../kernels.ts';
import { placeImage } from '../placedImage.ts';
import { lightnessOfLinear } from '../sampling/labOfPixels.ts';
import type { WorkingImage } from '../workingImage.ts';
import { measureTexture } from './measureTexture.ts';
import { placeLuma } from './placeLuma.ts';
import { boxBlur, type Plane } from './planes.ts';

/** What is known of every pixel of the search grid. */
export interface Features {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Displayed pixels per grid pixel. */
  readonly scale: number;
  /** L* of the grid pixel. */
  readonly lightness: Plane;
  /** L* averaged over the nearest neighbours, with the chromaticity below. */
  readonly smoothLightness: Plane;
  /**
   * Redness ln(R/G) + ½ ln(B/G): near zero for anything grey under any daylight or lamp, since illuminants move along
   * blue–yellow; 0.2–0.6 for skin, because blood and melanin take green most. Negative for green, blue and olive things.
   */
  readonly redness: Plane;
  /** ln(R/B): yellowness of surface and light together. */
  readonly warmth: Plane;
  /** ln(1 + detail); near 0 for a wall, 0.5–1.2 for skin, above for hair. */
  readonly texture: Plane;
  readonly darkness: Plane;
  readonly coherence: Plane;
}

/** Longest side of the search grid. */
const GRID_SIDE_PX = 240;
/** Keeps the logarithm of nearly black channels from being noise; linear light, about code 12 of 255. */
const DARK_FLOOR = 0.004;
/** Largest ln(G/B) that is believed. */
const LEAST_BLUE = 1.7;

/** One plane of means a channel, not below 0. */
interface Channels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scale: number;
  readonly red: Plane;
  readonly green: Plane;
  readonly blue: Plane;
}

function shrink({ widthPx: across, heightPx: down, scale, rgb }: WorkingImage): Channels {
  const factor = Math.max(1, Math.ceil(Math.max(across, down) / GRID_SIDE_PX));
  const widthPx = Math.floor(across / factor);
  const heightPx = Math.floor(down / factor);
  const mark = markRoom();
  const [sums, plane] = [takeRoom(12 * across), 4 * widthPx * heightPx];
  const [reds, greens, blues] = [takeRoom(plane), takeRoom(plane), takeRoom(plane)];
  const image = placeImage(rgb);
  for (let y = 0; y < heightPx; y++) {
    floatsAt(sums, 3 * across).fill(0);
    for (let row = y * factor; row < (y + 1) * factor; row++)
      kernels.addCellRow(image + 12 * across * row, sums, 3 * across);
    const at = 4 * widthPx * y;
    kernels.takeCellMeans(sums, factor, 1 / factor ** 2, reds + at, greens + at, blues + at, widthPx);
  }
  giveBack(mark);
  const [red, green, blue] = [reds, greens, blues].map((at) => floatsAt(at, widthPx * heightPx).slice());
  return { widthPx, heightPx, scale: scale * factor, red: red!, green: green!, blue: blue! };
}

/** @param photoSidePx longer side of the photo that `working` is a reduced copy of */
export function readFeatures(working: WorkingImage, photoSidePx: number): Features {
  const channels = shrink(working);
  const { widthPx, heightPx, scale } = channels;
  const n = widthPx * heightPx;
  const lightness = new Float32Array(n);
  for (let i = 0; i < n; i++) lightness[i] = lightnessOfLinear(channels.red[i]!, channels.green[i]!, channels.blue[i]!);
  const [red, green, blue] = [channels.red, channels.green, channels.blue].map((channel) =>
    boxBlur(channel, widthPx, heightPx, 2, channel),
  ) as [Plane, Plane, Plane];
  const redness = new Float32Array(n);
  const warmth = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const toGreen = 1 / (green[i]! + DARK_FLOOR);
    const logRed = Math.log((red[i]! + DARK_FLOOR) * toGreen);
    // Under yellow lamps blue runs out and its logarithm stops meaning anything.
    const logBlue = Math.max(Math.log((blue[i]! + DARK_FLOOR) * toGreen), -LEAST_BLUE);
    redness[i] = logRed + 0.5 * logBlue;
    warmth[i] = logRed - logBlue;
  }
  const mark = markRoom();
  const luma = placeLuma(working, photoSidePx);
  const { detail: texture, darkness, coherence } = measureTexture(luma, widthPx, heightPx);
  giveBack(mark);
  for (let i = 0; i < n; i++) texture[i] = Math.log(1 + texture[i]!);
  const smoothLightness = boxBlur(lightness, widthPx, heightPx, 2);
  return { widthPx, heightPx, scale, lightness, smoothLightness, redness, warmth, texture, darkness, coherence };
}
