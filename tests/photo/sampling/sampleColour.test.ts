import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../../src/colour/deltaE00.ts';
import { lab65 } from '../../../src/colour/lab65.ts';
import { linearToSrgb8, SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import { lab65ToLinearSrgb, linearSrgbToLab65 } from '../../../src/colour/xyzLab.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { LABEL } from '../../../src/photo/regions/labelMap.ts';
import { labOfPixels } from '../../../src/photo/sampling/labOfPixels.ts';
import { sampleColour } from '../../../src/photo/sampling/sampleColour.ts';
import { samplePixels } from '../../../src/photo/sampling/samplePixels.ts';

type Paint = (x: number, y: number) => readonly [number, number, number];

function photo(widthPx: number, heightPx: number, paint: Paint): RasterPhoto {
  const data = new Uint8Array(3 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const rgb = paint(x, y);
      for (let c = 0; c < 3; c++) data[3 * (y * widthPx + x) + c] = linearToSrgb8(rgb[c]!);
    }
  const table = SRGB8_TO_LINEAR;
  return { widthPx, heightPx, data, toLinear: [table, table, table], toSrgb: null };
}

const SKIN = lab65(62, 14, 18);
const skinRgb = lab65ToLinearSrgb(SKIN);
/** A fixed pattern in −1 … 1 without a visible period. */
const ripple = (x: number, y: number) => Math.sin(12.9898 * x + 78.233 * y);

describe('sampleColour', () => {
  it('finds the skin under 20 % gloss, clipping and shadow, and says what it left out', () => {
    const raster = photo(200, 200, (x, y) => {
      const shade = 1 + 0.03 * ripple(x, y);
      const [r, g, b] = skinRgb.map((v) => v * shade) as [number, number, number];
      if (y < 10) return [1, 1, 1];
      if (y < 25) return [r + 0.25, g + 0.25, b + 0.25];
      if (y < 40) return [0.05 * r, 0.05 * g, 0.05 * b];
      return [r, g, b];
    });
    const colour = sampleColour(raster, { boxes: [[0, 0, 200, 200]] }, { surface: 'skin' });
    expect(deltaE00(colour.lab, SKIN)).toBeLessThan(0.3);
    expect(colour.rejectedShare.clipped).toBeCloseTo(0.05, 2);
    expect(colour.rejectedShare.glare).toBeCloseTo(0.075, 2);
    expect(colour.rejectedShare.shadow).toBeCloseTo(0.075, 2);
    expect(colour.mixed).toBe(false);
    expect(colour.sd[0]).toBeLessThan(0.5);
  });

  it('calls an area of two colours mixed', () => {
    const other = lab65ToLinearSrgb(lab65(54, 8, 12));
    const raster = photo(120, 120, (x) => (x < 66 ? skinRgb : other));
    expect(sampleColour(raster, { boxes: [[0, 0, 120, 120]] }, { surface: 'skin' }).mixed).toBe(true);
  });

  it('applies the correction to every pixel', () => {
    const raster = photo(64, 64, () => skinRgb.map((v) => v / 2) as [number, number, number]);
    const colour = sampleColour(
      raster,
      { boxes: [[0, 0, 64, 64]] },
      {
        surface: 'skin',
        correction: (rgb) => {
          for (let i = 0; i < rgb.length; i++) rgb[i]! *= 2;
        },
      },
    );
    expect(deltaE00(colour.lab, SKIN)).toBeLessThan(1);
  });

  it('keeps black hair that lies at the bottom of a channel', () => {
    const raster = photo(64, 64, (x, y) => [0.012 + 0.002 * ripple(x, y), 0.008, 0.0006]);
    const colour = sampleColour(raster, { boxes: [[0, 0, 64, 64]] }, { surface: 'hair' });
    expect(colour.rejectedShare.clipped).toBe(0);
    expect(colour.lab[0]).toBeLessThan(12);
  });

  it('reads a label mask and a box of the same place alike', () => {
    const raster = photo(100, 80, (x) => (x < 50 ? skinRgb : [0.02, 0.02, 0.02]));
    const labels = new Uint8Array(50 * 40).map((_, i) => (i % 50 < 25 ? LABEL.skin : LABEL.hair));
    const map = { widthPx: 50, heightPx: 40, scale: 0.5, labels };
    const masked = sampleColour(raster, { map, label: LABEL.skin }, { surface: 'skin' });
    const boxed = sampleColour(raster, { boxes: [[0, 0, 50, 80]] }, { surface: 'skin' });
    expect(masked.pixels).toBe(4000);
    expect(masked.lab).toEqual(boxed.lab);
  });

  it('returns no pixels and no colour for an area outside the photo', () => {
    const raster = photo(20, 20, () => skinRgb);
    const colour = sampleColour(raster, { boxes: [[50, 50, 10, 10]] }, { surface: 'skin' });
    expect(colour.pixels).toBe(0);
    expect(colour.lab[0]).toBeNaN();
  });
});

describe('samplePixels', () => {
  it('takes an even grid of a large area and converts wide-gamut primaries', () => {
    const swap = Float64Array.from([0, 1, 0, 1, 0, 0, 0, 0, 1]);
    const raster = { ...photo(400, 300, () => [0.5, 0.25, 0.125]), toSrgb: swap };
    const sample = samplePixels(raster, { boxes: [[0, 0, 400, 300]] }, { maxPixels: 10_000 });
    expect(sample.count).toBeGreaterThan(7000);
    expect(sample.count).toBeLessThanOrEqual(10_000);
    expect(sample.rgb[0]).toBeCloseTo(0.25, 2);
    expect(sample.rgb[1]).toBeCloseTo(0.5, 2);
  });
});

describe('labOfPixels', () => {
  it('equals the single-colour conversion', () => {
    const rgb = Float32Array.from([0.2, 0.4, 0.1, 0.001, 0.002, 0.0005, 0.9, 1, 1.1]);
    const lab = labOfPixels(rgb);
    for (let i = 0; i < 3; i++) {
      const one = linearSrgbToLab65([rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!]);
      for (let c = 0; c < 3; c++) expect(lab[3 * i + c]).toBeCloseTo(one[c]!, 3);
    }
  });
});
