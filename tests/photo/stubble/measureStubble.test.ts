import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../../src/colour/deltaE00.ts';
import { type Lab65, lab65 } from '../../../src/colour/lab65.ts';
import { linearToSrgb8, SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import { lab65ToLinearSrgb, linearSrgbToLab65 } from '../../../src/colour/xyzLab.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { measureStubble } from '../../../src/photo/stubble/measureStubble.ts';
import { noiseAt } from '../regions/paintedHead.ts';

const SKIN = lab65(62, 12, 17);
const BROWN = lab65(30, 3, 8);
const WHITE = lab65(80, 0, 6);
const SIDE = 400;
const PX_PER_MM = 20;

interface Stubble {
  readonly raster: RasterPhoto;
  readonly apparent: Lab65;
  readonly coverage: number;
  readonly count: number;
}

/** The lens: weights ¼ ½ ¼ along one axis, σ = 0.71 px. */
function blurAlong(layer: Float32Array, step: number): void {
  const sharp = layer.slice();
  for (let i = step; i < layer.length - step; i++) layer[i] = (sharp[i - step]! + 2 * sharp[i]! + sharp[i + step]!) / 4;
}

/** Short dark rods (and some white ones) 1.6 px wide, drawn with four-fold sub-pixels, on skin under a gradient. */
function drawStubble(spacing: number, whiteShare: number, blurs = 1): Stubble {
  const cover = [new Float32Array(SIDE * SIDE), new Float32Array(SIDE * SIDE)] as const;
  let count = 0;
  for (let row = 0; row < SIDE / spacing; row++)
    for (let column = 0; column < SIDE / spacing; column++) {
      const x0 = (column + 0.15 + 0.7 * noiseAt(column, row, 3)) * spacing;
      const y0 = (row + 0.15 + 0.7 * noiseAt(column, row, 4)) * spacing;
      const angle = 0.6 + noiseAt(column, row, 5);
      const layer = cover[noiseAt(column, row, 6) < whiteShare ? 1 : 0];
      count++;
      for (let t = 0; t < 12; t += 0.25)
        for (let u = -0.8; u < 0.8; u += 0.25) {
          const x = Math.floor(x0 + t * Math.cos(angle) - u * Math.sin(angle));
          const y = Math.floor(y0 + t * Math.sin(angle) + u * Math.cos(angle));
          if (x >= 0 && y >= 0 && x < SIDE && y < SIDE)
            layer[y * SIDE + x] = Math.min(1, layer[y * SIDE + x]! + 0.0625 * 1.14);
        }
    }
  for (const layer of cover)
    for (let k = 0; k < blurs; k++) {
      blurAlong(layer, 1);
      blurAlong(layer, SIDE);
    }
  const skin = lab65ToLinearSrgb(SKIN);
  const dark = lab65ToLinearSrgb(BROWN);
  const white = lab65ToLinearSrgb(WHITE);
  const data = new Uint8Array(3 * SIDE * SIDE);
  const mean = [0, 0, 0];
  let covered = 0;
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [d, w] = [cover[0][i]!, Math.min(cover[1][i]!, 1 - cover[0][i]!)];
    covered += (d + w) / (SIDE * SIDE);
    const light = (1 + 0.3 * ((i % SIDE) / SIDE - 0.5)) * (1 + 0.03 * (noiseAt(i % SIDE, i, 7) - 0.5));
    for (let c = 0; c < 3; c++) {
      const value = (1 - d - w) * skin[c]! + d * dark[c]! + w * white[c]!;
      mean[c]! += value / (SIDE * SIDE);
      data[3 * i + c] = linearToSrgb8(value * light);
    }
  }
  const table = SRGB8_TO_LINEAR;
  const raster = { widthPx: SIDE, heightPx: SIDE, data, toLinear: [table, table, table], toSrgb: null } as const;
  return { raster, apparent: linearSrgbToLab65(mean as [number, number, number]), coverage: 100 * covered, count };
}

/** Round dots of one diameter on plain skin, edges softened over a pixel. */
function drawDots(diameterPx: number, spacing: number): RasterPhoto {
  const skin = lab65ToLinearSrgb(SKIN);
  const dot = lab65ToLinearSrgb(lab65(40, 3, 4));
  const data = new Uint8Array(3 * SIDE * SIDE);
  for (let y = 0, i = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++, i += 3) {
      const fromMiddle = Math.hypot((x % spacing) - spacing / 2, (y % spacing) - spacing / 2);
      const share = Math.min(1, Math.max(0, diameterPx / 2 - fromMiddle + 0.5));
      for (let c = 0; c < 3; c++) data[i + c] = linearToSrgb8((1 - share) * skin[c]! + share * dot[c]!);
    }
  const table = SRGB8_TO_LINEAR;
  return { widthPx: SIDE, heightPx: SIDE, data, toLinear: [table, table, table], toSrgb: null };
}

const whole = { boxes: [[0, 0, SIDE, SIDE]] } as const;

describe('measureStubble', () => {
  it('finds the apparent colour, the fibre and its share on shaded skin', () => {
    const truth = drawStubble(16, 0);
    const stubble = measureStubble(truth.raster, whole, lab65ToLinearSrgb(SKIN), { pxPerMm: PX_PER_MM })!;
    expect(stubble.resolved).toBe(true);
    expect(deltaE00(stubble.apparentLab, truth.apparent)).toBeLessThan(2);
    // These rods cast no shadow, which the model expects of hair: it comes out a little light here.
    expect(deltaE00(stubble.fibreLab, BROWN)).toBeLessThan(9);
    expect(Math.abs(stubble.coveragePercent - truth.coverage)).toBeLessThan(4);
    expect(stubble.greyPercent).toBeLessThan(5);
    const perCm2 = (truth.count * (10 * PX_PER_MM) ** 2) / SIDE ** 2;
    expect(stubble.densityPerCm2! / perCm2).toBeGreaterThan(0.6);
    expect(stubble.densityPerCm2! / perCm2).toBeLessThan(1.2);
    expect(stubble.dotLikeness).toBeLessThan(0.3);
  });

  it('tells the share of white hairs within 10 points', () => {
    const stubble = measureStubble(drawStubble(18, 0.3).raster, whole, lab65ToLinearSrgb(SKIN), {
      pxPerMm: PX_PER_MM,
    })!;
    expect(Math.abs(stubble.greyPercent - 30)).toBeLessThan(10);
  });

  it('is darker where there is more hair', () => {
    const skin = lab65ToLinearSrgb(SKIN);
    const dense = measureStubble(drawStubble(14, 0).raster, whole, skin, { pxPerMm: PX_PER_MM })!;
    const sparse = measureStubble(drawStubble(28, 0).raster, whole, skin, { pxPerMm: PX_PER_MM })!;
    expect(dense.apparentLab[0]).toBeLessThan(sparse.apparentLab[0] - 1);
    expect(dense.coveragePercent).toBeGreaterThan(1.8 * sparse.coveragePercent);
  });

  it('does not claim to resolve hairs at a coarse scale or on bare skin', () => {
    const skin = lab65ToLinearSrgb(SKIN);
    expect(measureStubble(drawStubble(16, 0).raster, whole, skin, { pxPerMm: 5 })!.resolved).toBe(false);
    const bare = measureStubble(drawStubble(1000, 0).raster, whole, skin, { pxPerMm: PX_PER_MM })!;
    expect(bare.resolved).toBe(false);
    expect(bare.coveragePercent).toBeLessThan(1);
  });

  it.each([1, 3, 6])('finds the fibre and its width through %i passes of blur without a scale', (blurs) => {
    const stubble = measureStubble(drawStubble(18, 0, blurs).raster, whole, lab65ToLinearSrgb(SKIN))!;
    expect(deltaE00(stubble.fibreLab, BROWN)).toBeLessThan(9);
    expect(Math.abs(stubble.fibreLab[0] - BROWN[0])).toBeLessThan(2 * stubble.fibreSd[0]);
    expect(stubble.diameterPx).toBeGreaterThan(1);
    expect(stubble.diameterPx).toBeLessThan(2.8);
  });

  it('takes no sharp, dark stubble for grey', () => {
    const stubble = measureStubble(drawStubble(14, 0).raster, whole, lab65ToLinearSrgb(SKIN))!;
    expect(stubble.greyPercent).toBeLessThan(3);
  });

  it('tells hair that hides the skin from stubble in the skin’s light', () => {
    const shadeOf = (skin: Lab65) => measureStubble(drawStubble(16, 0).raster, whole, lab65ToLinearSrgb(skin))!.shadeL;
    expect(Math.abs(shadeOf(SKIN))).toBeLessThan(3);
    expect(shadeOf(lab65(82, 12, 17))).toBeGreaterThan(15);
  });

  it('gives pigment dots their own width and colour, not a hair’s', () => {
    const dots = measureStubble(drawDots(6, 24), whole, lab65ToLinearSrgb(SKIN), { pxPerMm: PX_PER_MM })!;
    expect(dots.dotLikeness).toBeGreaterThan(0.5);
    expect(Math.abs(dots.diameterPx - 6)).toBeLessThan(1.2);
    expect(deltaE00(dots.fibreLab, lab65(40, 3, 4))).toBeLessThan(3);
  });

  it('returns null for an area outside the photo', () => {
    const { raster } = drawStubble(16, 0);
    expect(measureStubble(raster, { boxes: [[900, 900, 50, 50]] }, lab65ToLinearSrgb(SKIN))).toBeNull();
  });
});
