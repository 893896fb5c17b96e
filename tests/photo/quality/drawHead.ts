import { lab65 } from '../../../src/colour/lab65.ts';
import { linearToSrgb8, SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import { lab65ToLinearSrgb } from '../../../src/colour/xyzLab.ts';
import type { QualityInput } from '../../../src/photo/quality/qualityInput.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { LABEL } from '../../../src/photo/regions/labelMap.ts';
import { reducePhoto } from '../../../src/photo/workingImage.ts';

type Triple = [r: number, g: number, b: number];

/** Changes the linear light of one pixel in place; x and y are 0–1 over the photo. */
export type Spoil = (rgb: Triple, x: number, y: number) => void;

export interface HeadOptions {
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly spoil?: Spoil;
  /** Gaussian blur σ in pixels. */
  readonly blurSigmaPx?: number;
  /** Only the part of the photo where this holds is blurred. */
  readonly blurWhere?: (x: number, y: number) => boolean;
}

const SKIN = lab65ToLinearSrgb(lab65(58, 13, 17));
const HAIR = lab65ToLinearSrgb(lab65(22, 5, 8));
const WALL = lab65ToLinearSrgb(lab65(72, 0, 1));

function seeded(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

function isHead(x: number, y: number): boolean {
  return ((x - 0.5) / 0.42) ** 2 + ((y - 0.52) / 0.45) ** 2 < 1;
}

/** Darkness 0–1 of hairs: short strokes, dense in the upper half of the head, single ones below it. */
function drawHairs(widthPx: number, heightPx: number): Float32Array {
  const cover = new Float32Array(widthPx * heightPx);
  const random = seeded(7);
  const strokes = 5000;
  for (let n = 0; n < strokes; n++) {
    const x0 = random();
    const y0 = random() < 0.9 ? 0.07 + 0.38 * random() : 0.45 + 0.5 * random();
    const angle = 1.2 + 0.8 * random();
    const length = 0.012 + 0.01 * random();
    if (!isHead(x0, y0)) continue;
    for (let step = 0; step < 40; step++) {
      const x = Math.round((x0 + (Math.cos(angle) * length * step) / 40) * widthPx);
      const y = Math.round((y0 + (Math.sin(angle) * length * step) / 40) * heightPx);
      if (x < 0 || y < 0 || x + 1 >= widthPx || y >= heightPx) continue;
      cover[y * widthPx + x] = 1;
      cover[y * widthPx + x + 1] = 0.7;
    }
  }
  return cover;
}

function blurLine(line: Float32Array, count: number, start: number, step: number, sigma: number): void {
  const radius = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const from = Float32Array.from({ length: count }, (_, i) => line[start + step * i]!);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += kernel[k + radius]! * from[Math.min(count - 1, Math.max(0, i + k))]!;
    line[start + step * i] = sum / total;
  }
}

function blurAll(rgb: Float32Array, widthPx: number, heightPx: number, sigma: number): Float32Array {
  const out = rgb.slice();
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < heightPx; y++) blurLine(out, widthPx, 3 * y * widthPx + c, 3, sigma);
    for (let x = 0; x < widthPx; x++) blurLine(out, heightPx, 3 * x + c, 3 * widthPx, sigma);
  }
  return out;
}

function paintLight(widthPx: number, heightPx: number, spoil: Spoil | undefined): Float32Array {
  const hairs = drawHairs(widthPx, heightPx);
  const light = new Float32Array(3 * widthPx * heightPx);
  for (let i = 0; i < hairs.length; i++) {
    const x = (i % widthPx) / widthPx;
    const y = Math.floor(i / widthPx) / heightPx;
    const head = isHead(x, y);
    const shade = head ? 1.05 - 0.5 * Math.hypot(x - 0.5, y - 0.52) : 1;
    const base = head ? SKIN : WALL;
    const pixel = base.map((value, c) => shade * (value + hairs[i]! * (HAIR[c]! - value))) as Triple;
    spoil?.(pixel, x, y);
    light.set(pixel, 3 * i);
  }
  return light;
}

const ENCODE = Uint8Array.from({ length: 16_384 }, (_, i) => linearToSrgb8(i / 16_383));

function develop(light: Float32Array, widthPx: number, heightPx: number): RasterPhoto {
  const random = seeded(11);
  // About one code of noise, as a good camera leaves.
  const data = new Uint8Array(light.length);
  for (let i = 0; i < data.length; i++) {
    const code = ENCODE[Math.round(16_383 * Math.min(1, Math.max(0, light[i]!)))]!;
    data[i] = Math.min(255, Math.max(0, code + Math.round(2 * random() - 1)));
  }
  return { widthPx, heightPx, data, toLinear: [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR], toSrgb: null };
}

/** A drawn head with hair above and skin below, and everything the checks want to know about it. */
export function drawHead(options: HeadOptions = {}): QualityInput {
  const { widthPx = 800, heightPx = 620, blurSigmaPx = 0, blurWhere = () => true } = options;
  const light = paintLight(widthPx, heightPx, options.spoil);
  if (blurSigmaPx > 0) {
    const blurred = blurAll(light, widthPx, heightPx, blurSigmaPx);
    for (let i = 0; i < light.length; i++) {
      const pixel = Math.floor(i / 3);
      if (blurWhere((pixel % widthPx) / widthPx, Math.floor(pixel / widthPx) / heightPx)) light[i] = blurred[i]!;
    }
  }
  const raster = develop(light, widthPx, heightPx);
  const scale = 1 / 4;
  const [columns, rows] = [Math.floor(widthPx * scale), Math.floor(heightPx * scale)];
  const labels = Uint8Array.from({ length: columns * rows }, (_, i) => {
    const x = (i % columns) / columns;
    const y = Math.floor(i / columns) / rows;
    if (!isHead(x, y)) return LABEL.other;
    return y < 0.47 ? LABEL.hair : LABEL.skin;
  });
  return {
    raster,
    working: reducePhoto(raster, 1024),
    labels: { widthPx: columns, heightPx: rows, scale, labels },
    calibrated: false,
    pixelsPerMm: 8,
  };
}
